package dev.leat.app.conformance;

import dev.leat.spi.engine.Engine;
import dev.leat.spi.error.LeatException;
import dev.leat.spi.instruction.Relation;
import dev.leat.spi.plugin.DestinationConnector.Access;
import dev.leat.spi.plugin.OpenContext;
import dev.leat.spi.schema.Column;
import dev.leat.spi.schema.LogicalType;
import dev.leat.spi.schema.TableId;
import dev.leat.spi.sql.Dialect;
import dev.leat.sql.Catalog;
import dev.leat.sql.CompiledQuery;
import dev.leat.sql.SqlCompiler;
import dev.leat.testkit.contract.EngineRows;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.arrow.memory.RootAllocator;

/** An open engine, with tables that relations are compiled against and run on. */
final class Workbench implements Catalog {
  /** The time of the run. */
  static final Instant NOW = Instant.parse("2024-05-01T10:00:00.5Z");

  /** Opened once for all tests: opening an engine takes longer than most queries. */
  private static final List<Workbench> ALL =
      ConformanceEngine.ALL.stream().map(Workbench::new).toList();

  private final ConformanceEngine made;
  private final Dialect dialect;
  private final EngineRows rows;
  private final Map<TableId, List<Column>> tables = new LinkedHashMap<>();

  private Workbench(ConformanceEngine made) {
    this.made = made;
    this.dialect = made.connector().dialect();
    RootAllocator memory = new RootAllocator();
    this.rows =
        new EngineRows(
            made.connector()
                .open(
                    new OpenContext("suite", "suite", made.place(folder()), memory), Access.WRITE),
            memory);
  }

  private static Path folder() {
    try {
      return Files.createTempDirectory(Path.of("target"), "conformance");
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  /**
   * Checks something on every engine that has the functions it uses; all engines on which it fails
   * are told.
   */
  static void onEveryEngine(Consumer<Workbench> check) {
    check(ALL, check);
  }

  /** As {@link #onEveryEngine}, on one engine of each system: for what takes longer. */
  static void onEverySystem(Consumer<Workbench> check) {
    Map<String, Workbench> systems = new LinkedHashMap<>();
    ALL.forEach(each -> systems.put(each.made.system(), each));
    check(systems.values(), check);
  }

  private static void check(Iterable<Workbench> benches, Consumer<Workbench> check) {
    List<Throwable> failures = new ArrayList<>();
    for (Workbench each : benches) {
      try {
        check.accept(each);
      } catch (AssertionError | RuntimeException e) {
        if (!lacksFunction(e)) {
          failures.add(new AssertionError("on " + each.made + ": " + e.getMessage(), e));
        }
      }
    }
    if (!failures.isEmpty()) {
      AssertionError first = (AssertionError) failures.removeFirst();
      failures.forEach(first::addSuppressed);
      throw first;
    }
  }

  /** The compiler says so only where {@link Dialect#call} has given nothing. */
  private static boolean lacksFunction(Throwable e) {
    return e instanceof LeatException leat && leat.code().name().equals("SQL_FUNCTION_UNSUPPORTED");
  }

  static Column column(String name, LogicalType type) {
    return new Column(name, type, true, type.toString());
  }

  static Column required(String name, LogicalType type) {
    return new Column(name, type, false, type.toString());
  }

  static List<Object> row(Object... values) {
    return Arrays.asList(values);
  }

  ConformanceEngine made() {
    return made;
  }

  Dialect dialect() {
    return dialect;
  }

  Engine engine() {
    return rows.engine();
  }

  EngineRows rows() {
    return rows;
  }

  /** Makes the table anew. */
  TableId table(String name, List<Column> columns, List<List<Object>> content) {
    TableId table = new TableId("t", name);
    long unused = rows.load(table, columns, content, 100);
    tables.put(table, columns);
    return table;
  }

  CompiledQuery compile(Relation relation) {
    return compile(relation, dialect);
  }

  CompiledQuery compile(Relation relation, Dialect writer) {
    return new SqlCompiler(writer, this, table -> table, NOW).compile(relation);
  }

  /** What a relation gives, as objects of its columns' types. */
  List<List<Object>> run(Relation relation) {
    return run(compile(relation));
  }

  List<List<Object>> run(CompiledQuery query) {
    return rows.read(
        query.sql(), query.columns().isEmpty() ? engine().columnsOf(query.sql()) : query.columns());
  }

  /** What is in a table. */
  List<List<Object>> content(TableId table) {
    return rows.read(
        "SELECT * FROM " + dialect.quote(table), engine().columns(table).orElseThrow());
  }

  @Override
  public Optional<List<Column>> columns(TableId dataset) {
    return Optional.ofNullable(tables.get(dataset));
  }

  @Override
  public List<TableId> names() {
    return List.copyOf(tables.keySet());
  }
}

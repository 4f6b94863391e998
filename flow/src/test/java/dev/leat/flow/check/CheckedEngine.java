package dev.leat.flow.check;

import dev.leat.duckdb.DuckDbPlugin;
import dev.leat.spi.engine.Cancellation;
import dev.leat.spi.engine.Engine;
import dev.leat.spi.engine.EngineConnector;
import dev.leat.spi.error.LeatException;
import dev.leat.spi.plugin.DestinationConnector.Access;
import dev.leat.spi.plugin.OpenContext;
import dev.leat.spi.plugin.OptionValues;
import dev.leat.spi.schema.Column;
import dev.leat.spi.schema.TableId;
import dev.leat.sql.Catalog;
import dev.leat.sql.SqlCompiler;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.jspecify.annotations.Nullable;

/** A DuckDB with orders and customers that checks are run in. */
final class CheckedEngine implements AutoCloseable {
  static final Instant NOW = Instant.parse("2024-05-02T12:00:00Z");

  private final BufferAllocator memory = new RootAllocator();
  private final EngineConnector connector = new DuckDbPlugin().engine().orElseThrow();
  private final Engine engine;

  CheckedEngine(Path folder) {
    OptionValues options = new OptionValues(Map.of("path", folder.resolve("it.duckdb")));
    engine = connector.open(new OpenContext("it", "it", options, memory), Access.WRITE);
    engine.run(
        List.of(
            "CREATE SCHEMA gold",
            "CREATE TABLE gold.orders (id BIGINT, customer BIGINT, status VARCHAR,"
                + " amount DECIMAL(10, 2), weight DOUBLE, day DATE, \"at\" TIMESTAMPTZ)",
            "CREATE TABLE gold.customers (sk BIGINT, name VARCHAR)",
            "INSERT INTO gold.customers VALUES (1, 'a'), (2, 'b'), (NULL, 'c')"));
  }

  void run(String... statements) {
    engine.run(List.of(statements));
  }

  /** Each order as SQL values: id, customer, status, amount, weight, day, at. */
  void orders(String... rows) {
    engine.run(List.of("DELETE FROM gold.orders"));
    if (rows.length > 0) {
      engine.run(List.of("INSERT INTO gold.orders VALUES " + String.join(", ", rows)));
    }
  }

  List<CheckResult> check(CheckHistory history, CheckModel... checks) {
    return CheckRunner.run(
        List.of(checks),
        Checks.COLUMNS,
        engine,
        compiler(UnaryOperator.identity()),
        history,
        Checks.ORDERS,
        NOW,
        Cancellation.never());
  }

  /** Checks orders as they are in another table. */
  List<CheckResult> checkAt(TableId place, CheckModel... checks) {
    return CheckRunner.run(
        List.of(checks),
        Checks.COLUMNS,
        engine,
        compiler(table -> table.equals(Checks.ORDERS) ? place : table),
        CheckHistory.none(),
        Checks.ORDERS,
        NOW,
        Cancellation.never());
  }

  CheckResult check(Rule rule) {
    return check(CheckHistory.none(), Checks.check("it", rule)).getFirst();
  }

  List<LeatException> verify(CheckModel... checks) {
    return CheckCompiler.verify(
        List.of(checks), Checks.ORDERS, Checks.COLUMNS, compiler(UnaryOperator.identity()));
  }

  List<List<@Nullable String>> rows(String query) {
    return engine.query(query, 1000).rows();
  }

  List<TableId> samples() {
    return engine.tables(FailedRows.SCHEMA);
  }

  private SqlCompiler compiler(UnaryOperator<TableId> places) {
    Catalog catalog =
        new Catalog() {
          @Override
          public Optional<List<Column>> columns(TableId dataset) {
            return dataset.equals(Checks.ORDERS)
                ? Optional.of(Checks.COLUMNS)
                : engine.columns(dataset);
          }

          @Override
          public List<TableId> names() {
            return List.of(Checks.ORDERS, Checks.CUSTOMERS);
          }
        };
    return new SqlCompiler(connector.dialect(), catalog, places, NOW);
  }

  @Override
  public void close() {
    engine.close();
    memory.close();
  }
}

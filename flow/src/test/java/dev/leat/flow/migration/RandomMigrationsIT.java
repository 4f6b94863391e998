package dev.leat.flow.migration;

import static dev.leat.flow.migration.Shapes.ORDERS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.leat.flow.documents.MemoryDocuments;
import dev.leat.spi.engine.Engine;
import dev.leat.spi.schema.Column;
import dev.leat.spi.schema.LogicalType;
import dev.leat.spi.schema.LogicalType.Decimal;
import dev.leat.spi.schema.LogicalType.ListOf;
import dev.leat.spi.schema.LogicalType.Primitive;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SortedMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Random pairs of shapes, on DuckDB. */
final class RandomMigrationsIT {
  private static final List<LogicalType> TYPES =
      List.of(
          Primitive.BOOLEAN,
          Primitive.INT16,
          Primitive.INT32,
          Primitive.INT64,
          Primitive.FLOAT64,
          Primitive.TEXT,
          Primitive.JSON,
          Primitive.BINARY,
          Primitive.UUID,
          Primitive.DATE,
          Primitive.TIME,
          Primitive.TIMESTAMP,
          Primitive.TIMESTAMP_TZ,
          Primitive.INTERVAL,
          new Decimal(10, 2),
          new Decimal(38, 0),
          new ListOf(Primitive.INT32),
          new ListOf(Primitive.TEXT));
  private static final List<String> NAMES = List.of("a", "b", "c", "d", "Group", "x y", "q\"t");
  private static final int PAIRS = 40;

  @TempDir private Path folder;

  @Test
  void upGivesTheColumnsWantedAndDownThoseThatWere() {
    try (DuckDb duckdb = DuckDb.open(folder.resolve("it.duckdb"))) {
      duckdb.engine().run(List.of("CREATE SCHEMA silver"));
      for (int seed = 0; seed < PAIRS; seed++) {
        upAndDown(duckdb.engine(), seed);
      }
    }
  }

  private static void upAndDown(Engine engine, long seed) {
    Random random = new Random(seed);
    DatasetShape before = shape(random);
    DatasetShape after = shape(random);
    Map<String, String> renamed = renames(before, after, random);
    engine.drop(List.of(ORDERS));
    engine.run(DuckDb.dialect().createTable(ORDERS, nullable(before.columns()), List.of()));
    engine.run(
        List.of(
            "INSERT INTO silver.orders ("
                + DuckDb.dialect().quote(before.columns().getFirst().name())
                + ") VALUES (NULL)"));
    Migrations migrations =
        new Migrations(
            engine,
            DuckDb.dialect(),
            new DocumentMigrationRepository(new MemoryDocuments(), "main"),
            Clock.systemUTC());

    List<Migration> plan =
        MigrationPlanner.plan(
            List.of(new PlannedChange(before, after, renamed, Compatibility.NONE)),
            DuckDb.dialect());
    migrations.apply(plan);
    assertThat(there(engine)).as("seed %d", seed).isEqualTo(signature(after));

    migrations.rollback(1);
    assertThat(there(engine)).as("seed %d", seed).isEqualTo(signature(before));
    assertThat(engine.query("SELECT count(*) FROM silver.orders", 1).rows())
        .containsExactly(List.of("1"));
  }

  private static SortedMap<String, String> there(Engine engine) {
    return MigrationPlanner.signature(engine.columns(ORDERS).orElseThrow(), DuckDb.dialect());
  }

  private static SortedMap<String, String> signature(DatasetShape shape) {
    return MigrationPlanner.signature(shape.columns(), DuckDb.dialect());
  }

  private static List<Column> nullable(List<Column> columns) {
    return columns.stream()
        .map(column -> new Column(column.name(), column.type(), true, column.sourceType()))
        .toList();
  }

  private static DatasetShape shape(Random random) {
    List<String> names = new ArrayList<>(NAMES);
    Collections.shuffle(names, random);
    List<Column> columns =
        names.subList(0, 1 + random.nextInt(4)).stream()
            .map(
                name ->
                    new Column(
                        name, TYPES.get(random.nextInt(TYPES.size())), random.nextBoolean(), ""))
            .toList();
    return new DatasetShape(ORDERS, columns, List.of());
  }

  /** Columns that go become some of those that come. */
  private static Map<String, String> renames(
      DatasetShape before, DatasetShape after, Random random) {
    List<String> gone = missing(before, after);
    List<String> come = missing(after, before);
    Map<String, String> renames = new LinkedHashMap<>();
    for (int i = 0; i < Math.min(gone.size(), come.size()); i++) {
      if (random.nextBoolean()) {
        renames.put(gone.get(i), come.get(i));
      }
    }
    return renames;
  }

  private static List<String> missing(DatasetShape from, DatasetShape in) {
    return from.columns().stream()
        .map(Column::name)
        .filter(name -> in.column(name).isEmpty())
        .toList();
  }
}

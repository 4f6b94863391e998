package dev.leat.duckdb;

import dev.leat.spi.instruction.Relation;
import dev.leat.spi.schema.Column;
import dev.leat.spi.schema.LogicalType;
import dev.leat.spi.schema.LogicalType.Primitive;
import dev.leat.spi.schema.TableId;
import dev.leat.sql.Catalog;
import dev.leat.sql.CompiledQuery;
import dev.leat.sql.SqlCompiler;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.NullUnmarked;

/** A DuckDB in memory, with tables that relations are compiled against and run on. */
@NullUnmarked
final class Workbench implements AutoCloseable, Catalog {
  static final Instant NOW = Instant.parse("2024-05-01T10:00:00.5Z");

  private static final Workbench SHARED = new Workbench();

  private final DuckDbDialect dialect = new DuckDbDialect();
  private final Map<TableId, List<Column>> tables = new LinkedHashMap<>();
  private final Connection connection;

  Workbench() {
    try {
      connection = DriverManager.getConnection("jdbc:duckdb:");
      execute("SET TimeZone = 'Asia/Tokyo'");
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** One for many tries: opening a database takes longer than most queries. */
  static Workbench shared() {
    return SHARED;
  }

  static Column column(String name, LogicalType type) {
    return new Column(name, type, true, type.toString());
  }

  static Column required(String name, LogicalType type) {
    return new Column(name, type, false, type.toString());
  }

  void execute(String sql) {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException e) {
      throw new IllegalStateException(sql, e);
    }
  }

  /** Makes the table anew. */
  TableId table(String name, List<Column> columns, List<? extends List<? extends Object>> rows) {
    TableId table = new TableId("t", name);
    execute("CREATE SCHEMA IF NOT EXISTS t");
    execute("DROP TABLE IF EXISTS " + dialect.quote(table));
    dialect.createTable(table, columns, List.of()).forEach(this::execute);
    tables.put(table, columns);
    if (!rows.isEmpty()) {
      execute(
          "INSERT INTO "
              + dialect.quote(table)
              + " VALUES "
              + rows.stream()
                  .map(
                      row ->
                          row.stream()
                              .map(Workbench::value)
                              .collect(Collectors.joining(", ", "(", ")")))
                  .collect(Collectors.joining(", ")));
    }
    return table;
  }

  private static String value(Object value) {
    return value == null || value instanceof Number
        ? String.valueOf(value)
        : "'" + value.toString().replace("'", "''") + "'";
  }

  static List<Object> row(Object... values) {
    return Arrays.asList(values);
  }

  CompiledQuery compile(Relation relation) {
    return new SqlCompiler(dialect, this, table -> table, NOW).compile(relation);
  }

  /** The rows, as compiled; times as texts. */
  List<List<Object>> run(Relation relation) {
    return run(compile(relation));
  }

  List<List<Object>> run(CompiledQuery query) {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(query.sql())) {
      List<List<Object>> result = new ArrayList<>();
      while (rows.next()) {
        List<Object> row = new ArrayList<>();
        for (int i = 1; i <= rows.getMetaData().getColumnCount(); i++) {
          Object value = rows.getObject(i);
          row.add(
              value instanceof Timestamp || value instanceof java.time.LocalDate
                  ? rows.getString(i).replaceFirst("\\.0$", "")
                  : value);
        }
        result.add(row);
      }
      return result;
    } catch (SQLException e) {
      throw new IllegalStateException(query.sql(), e);
    }
  }

  /** What the engine itself says that the columns' types are. */
  List<String> types(CompiledQuery query) {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("DESCRIBE " + query.sql())) {
      List<String> result = new ArrayList<>();
      while (rows.next()) {
        result.add(rows.getString("column_type"));
      }
      return result;
    } catch (SQLException e) {
      throw new IllegalStateException(query.sql(), e);
    }
  }

  /** The value of one expression over one row. */
  Object evaluate(String expression) {
    return run(new Relation.Sql("SELECT " + expression + " AS v")).getFirst().getFirst();
  }

  static String minute(int minute) {
    return "2024-01-01 %02d:%02d:00".formatted(minute / 60, minute % 60);
  }

  static Column time(String name) {
    return column(name, Primitive.TIMESTAMP);
  }

  @Override
  public Optional<List<Column>> columns(TableId dataset) {
    return Optional.ofNullable(tables.get(dataset));
  }

  @Override
  public List<TableId> names() {
    return List.copyOf(tables.keySet());
  }

  @Override
  public void close() {
    try {
      connection.close();
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }
}

package dev.leat.sqlite.engine;

import dev.leat.spi.batch.RowBatch;
import dev.leat.spi.batch.Values;
import dev.leat.spi.engine.Publication;
import dev.leat.spi.instruction.Write;
import dev.leat.spi.schema.Column;
import dev.leat.spi.schema.ColumnChange;
import dev.leat.spi.schema.LogicalType.Decimal;
import dev.leat.spi.schema.TableId;
import dev.leat.spi.sql.StandardWrites;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.apache.arrow.vector.FieldVector;

/** Rows into tables. */
final class SqliteWrites {
  static final SqliteDialect DIALECT = new SqliteDialect();

  private SqliteWrites() {}

  /** What publishes, within one transaction. */
  static List<String> statements(Publication publication) {
    if (!publication.exists() || publication.write() instanceof Write.Replace) {
      return new StandardWrites(DIALECT).statements(publication);
    }
    List<String> statements = new ArrayList<>();
    boolean retyped =
        StandardWrites.changes(publication).stream()
            .anyMatch(
                change ->
                    change instanceof ColumnChange.Retyped(Column before, Column after)
                        && !before.type().equals(after.type()));
    if (retyped) {
      statements.addAll(rebuild(publication));
    }
    List<String> key = key(publication.write());
    if (!key.isEmpty()) {
      // Goes with the staged table; without it every row of the target would look at all of them.
      statements.add(
          "CREATE INDEX \"_leat_key\" ON "
              + DIALECT.quote(publication.staging())
              + key.stream().map(DIALECT::quote).collect(Collectors.joining(", ", " (", ")")));
    }
    statements.addAll(
        new StandardWrites(DIALECT)
            .statements(
                new Publication(
                    publication.target(),
                    publication.staging(),
                    publication.write(),
                    publication.columns(),
                    retyped ? publication.columns() : publication.before())));
    return statements;
  }

  private static List<String> key(Write write) {
    return switch (write) {
      case Write.Merge(List<String> columns, String _) -> columns;
      case Write.ReplaceKeys(List<String> columns) -> columns;
      case Write.Replace _, Write.Append _, Write.ReplacePartition _ -> List.of();
    };
  }

  /** SQLite cannot change the type of a column: a new table takes the place of the old. */
  private static List<String> rebuild(Publication publication) {
    TableId target = publication.target();
    TableId rebuilt = new TableId(target.schema(), "_leat_rebuilt_" + target.table());
    Map<String, Column> before =
        publication.before().stream().collect(Collectors.toMap(Column::name, column -> column));
    List<Column> kept =
        publication.columns().stream().filter(column -> before.containsKey(column.name())).toList();
    String names =
        kept.stream().map(column -> DIALECT.quote(column.name())).collect(Collectors.joining(", "));
    String values =
        kept.stream()
            .map(
                column ->
                    DIALECT.converted(
                        column, Objects.requireNonNull(before.get(column.name())).type()))
            .collect(Collectors.joining(", "));
    List<String> statements =
        new ArrayList<>(DIALECT.createTable(rebuilt, publication.columns(), List.of()));
    statements.add(
        "INSERT INTO %s (%s) SELECT %s FROM %s"
            .formatted(DIALECT.quote(rebuilt), names, values, DIALECT.quote(target)));
    statements.add("DROP TABLE " + DIALECT.quote(target));
    statements.add(
        "ALTER TABLE " + DIALECT.quote(rebuilt) + " RENAME TO " + DIALECT.quoteWithin(target));
    return statements;
  }

  static void publish(Session session, Publication publication) {
    // Others' views may name a column or table that goes away: no reason to keep it.
    session.execute("PRAGMA writable_schema = ON");
    try {
      statements(publication).forEach(session::execute);
    } finally {
      session.execute("PRAGMA writable_schema = OFF");
    }
  }

  /** Makes a table of a query's rows, and sees that every value is one of its column's type. */
  static long stage(Session session, TableId table, String query, List<Column> columns) {
    SqliteCatalog.drop(session, table);
    DIALECT.createTable(table, columns, List.of()).forEach(session::execute);
    String values =
        columns.stream()
            .map(
                column -> {
                  String value = "q." + DIALECT.quote(column.name());
                  return column.type() instanceof Decimal decimal
                      ? Casts.decimal(value, decimal)
                      : value;
                })
            .collect(Collectors.joining(", "));
    long rows =
        session.update(
            "INSERT INTO "
                + DIALECT.quote(table)
                + " SELECT "
                + values
                + " FROM ("
                + query
                + "\n) AS q");
    check(session, table, columns);
    return rows;
  }

  private static void check(Session session, TableId table, List<Column> columns) {
    String held =
        columns.stream()
            .map(
                column ->
                    "min(" + SqliteTypes.holds(column.type(), DIALECT.quote(column.name())) + ")")
            .collect(Collectors.joining(", "));
    List<?> results = session.rows("SELECT " + held + " FROM " + DIALECT.quote(table)).getFirst();
    for (int i = 0; i < columns.size(); i++) {
      if ("0".equals(results.get(i))) {
        throw EngineErrors.value(columns.get(i), "a value is of another type or too large", null);
      }
    }
  }

  /** Adds the rows of a batch. */
  static void insert(Session session, TableId table, RowBatch batch) {
    List<Column> columns = batch.schema().columns();
    String places = columns.stream().map(_ -> "?").collect(Collectors.joining(", "));
    try (PreparedStatement statement =
        session.prepare("INSERT INTO " + DIALECT.quote(table) + " VALUES (" + places + ")")) {
      for (int row = 0; row < batch.rows(); row++) {
        for (int i = 0; i < columns.size(); i++) {
          bind(statement, i + 1, columns.get(i), batch.root().getFieldVectors().get(i), row);
        }
        statement.addBatch();
      }
      statement.executeBatch();
    } catch (SQLException e) {
      throw session.failure(e);
    }
  }

  private static void bind(
      PreparedStatement statement, int place, Column column, FieldVector vector, int row)
      throws SQLException {
    Object value = Values.at(column.type(), vector, row);
    try {
      statement.setObject(place, value == null ? null : StoredValues.store(column.type(), value));
    } catch (ValueException e) {
      throw EngineErrors.value(column, String.valueOf(e.getMessage()), e);
    }
  }
}

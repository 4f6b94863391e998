package dev.leat.examples;

import dev.leat.library.rows.Row;
import dev.leat.library.rows.RowStore;
import dev.leat.spi.schema.Column;
import dev.leat.spi.schema.TableId;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.commons.dbutils.QueryRunner;
import org.apache.commons.dbutils.handlers.ArrayListHandler;
import org.jspecify.annotations.Nullable;

/** A destination of one's own: tables in a SQLite file, values of most types as text. */
public final class SqliteTables implements RowStore {
  private final Connection file;

  public SqliteTables(Path path) throws SQLException {
    file = DriverManager.getConnection("jdbc:sqlite:" + path);
    file.setAutoCommit(false);
    update("CREATE TABLE IF NOT EXISTS leat (name PRIMARY KEY, text)");
  }

  @Override
  public void create(TableId table, List<Column> columns) throws SQLException {
    update("CREATE TABLE %s (%s)".formatted(quote(table), join(columns, "", ", ")));
  }

  @Override
  public void drop(TableId table) throws SQLException {
    update("DROP TABLE %s".formatted(quote(table)));
  }

  @Override
  public void insert(TableId table, Row row) throws SQLException {
    String values = row.columns().stream().map(_ -> "?").collect(Collectors.joining(", "));
    update("INSERT INTO %s VALUES (%s)".formatted(quote(table), values), row.values().toArray());
  }

  @Override
  public @Nullable List<@Nullable Object> take(TableId table, Row like) throws SQLException {
    String same = join(like.columns(), " IS ?", " AND ");
    String one = "SELECT rowid FROM %s WHERE %s LIMIT 1".formatted(quote(table), same);
    String delete = "DELETE FROM %s WHERE rowid = (%s) RETURNING *".formatted(quote(table), one);
    return query(delete, like.values().toArray()).stream().findFirst().orElse(null);
  }

  @Override
  public List<List<@Nullable Object>> rows(TableId table, int limit) throws SQLException {
    return query("SELECT * FROM %s LIMIT ?".formatted(quote(table)), limit);
  }

  @Override
  public Map<String, String> saved() throws SQLException {
    return query("SELECT name, text FROM leat").stream()
        .collect(Collectors.toMap(row -> "" + row.getFirst(), row -> "" + row.getLast()));
  }

  @Override
  public void save(String name, String text) throws SQLException {
    update("INSERT OR REPLACE INTO leat VALUES (?, ?)", name, text);
  }

  @Override
  public void commit() throws SQLException {
    file.commit();
  }

  @Override
  public void rollback() throws SQLException {
    file.rollback();
  }

  @Override
  public void close() throws SQLException {
    file.close();
  }

  private static String join(List<Column> columns, String behind, String between) {
    return columns.stream()
        .map(column -> quote(column.name()) + behind)
        .collect(Collectors.joining(between));
  }

  private static String quote(Object name) {
    return '"' + name.toString().replace("\"", "\"\"") + '"';
  }

  private void update(String sql, @Nullable Object... values) throws SQLException {
    int unused = new QueryRunner(true).update(file, sql, stored(values));
  }

  private List<List<@Nullable Object>> query(String sql, @Nullable Object... values)
      throws SQLException {
    List<List<@Nullable Object>> rows = new ArrayList<>();
    new QueryRunner(true)
        .query(file, sql, new ArrayListHandler(), stored(values))
        .forEach(row -> rows.add(Arrays.asList(row)));
    return rows;
  }

  private static @Nullable Object[] stored(@Nullable Object... values) {
    return Arrays.stream(values)
        .map(v -> v == null || v instanceof Number || v instanceof byte[] ? v : v.toString())
        .toArray();
  }
}

package dev.leat.postgres.engine;

import dev.leat.postgres.connect.LeatSchema;
import dev.leat.postgres.schema.TypeCatalogLoader;
import dev.leat.postgres.types.ColumnCodec;
import dev.leat.postgres.types.TypeCatalog;
import dev.leat.spi.schema.Column;
import dev.leat.spi.schema.TableId;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.postgresql.core.BaseConnection;

/** What the catalogs know of tables and queries. Safe for use by several threads. */
final class Catalog {
  private static final int NUMERIC = 1700;
  private static final int VARCHAR = 1043;
  private static final int BPCHAR = 1042;
  private static final int TYPMOD_HEADER = 4;

  private volatile @Nullable TypeCatalog types;

  private record Described(
      String name, int typeOid, int typmod, int dimensions, boolean nullable) {}

  Optional<List<Column>> columns(Connection session, TableId table) throws SQLException {
    if (kind(session, table).isEmpty()) {
      return Optional.empty();
    }
    List<Described> described = new ArrayList<>();
    try (PreparedStatement statement =
        session.prepareStatement(
            """
            SELECT a.attname, a.atttypid, a.atttypmod, a.attndims, a.attnotnull
            FROM pg_catalog.pg_attribute a
            JOIN pg_catalog.pg_class c ON c.oid = a.attrelid
            JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
            WHERE n.nspname = ? AND c.relname = ? AND a.attnum > 0 AND NOT a.attisdropped
            ORDER BY a.attnum""")) {
      statement.setString(1, table.schema());
      statement.setString(2, table.table());
      try (ResultSet row = statement.executeQuery()) {
        while (row.next()) {
          described.add(
              new Described(
                  row.getString(1),
                  (int) row.getLong(2),
                  row.getInt(3),
                  row.getInt(4),
                  !row.getBoolean(5)));
        }
      }
    }
    return Optional.of(columns(session, described, table + "."));
  }

  /** The columns of a query's result; the query is planned, and gives no row. */
  List<Column> columnsOf(Connection session, String query) throws SQLException {
    List<Described> described = new ArrayList<>();
    try (Statement statement = session.createStatement()) {
      statement.setEscapeProcessing(false);
      try (ResultSet none =
          statement.executeQuery("SELECT * FROM (\n" + query + "\n) AS _leat_query LIMIT 0")) {
        ResultSetMetaData result = none.getMetaData();
        for (int i = 1; i <= result.getColumnCount(); i++) {
          int oid =
              session
                  .unwrap(BaseConnection.class)
                  .getTypeInfo()
                  .getPGType(result.getColumnTypeName(i));
          described.add(
              new Described(result.getColumnLabel(i), oid, typmod(result, i, oid), 1, true));
        }
      }
    }
    return columns(session, described, "");
  }

  /** The driver gives what is in a modifier, not the modifier. */
  private static int typmod(ResultSetMetaData result, int column, int oid) throws SQLException {
    int precision = result.getPrecision(column);
    return switch (oid) {
      case NUMERIC ->
          precision == 0
              ? -1
              : (precision << 16 | (result.getScale(column) & 0x7FF)) + TYPMOD_HEADER;
      case VARCHAR, BPCHAR ->
          precision <= 0 || precision == Integer.MAX_VALUE ? -1 : precision + TYPMOD_HEADER;
      default -> -1;
    };
  }

  private List<Column> columns(Connection session, List<Described> described, String prefix)
      throws SQLException {
    List<Column> columns = new ArrayList<>();
    for (Described column : described) {
      ColumnCodec codec =
          ColumnCodec.of(
              types(session, column.typeOid()),
              column.typeOid(),
              column.typmod(),
              column.dimensions(),
              false,
              prefix + column.name());
      columns.add(
          new Column(column.name(), codec.logicalType(), column.nullable(), codec.sourceType()));
    }
    return List.copyOf(columns);
  }

  private TypeCatalog types(Connection session, int oid) throws SQLException {
    TypeCatalog known = types;
    if (known == null || !known.contains(oid)) {
      known = TypeCatalogLoader.load(session);
      types = known;
    }
    return known;
  }

  /** pg_class.relkind of a table or view; empty if there is none of that name. */
  static Optional<Character> kind(Connection session, TableId table) throws SQLException {
    try (PreparedStatement statement =
        session.prepareStatement(
            """
            SELECT c.relkind FROM pg_catalog.pg_class c
            JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
            WHERE n.nspname = ? AND c.relname = ? AND c.relkind IN ('r', 'p', 'v', 'm', 'f')""")) {
      statement.setString(1, table.schema());
      statement.setString(2, table.table());
      try (ResultSet row = statement.executeQuery()) {
        return row.next() ? Optional.of(row.getString(1).charAt(0)) : Optional.empty();
      }
    }
  }

  static List<TableId> tables(Connection session, String schema) throws SQLException {
    List<TableId> tables = new ArrayList<>();
    try (PreparedStatement statement =
        session.prepareStatement(
            """
            SELECT c.relname FROM pg_catalog.pg_class c
            JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
            WHERE n.nspname = ? AND c.relkind IN ('r', 'p', 'v', 'm', 'f')""")) {
      statement.setString(1, schema);
      try (ResultSet row = statement.executeQuery()) {
        while (row.next()) {
          tables.add(new TableId(schema, row.getString(1)));
        }
      }
    }
    return tables.stream().sorted().toList();
  }

  /**
   * Whether others built on a table: views, keys, indexes, triggers, policies, publications, types,
   * rights and comments would go with it.
   */
  static boolean isBuiltUpon(Connection session, TableId table) throws SQLException {
    return LeatSchema.exists(
        session,
        """
        SELECT FROM pg_catalog.pg_class c
        JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
        WHERE n.nspname = ? AND c.relname = ? AND (
          c.relkind <> 'r' OR c.relacl IS NOT NULL OR c.reloptions IS NOT NULL
          OR c.relispartition OR c.relrowsecurity
          OR EXISTS (SELECT FROM pg_catalog.pg_attribute a
            WHERE a.attrelid = c.oid AND a.attacl IS NOT NULL)
          OR EXISTS (SELECT FROM pg_catalog.pg_description d
            WHERE d.classoid = 'pg_catalog.pg_class'::regclass AND d.objoid = c.oid)
          OR EXISTS (SELECT FROM pg_catalog.pg_depend d
            WHERE d.refclassid = 'pg_catalog.pg_class'::regclass AND d.refobjid = c.oid
              AND d.deptype IN ('n', 'a'))
          OR EXISTS (SELECT FROM pg_catalog.pg_depend d
            WHERE d.refclassid = 'pg_catalog.pg_type'::regclass AND d.refobjid = c.reltype
              AND d.deptype = 'n'))""",
        table.schema(),
        table.table());
  }
}

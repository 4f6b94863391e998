package dev.leat.postgres.schema;

import dev.leat.postgres.schema.PostgresTable.Access;
import dev.leat.spi.schema.RowIdentity;
import dev.leat.spi.schema.TableId;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Asks the catalogs for tables. */
public final class TableCatalog {
  private static final String TABLES =
      """
      SELECT c.oid, n.nspname, c.relname, c.relkind, c.relpersistence, c.relispartition,
             c.relreplident, c.reltuples::bigint,
             CASE WHEN c.relkind IN ('r', 'm') THEN pg_catalog.pg_relation_size(c.oid)
                  WHEN c.relkind = 'p' THEN
                    (SELECT coalesce(sum(pg_catalog.pg_relation_size(t.relid)), 0)
                     FROM pg_catalog.pg_partition_tree(c.oid) t)
                  ELSE 0 END,
             pg_catalog.pg_get_userbyid(c.relowner),
             pg_catalog.has_schema_privilege(n.oid, 'USAGE')
               AND (pg_catalog.has_table_privilege(c.oid, 'SELECT')
                 OR pg_catalog.has_any_column_privilege(c.oid, 'SELECT')),
             pg_catalog.pg_has_role(c.relowner, 'USAGE'),
             pg_catalog.row_security_active(c.oid),
             CASE WHEN c.relkind = 'p' THEN
               (SELECT sum(greatest(p.reltuples, 0))::bigint
                FROM pg_catalog.pg_partition_tree(c.oid) t
                JOIN pg_catalog.pg_class p ON p.oid = t.relid WHERE t.isleaf) END
      FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
      """;

  private static final String COLUMNS =
      """
      SELECT a.attrelid, a.attnum, a.attname, a.atttypid, a.atttypmod,
             a.attnotnull AND NOT EXISTS (
               SELECT FROM pg_catalog.pg_constraint k
               WHERE k.conrelid = a.attrelid AND k.contype = 'n' AND NOT k.convalidated
                 AND k.conkey = ARRAY[a.attnum]),
             a.attgenerated, a.attndims
      FROM pg_catalog.pg_attribute a
      WHERE a.attrelid = ANY (?) AND a.attnum > 0 AND NOT a.attisdropped
      ORDER BY a.attrelid, a.attnum
      """;

  /**
   * Deferrable keys are unique only at the end of a transaction, so rows cannot be told by them.
   */
  private static final String INDEXES =
      """
      SELECT i.indrelid, i.indisprimary, i.indisreplident,
             (i.indkey::pg_catalog.int2[])[0:i.indnkeyatts - 1],
             ARRAY(SELECT DISTINCT n.nspname::pg_catalog.text
                   FROM pg_catalog.unnest(i.indclass::pg_catalog.oid[]) c
                   JOIN pg_catalog.pg_opclass o ON o.oid = c
                   JOIN pg_catalog.pg_namespace n ON n.oid = o.opcnamespace
                   WHERE n.nspname <> 'pg_catalog')
      FROM pg_catalog.pg_index i
      WHERE i.indrelid = ANY (?) AND (i.indisprimary OR i.indisreplident)
        AND i.indisvalid AND i.indimmediate
      """;

  private TableCatalog() {}

  /** All tables of users that are not partitions, with those that cannot be replicated. */
  public static List<PostgresTable> all(Connection session) throws SQLException {
    try (PreparedStatement statement =
        session.prepareStatement(
            TABLES
                + """
                WHERE c.relkind IN ('r', 'p') AND NOT c.relispartition AND c.relpersistence <> 't'
                  AND n.nspname <> 'information_schema' AND n.nspname NOT LIKE 'pg\\_%'
                ORDER BY n.nspname, c.relname
                """)) {
      return read(session, statement);
    }
  }

  /** Whatever relation has that name. */
  public static Optional<PostgresTable> find(Connection session, TableId id) throws SQLException {
    try (PreparedStatement statement =
        session.prepareStatement(TABLES + "WHERE n.nspname = ? AND c.relname = ?")) {
      statement.setString(1, id.schema());
      statement.setString(2, id.table());
      return read(session, statement).stream().findFirst();
    }
  }

  /** The partitions of a partitioned table that hold rows, at every depth. */
  public static List<PostgresTable> leaves(Connection session, long oid) throws SQLException {
    try (PreparedStatement statement =
        session.prepareStatement(
            TABLES
                + """
                JOIN pg_catalog.pg_partition_tree(?::pg_catalog.regclass) l ON l.relid = c.oid
                WHERE l.isleaf ORDER BY c.oid
                """)) {
      statement.setLong(1, oid);
      return read(session, statement);
    }
  }

  /** All columns that a relation has or had; none if it is gone. */
  public static List<ColumnNumbers.Attribute> attributes(Connection session, long oid)
      throws SQLException {
    List<ColumnNumbers.Attribute> attributes = new ArrayList<>();
    try (PreparedStatement statement =
        session.prepareStatement(
            "SELECT attnum, attname, attisdropped FROM pg_catalog.pg_attribute"
                + " WHERE attrelid = ? AND attnum > 0 ORDER BY attnum")) {
      statement.setLong(1, oid);
      try (ResultSet row = statement.executeQuery()) {
        while (row.next()) {
          attributes.add(
              new ColumnNumbers.Attribute(row.getInt(1), row.getString(2), row.getBoolean(3)));
        }
      }
    }
    return attributes;
  }

  private static List<PostgresTable> read(Connection session, PreparedStatement tables)
      throws SQLException {
    List<Row> rows = new ArrayList<>();
    try (ResultSet row = tables.executeQuery()) {
      while (row.next()) {
        rows.add(Row.of(row));
      }
    }
    List<Long> oids = rows.stream().map(Row::oid).toList();
    Map<Long, List<PostgresColumn>> columns = columns(session, oids);
    Map<Long, List<Index>> indexes = indexes(session, oids);
    return rows.stream()
        .map(
            row ->
                row.table(
                    columns.getOrDefault(row.oid, List.of()),
                    indexes.getOrDefault(row.oid, List.of())))
        .toList();
  }

  private record Index(
      boolean primary, boolean replicaIdentity, List<Integer> attnums, List<String> schemas) {}

  private record Row(
      long oid,
      TableId id,
      char kind,
      char persistence,
      boolean partition,
      char replicaIdentity,
      long rows,
      long bytes,
      String owner,
      Access access) {

    static Row of(ResultSet row) throws SQLException {
      long rows = row.getLong(14);
      if (row.wasNull()) {
        rows = row.getLong(8);
      }
      return new Row(
          row.getLong(1),
          new TableId(row.getString(2), row.getString(3)),
          row.getString(4).charAt(0),
          row.getString(5).charAt(0),
          row.getBoolean(6),
          row.getString(7).charAt(0),
          rows,
          row.getLong(9),
          row.getString(10),
          new Access(row.getBoolean(11), row.getBoolean(12), row.getBoolean(13)));
    }

    PostgresTable table(List<PostgresColumn> columns, List<Index> indexes) {
      Index index =
          switch (replicaIdentity) {
            // With the whole old row in the log, any key will do, and the primary one is the best.
            case 'd', 'f' -> first(indexes, true);
            case 'i' -> first(indexes, false);
            default -> null;
          };
      RowIdentity identity =
          index != null
              ? RowIdentity.KEY
              : replicaIdentity == 'f' ? RowIdentity.FULL_ROW : RowIdentity.NONE;
      List<String> key =
          index == null
              ? List.of()
              : columns.stream()
                  .filter(column -> index.attnums.contains(column.attnum()))
                  .map(PostgresColumn::name)
                  .toList();
      return new PostgresTable(
          oid,
          id,
          kind,
          persistence,
          partition,
          replicaIdentity,
          columns,
          identity,
          key,
          index == null ? List.of() : index.schemas,
          rows,
          bytes,
          owner,
          access);
    }

    private static @Nullable Index first(List<Index> indexes, boolean primary) {
      for (Index index : indexes) {
        if (primary ? index.primary : index.replicaIdentity) {
          return index;
        }
      }
      return null;
    }
  }

  private static Map<Long, List<PostgresColumn>> columns(Connection session, List<Long> oids)
      throws SQLException {
    Map<Long, List<PostgresColumn>> result = new HashMap<>();
    try (PreparedStatement statement = session.prepareStatement(COLUMNS)) {
      statement.setArray(1, oidArray(session, oids));
      try (ResultSet row = statement.executeQuery()) {
        while (row.next()) {
          String generated = row.getString(7);
          result
              .computeIfAbsent(row.getLong(1), _ -> new ArrayList<>())
              .add(
                  new PostgresColumn(
                      row.getInt(2),
                      row.getString(3),
                      (int) row.getLong(4),
                      row.getInt(5),
                      row.getInt(8),
                      row.getBoolean(6),
                      generated.isEmpty() ? ' ' : generated.charAt(0)));
        }
      }
    }
    return result;
  }

  private static Map<Long, List<Index>> indexes(Connection session, List<Long> oids)
      throws SQLException {
    Map<Long, List<Index>> result = new HashMap<>();
    try (PreparedStatement statement = session.prepareStatement(INDEXES)) {
      statement.setArray(1, oidArray(session, oids));
      try (ResultSet row = statement.executeQuery()) {
        while (row.next()) {
          List<Integer> attnums = new ArrayList<>();
          for (Number attnum : (Number[]) row.getArray(4).getArray()) {
            attnums.add(attnum.intValue());
          }
          result
              .computeIfAbsent(row.getLong(1), _ -> new ArrayList<>())
              .add(
                  new Index(
                      row.getBoolean(2),
                      row.getBoolean(3),
                      attnums,
                      List.of((String[]) row.getArray(5).getArray())));
        }
      }
    }
    return result;
  }

  private static Array oidArray(Connection session, Collection<Long> oids) throws SQLException {
    return session.createArrayOf("oid", oids.toArray());
  }
}

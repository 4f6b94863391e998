package dev.leat.postgres.schema;

import dev.leat.postgres.types.PgType;
import dev.leat.postgres.types.TypeCatalog;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.Map;

/** Asks the catalogs for types. */
public final class TypeCatalogLoader {
  private TypeCatalogLoader() {}

  public static TypeCatalog load(Connection session) throws SQLException {
    Map<Integer, PgType> types = new HashMap<>();
    try (Statement statement = session.createStatement();
        ResultSet row =
            statement.executeQuery(
                """
                SELECT t.oid, n.nspname, t.typname, t.typtype, t.typcategory, t.typdelim,
                       CASE WHEN t.typsubscript = 'pg_catalog.array_subscript_handler'::regproc
                         THEN t.typelem ELSE 0 END,
                       t.typbasetype, t.typtypmod, coalesce(r.rngsubtype, m.rngtypid, 0), t.typrelid,
                       t.typsend <> 0
                FROM pg_catalog.pg_type t
                JOIN pg_catalog.pg_namespace n ON n.oid = t.typnamespace
                LEFT JOIN pg_catalog.pg_range r ON r.rngtypid = t.oid
                LEFT JOIN pg_catalog.pg_range m ON m.rngmultitypid = t.oid""")) {
      while (row.next()) {
        int oid = (int) row.getLong(1);
        types.put(
            oid,
            new PgType(
                oid,
                row.getString(2),
                row.getString(3),
                row.getString(4).charAt(0),
                row.getString(5).charAt(0),
                row.getString(6).charAt(0),
                (int) row.getLong(7),
                (int) row.getLong(8),
                row.getInt(9),
                (int) row.getLong(10),
                (int) row.getLong(11),
                row.getBoolean(12)));
      }
    }
    return new TypeCatalog(types);
  }
}

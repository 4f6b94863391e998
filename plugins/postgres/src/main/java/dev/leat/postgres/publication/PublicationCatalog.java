package dev.leat.postgres.publication;

import dev.leat.postgres.schema.TablePart;
import dev.leat.spi.schema.TableId;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Asks the catalogs for publications. */
public final class PublicationCatalog {
  private static final int FIRST_WITH_PARTS = 15;

  private PublicationCatalog() {}

  /**
   * The publication of that name.
   *
   * @param major the server's major version
   */
  public static Optional<Publication> find(Connection session, String name, int major)
      throws SQLException {
    String everyTable =
        major < FIRST_WITH_PARTS
            ? "p.puballtables"
            : "p.puballtables OR EXISTS (SELECT FROM pg_catalog.pg_publication_namespace s"
                + " WHERE s.pnpubid = p.oid)";
    try (PreparedStatement statement =
        session.prepareStatement(
            "SELECT "
                + everyTable
                + ", p.pubinsert, p.pubupdate, p.pubdelete, p.pubtruncate, p.pubviaroot,"
                + " pg_catalog.pg_has_role(p.pubowner, 'USAGE')"
                + " FROM pg_catalog.pg_publication p WHERE p.pubname = ?")) {
      statement.setString(1, name);
      try (ResultSet row = statement.executeQuery()) {
        return row.next()
            ? Optional.of(
                new Publication(
                    name,
                    row.getBoolean(1),
                    row.getBoolean(2),
                    row.getBoolean(3),
                    row.getBoolean(4),
                    row.getBoolean(5),
                    row.getBoolean(6),
                    row.getBoolean(7),
                    parts(session, name, major)))
            : Optional.empty();
      }
    }
  }

  private static Map<TableId, TablePart> parts(Connection session, String name, int major)
      throws SQLException {
    Map<TableId, TablePart> result = new HashMap<>();
    boolean withParts = major >= FIRST_WITH_PARTS;
    try (PreparedStatement statement =
        session.prepareStatement(
            "SELECT schemaname, tablename"
                + (withParts ? ", attnames, rowfilter" : "")
                + " FROM pg_catalog.pg_publication_tables WHERE pubname = ?")) {
      statement.setString(1, name);
      try (ResultSet row = statement.executeQuery()) {
        while (row.next()) {
          TableId table = new TableId(row.getString(1), row.getString(2));
          Array columns = withParts ? row.getArray(3) : null;
          result.put(
              table,
              withParts
                  ? new TablePart(
                      columns == null ? null : List.of((String[]) columns.getArray()),
                      row.getString(4))
                  : TablePart.WHOLE);
        }
      }
    }
    return result;
  }
}

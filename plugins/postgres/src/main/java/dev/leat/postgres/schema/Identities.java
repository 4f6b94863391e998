package dev.leat.postgres.schema;

import dev.leat.postgres.connect.PostgresErrors;
import dev.leat.postgres.connect.Sql;
import dev.leat.spi.error.LeatException;
import dev.leat.spi.schema.RowIdentity;
import dev.leat.spi.schema.TableId;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Whether updates and deletes of a table can be followed. */
public final class Identities {
  private Identities() {}

  /** Refuses tables of which updates and deletes cannot be followed. */
  public static void require(Connection session, List<TableId> tables) throws SQLException {
    for (TableId id : tables) {
      Optional<PostgresTable> table = TableCatalog.find(session, id);
      if (table.isPresent()) {
        Optional<LeatException> problem = problem(session, table.get());
        if (problem.isPresent()) {
          throw problem.get();
        }
      }
    }
  }

  /** Set when updates and deletes of the table, or of one of its partitions, cannot be followed. */
  public static Optional<LeatException> problem(Connection session, PostgresTable table)
      throws SQLException {
    if (table.identity() == RowIdentity.NONE) {
      return Optional.of(none(table));
    }
    if (table.partitioned()) {
      for (PostgresTable leaf : TableCatalog.leaves(session, table.oid())) {
        boolean same =
            leaf.replicaIdentity() == 'f'
                || (leaf.identity() == table.identity()
                    && Set.copyOf(leaf.key()).equals(Set.copyOf(table.key())));
        if (!same) {
          return Optional.of(none(leaf));
        }
      }
    }
    return Optional.empty();
  }

  private static LeatException none(PostgresTable table) {
    return new LeatException(
        PostgresErrors.NO_IDENTITY,
        "%s has %s, so its updates and deletes cannot be followed, and would fail for your application once the table is published."
            .formatted(
                table.id(),
                table.replicaIdentity() == 'n'
                    ? "REPLICA IDENTITY NOTHING"
                    : table.partition()
                        ? "another key than the table it is a partition of"
                        : "no primary key"),
        "Give it a primary key, or: ALTER TABLE %s REPLICA IDENTITY FULL;"
            .formatted(Sql.table(table.id())));
  }
}

package dev.leat.postgres.snapshot;

import dev.leat.postgres.connect.PostgresErrors;
import dev.leat.postgres.connect.Sessions;
import dev.leat.postgres.connect.Sql;
import dev.leat.postgres.connect.WireConnection;
import dev.leat.postgres.schema.TableShape;
import dev.leat.spi.Position;
import dev.leat.spi.error.LeatException;
import dev.leat.spi.schema.TableId;
import dev.leat.spi.schema.TableSchema;
import dev.leat.spi.source.BatchReader;
import dev.leat.spi.source.CopyPlan;
import dev.leat.spi.source.CopyRange;
import dev.leat.spi.source.Snapshot;
import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.memory.BufferAllocator;
import org.jspecify.annotations.Nullable;

/** A snapshot that one session has exported and other sessions enter to copy from. */
public final class PostgresSnapshot implements Snapshot {
  private final WireConnection holder;
  private final Position position;
  private final SnapshotSessions sessions;
  private final ShapeSource shapes;
  private final BufferAllocator allocator;
  private final String user;

  /**
   * @param holder the session that exported the snapshot; closed with it
   * @param name as the server named it
   * @param connections how many ranges may be read at a time
   */
  public PostgresSnapshot(
      Sessions sessions,
      WireConnection holder,
      String name,
      Position position,
      int connections,
      ShapeSource shapes,
      BufferAllocator allocator) {
    this.holder = holder;
    this.position = position;
    this.sessions = new SnapshotSessions(sessions, name, connections);
    this.shapes = shapes;
    this.allocator = allocator;
    this.user = sessions.url().user();
  }

  @Override
  public Position position() {
    return position;
  }

  @Override
  public CopyPlan plan(TableSchema table, int wantedRanges) {
    return CopyPlanner.plan(leaves(table.table()), wantedRanges);
  }

  @Override
  public String layout(TableId table) {
    return CopyPlanner.layout(leaves(table));
  }

  @Override
  public BatchReader read(TableSchema table, CopyRange range) {
    PageRange pages = PageRange.parse(range.id());
    TableShape shape = shapes.shape(table.table());
    if (!shape.schema().equals(table)) {
      throw new LeatException(
          PostgresErrors.SCHEMA_CHANGED,
          "%s changed its columns or its key while it was being copied.".formatted(table.table()),
          "`leat resync " + table.table() + "` copies it anew with its present shape.");
    }
    WireConnection session = sessions.take();
    try {
      session.doing("copying " + table.table(), grant(table.table()));
      requireNotRewritten(session, pages.leaf());
      session.startCopy(CopySql.copy(shape, pages));
      return new CopyReader(sessions, session, shape.codec(), allocator);
    } catch (LeatException e) {
      sessions.discard(session);
      boolean partitionGone =
          e.code().equals(PostgresErrors.SCHEMA_CHANGED) && !pages.leaf().equals(table.table());
      throw partitionGone ? rewritten(pages.leaf(), e) : e;
    }
  }

  /**
   * A table that was rewritten since the snapshot was taken looks empty in it; the lock keeps that
   * from happening later.
   */
  private void requireNotRewritten(WireConnection session, TableId leaf) {
    session.execute("SELECT FROM ONLY " + Sql.table(leaf) + " LIMIT 0");
    List<List<@Nullable String>> rows =
        session.query(
            "SELECT coalesce(pg_relation_filenode(oid), 0) = relfilenode FROM pg_class WHERE oid = "
                + Sql.literal(Sql.table(leaf))
                + "::regclass");
    if (rows.isEmpty() || !"t".equals(rows.getFirst().getFirst())) {
      throw rewritten(leaf, null);
    }
  }

  private static LeatException rewritten(TableId leaf, @Nullable Throwable cause) {
    return new LeatException(
        PostgresErrors.SNAPSHOT_LOST,
        "%s was rewritten (TRUNCATE, VACUUM FULL, ALTER TABLE) or dropped since the snapshot it is copied from."
            .formatted(leaf),
        "Its copy begins anew in a new snapshot.",
        cause);
  }

  private String grant(TableId table) {
    return "GRANT USAGE ON SCHEMA %s TO %s; GRANT SELECT ON %s TO %s;"
        .formatted(
            Sql.identifier(table.schema()),
            Sql.identifier(user),
            Sql.table(table),
            Sql.identifier(user));
  }

  /** The tables that hold the rows, as the snapshot sees them. */
  private List<Leaf> leaves(TableId table) {
    WireConnection session = sessions.take();
    List<Leaf> leaves;
    try {
      session.doing("looking at the pages of " + table, grant(table));
      leaves = leaves(session, table);
    } catch (RuntimeException e) {
      sessions.discard(session);
      throw e;
    }
    sessions.giveBack(session);
    return leaves;
  }

  /** As {@link Snapshot#layout}, at this moment. */
  static String layout(WireConnection session, TableId table) {
    return CopyPlanner.layout(leaves(session, table));
  }

  private static List<Leaf> leaves(WireConnection session, TableId table) {
    List<Leaf> leaves = new ArrayList<>();
    String name = Sql.literal(Sql.table(table)) + "::regclass";
    for (List<@Nullable String> row :
        session.query(
            """
            SELECT c.oid, c.relfilenode, n.nspname, c.relname,
                   pg_relation_size(c.oid) / current_setting('block_size')::bigint,
                   c.reltuples::bigint
            FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
            WHERE c.oid = %s AND c.relkind = 'r' OR c.oid IN (
              SELECT relid FROM pg_partition_tree(%s) WHERE isleaf AND relid <> %s)
            ORDER BY c.oid"""
                .formatted(name, name, name))) {
      leaves.add(
          new Leaf(
              number(row.get(0)),
              number(row.get(1)),
              new TableId(text(row.get(2)), text(row.get(3))),
              number(row.get(4)),
              number(row.get(5))));
    }
    if (leaves.isEmpty()) {
      // A partitioned table without partitions: it is read itself, and has no rows.
      leaves.add(new Leaf(0, 0, table, 0, 0));
    }
    return leaves;
  }

  private static long number(@Nullable String value) {
    // A table dropped a moment ago is in the snapshot's catalogs and has no size any more.
    return value == null ? 0 : Long.parseLong(value);
  }

  private static String text(@Nullable String value) {
    return value == null ? "" : value;
  }

  @Override
  public void close() {
    sessions.close();
    holder.close();
  }
}

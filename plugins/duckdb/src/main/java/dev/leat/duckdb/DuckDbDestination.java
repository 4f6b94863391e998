package dev.leat.duckdb;

import dev.leat.spi.Failpoint;
import dev.leat.spi.batch.RowBatch;
import dev.leat.spi.destination.ChangeWriter;
import dev.leat.spi.destination.CopyOutcome;
import dev.leat.spi.destination.Destination;
import dev.leat.spi.destination.DestinationProgress;
import dev.leat.spi.destination.Rows;
import dev.leat.spi.destination.TableTarget;
import dev.leat.spi.destination.WriteMode;
import dev.leat.spi.engine.Queryable;
import dev.leat.spi.schema.Column;
import dev.leat.spi.schema.RowIdentity;
import dev.leat.spi.schema.TableId;
import dev.leat.spi.source.BatchReader;
import dev.leat.spi.source.CopyRange;
import dev.leat.spi.source.Finding;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.apache.arrow.memory.BufferAllocator;

/** A DuckDB file as the destination of one replication. */
final class DuckDbDestination implements Destination {
  private static final String STAGE = "_leat_stage";

  private final DuckDbDatabase database;
  private final Bookkeeping bookkeeping;
  private final ArrowStreams streams;
  private boolean prepared;
  private int copying;

  DuckDbDestination(DuckDbDatabase database, String replication, BufferAllocator allocator) {
    this.database = database;
    this.bookkeeping = new Bookkeeping(replication);
    this.streams = new ArrowStreams(allocator);
  }

  @Override
  public String describe() {
    return "duckdb:" + database.file();
  }

  @Override
  public DestinationProgress progress() {
    try (Session session = database.session()) {
      return Bookkeeping.exists(session) ? bookkeeping.progress(session) : DestinationProgress.NONE;
    }
  }

  @Override
  public List<Finding> check(List<TableTarget> targets) {
    List<Finding> findings = new ArrayList<>();
    Map<String, TableTarget> tables = new HashMap<>();
    try (Session session = database.session()) {
      boolean known = Bookkeeping.exists(session);
      String catalog =
          String.valueOf(session.rows("SELECT current_database()").getFirst().getFirst());
      for (TableTarget target : targets) {
        if (target.table().schema().equalsIgnoreCase(catalog)) {
          findings.add(
              Finding.error(DuckDbErrors.schemaNamedAsFile(catalog, database.file().toString())));
        }
        TableTarget other = tables.put(target.table().toString().toLowerCase(Locale.ROOT), target);
        if (other != null) {
          findings.add(
              Finding.error(
                  DuckDbErrors.namesCollide(
                      "tables", other.table().toString(), target.table().toString())));
        }
        checkColumns(target, findings);
        if (exists(session, target.table())
            && !(known && bookkeeping.owns(session, target.table()))) {
          findings.add(
              Finding.error(DuckDbErrors.tableExists(target.table(), database.file().toString())));
        }
      }
    }
    return findings;
  }

  private static void checkColumns(TableTarget target, List<Finding> findings) {
    Map<String, String> columns = new HashMap<>();
    for (Column column : target.schema().columns()) {
      String name = column.name();
      String lower = name.toLowerCase(Locale.ROOT);
      String other = columns.put(lower, name);
      if (other != null) {
        findings.add(
            Finding.error(
                DuckDbErrors.namesCollide(
                    "columns of " + target.schema().table() + ",", other, name)));
      }
      boolean taken =
          DuckDbSql.systemColumns(target.mode()).stream()
              .anyMatch(system -> system.startsWith(lower + " "));
      // Rows without a key are told apart by rowid, which a column of that name would hide.
      if (taken || (lower.equals("rowid") && target.schema().identity() == RowIdentity.FULL_ROW)) {
        findings.add(Finding.error(DuckDbErrors.reservedColumn(target.schema().table(), name)));
      }
    }
  }

  private static boolean exists(Session session, TableId table) {
    return session.number(
            "SELECT count(*) FROM information_schema.tables WHERE lower(table_schema) = lower(?) AND lower(table_name) ="
                + " lower(?)",
            table.schema(),
            table.table())
        > 0;
  }

  /** Makes the bookkeeping tables, once. */
  private synchronized Session prepared() {
    Session session = database.session();
    if (!prepared) {
      session.transaction(() -> Bookkeeping.create(session));
      prepared = true;
    }
    return session;
  }

  @Override
  public void prepare(TableTarget target) {
    try (Session session = prepared()) {
      String shape = bookkeeping.shapeOf(session, target);
      if (shape == null) {
        session.transaction(() -> make(session, target));
      } else if (!shape.equals(DuckDbSql.shape(target)) || !exists(session, target.table())) {
        throw DuckDbErrors.shape(target.schema().table());
      }
    }
  }

  @Override
  public void startCopy(TableTarget target) {
    try (Session session = prepared()) {
      session.transaction(
          () -> {
            bookkeeping.forgetRanges(session, target.schema().table());
            make(session, target);
          });
    }
  }

  private void make(Session session, TableTarget target) {
    if (exists(session, target.table())) {
      if (!bookkeeping.owns(session, target.table())) {
        throw DuckDbErrors.tableExists(target.table(), database.file().toString());
      }
      session.execute("DROP TABLE " + DuckDbSql.quote(target.table()));
    }
    DuckDbSql.create(target).forEach(session::execute);
    bookkeeping.saveTable(session, target);
  }

  @Override
  public CopyOutcome copy(
      TableTarget target, CopyRange range, BatchReader rows, boolean overlapping) {
    compressFast(1);
    try (Session session = prepared()) {
      long[] written = new long[1];
      session.transaction(
          () -> {
            written[0] =
                target.schema().columns().isEmpty()
                    ? copyWithoutColumns(session, target, rows)
                    : copyRows(session, target, rows, overlapping);
            bookkeeping.saveRange(session, target.schema().table(), range);
            Failpoint.reach("copy-range-written");
          });
      Failpoint.reach("copy-range-committed");
      return new CopyOutcome(written[0]);
    } finally {
      compressFast(-1);
    }
  }

  /**
   * Zstandard costs half the processor time of DuckDB's own choice while much is loaded; later
   * checkpoints choose again.
   */
  private synchronized void compressFast(int change) {
    int before = copying;
    copying += change;
    if ((before == 0) != (copying == 0)) {
      try (Session session = database.session()) {
        session.execute("SET GLOBAL force_compression = '" + (copying > 0 ? "zstd" : "auto") + "'");
      }
    }
  }

  private static long copyWithoutColumns(Session session, TableTarget target, BatchReader rows) {
    long count = 0;
    while (true) {
      try (RowBatch batch = rows.next()) {
        if (batch == null) {
          break;
        }
        count += batch.rows();
      }
    }
    session.update(
        "INSERT INTO " + DuckDbSql.quote(target.table()) + " SELECT NULL FROM range(?)", count);
    return count;
  }

  private long copyRows(
      Session session, TableTarget target, BatchReader rows, boolean overlapping) {
    String table = DuckDbSql.quote(target.table());
    String insert = "INSERT INTO " + table + " (" + DuckDbSql.insertColumns(target) + ") SELECT ";
    String columns =
        String.join(", ", DuckDbSql.streamColumns("c", target.schema().columns().size()));
    String system =
        switch (target.mode()) {
          case MIRROR -> "";
          case MIRROR_KEEPING_DELETED -> ", FALSE, NULL";
          case HISTORY -> ", 'R', NULL, NULL, NULL, NULL";
        };
    return streams.overRows(
        session,
        target.schema().columns(),
        rows,
        () -> {
          if (!overlapping) {
            return session.update(insert + columns + system + " FROM " + ArrowStreams.VIEW);
          }
          session.execute(
              "CREATE OR REPLACE TEMP TABLE " + STAGE + " AS SELECT * FROM " + ArrowStreams.VIEW);
          session.execute(
              "DELETE FROM "
                  + table
                  + " AS t USING "
                  + STAGE
                  + " AS s WHERE "
                  + DuckDbChangeWriter.sameKey(target, "c"));
          long count = session.update(insert + columns + system + " FROM " + STAGE);
          session.execute("DROP TABLE " + STAGE);
          return count;
        });
  }

  @Override
  public void finishCopy(TableTarget target) {}

  @Override
  public ChangeWriter openChangeWriter() {
    return new DuckDbChangeWriter(prepared(), bookkeeping, streams);
  }

  @Override
  public Rows preview(TableId table, int limit) {
    try (Session session = database.session()) {
      if (!exists(session, table)) {
        throw DuckDbErrors.noTable(table, database.file().toString());
      }
      return DuckDbQueries.select(session, "SELECT * FROM " + DuckDbSql.quote(table), limit);
    }
  }

  @Override
  public Optional<Queryable> queries() {
    return Optional.of(new DuckDbQueries(database));
  }

  @Override
  public void close() {
    database.close();
  }

  static boolean keepsDeleted(TableTarget target) {
    return target.mode() == WriteMode.MIRROR_KEEPING_DELETED;
  }
}

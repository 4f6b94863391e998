package dev.leat.duckdb;

import dev.leat.spi.Position;
import dev.leat.spi.batch.ChangeBatch;
import dev.leat.spi.batch.Effect;
import dev.leat.spi.destination.ChangeWriter;
import dev.leat.spi.destination.Reshape;
import dev.leat.spi.destination.TableTarget;
import dev.leat.spi.error.LeatException;
import dev.leat.spi.schema.Column;
import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.vector.BitVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.TinyIntVector;

/**
 * Applies changes to tables with keys: deletes what a batch replaces, inserts what is present after
 * it, both straight from the batch's vectors, in one transaction per commit with the progress.
 * Tables without keys and histories have their own ways.
 */
final class DuckDbChangeWriter implements ChangeWriter {
  private static final String STAGE = "_leat_changes";

  private final Session session;
  private final Bookkeeping bookkeeping;
  private final ArrowStreams streams;

  DuckDbChangeWriter(Session session, Bookkeeping bookkeeping, ArrowStreams streams) {
    this.session = session;
    this.bookkeeping = bookkeeping;
    this.streams = streams;
  }

  @Override
  public void write(TableTarget target, ChangeBatch batch) {
    try (batch) {
      if (!session.inTransaction()) {
        session.begin();
      }
      switch (target.mode()) {
        case HISTORY -> HistoryChanges.append(session, streams, target, batch);
        case MIRROR, MIRROR_KEEPING_DELETED -> {
          if (batch.truncated()) {
            truncate(target);
          }
          if (batch.rows() > 0) {
            mirror(target, batch);
          }
        }
      }
    } catch (RuntimeException | Error e) {
      rollbackAfter(e);
      throw e;
    }
  }

  private void mirror(TableTarget target, ChangeBatch batch) {
    TinyIntVector effects = batch.effects();
    if (effects == null) {
      KeylessChanges.apply(session, streams, target, batch);
      return;
    }
    int present = 0;
    int replacing = 0;
    for (int row = 0; row < batch.rows(); row++) {
      byte effect = effects.get(row);
      present += effect & Effect.PRESENT;
      replacing += (effect & Effect.REPLACES) >> 1;
    }
    if (batch.hasAbsent() || DuckDbDestination.keepsDeleted(target)) {
      applyStaged(target, batch, effects);
      return;
    }
    if (replacing > 0) {
      delete(target, batch, effects, replacing);
    }
    if (present > 0) {
      insert(target, batch, effects, present);
    }
  }

  private void delete(TableTarget target, ChangeBatch batch, TinyIntVector effects, int replacing) {
    List<String> names = new ArrayList<>();
    List<FieldVector> vectors = new ArrayList<>();
    for (int index : target.schema().key()) {
      names.add("c" + index);
      vectors.add(batch.values().get(index));
    }
    names.add("e");
    vectors.add(effects);
    String rows =
        replacing == batch.rows()
            ? ArrowStreams.VIEW
            : "(SELECT * FROM " + ArrowStreams.VIEW + " WHERE (e & " + Effect.REPLACES + ") <> 0)";
    String sql =
        "DELETE FROM "
            + DuckDbSql.quote(target.table())
            + " AS t USING "
            + rows
            + " AS s WHERE "
            + sameKey(target, "c");
    long unused =
        streams.overVectors(session, names, vectors, batch.rows(), () -> session.update(sql));
  }

  private void insert(TableTarget target, ChangeBatch batch, TinyIntVector effects, int present) {
    List<String> names = DuckDbSql.streamColumns("c", batch.values().size());
    String columns = String.join(", ", names);
    List<FieldVector> vectors = new ArrayList<>(batch.values());
    names.add("e");
    vectors.add(effects);
    String sql =
        "INSERT INTO "
            + DuckDbSql.quote(target.table())
            + " ("
            + DuckDbSql.insertColumns(target)
            + ") SELECT "
            + columns
            + " FROM "
            + ArrowStreams.VIEW
            + (present == batch.rows() ? "" : " WHERE (e & " + Effect.PRESENT + ") <> 0");
    long unused =
        streams.overVectors(session, names, vectors, batch.rows(), () -> session.update(sql));
  }

  /**
   * Absent values are what the table's row has now, so the rows to come are made up before anything
   * is deleted.
   */
  private void applyStaged(TableTarget target, ChangeBatch batch, TinyIntVector effects) {
    List<String> names = DuckDbSql.streamColumns("c", batch.values().size());
    List<FieldVector> vectors = new ArrayList<>(batch.values());
    names.addAll(List.of("e", "op", "committed"));
    vectors.addAll(List.of(effects, batch.operations(), batch.committedAt()));
    List<String> anyAbsent = new ArrayList<>();
    StringBuilder select = new StringBuilder();
    for (int i = 0; i < batch.values().size(); i++) {
      BitVector absent = batch.absent().get(i);
      if (absent == null) {
        select.append("s.c").append(i).append(", ");
        continue;
      }
      names.add("a" + i);
      vectors.add(absent);
      anyAbsent.add("s.a" + i);
      String own = "t." + DuckDbSql.quote(target.schema().columns().get(i).name());
      select.append(
          "CASE WHEN s.a" + i + " THEN " + own + " ELSE s.c" + i + " END AS c" + i + ", ");
    }
    List<FieldVector> movedFrom = batch.movedFrom();
    List<String> on = new ArrayList<>();
    for (int k = 0; k < target.schema().key().size(); k++) {
      int index = target.schema().key().get(k);
      String key = "s.c" + index;
      if (movedFrom != null) {
        names.add("m" + k);
        vectors.add(movedFrom.get(k));
        key = "CASE WHEN s.m" + k + " IS NULL THEN " + key + " ELSE s.m" + k + " END";
      }
      on.add("t." + DuckDbSql.quote(target.schema().columns().get(index).name()) + " = " + key);
    }
    String firstKey = DuckDbSql.quote(target.schema().keyColumns().getFirst().name());
    String missing =
        anyAbsent.isEmpty()
            ? "FALSE"
            : "(" + String.join(" OR ", anyAbsent) + ") AND t." + firstKey + " IS NULL";
    String table = DuckDbSql.quote(target.table());
    String sql =
        "CREATE OR REPLACE TEMP TABLE "
            + STAGE
            + " AS SELECT "
            + select
            + "s.e, s.op, s.committed, "
            + missing
            + " AS missing FROM (SELECT * FROM "
            + ArrowStreams.VIEW
            + " WHERE e <> 0) AS s LEFT JOIN "
            + table
            + " AS t ON "
            + String.join(" AND ", on);
    streams.overVectors(
        session,
        names,
        vectors,
        batch.rows(),
        () -> {
          session.execute(sql);
          return 0;
        });
    long lost =
        batch.overlapping() || anyAbsent.isEmpty()
            ? 0
            : session.number(
                "SELECT count(*) FROM "
                    + STAGE
                    + " WHERE missing AND (e & 1) <> 0 AND op <> "
                    + (int) 'D');
    if (lost > 0) {
      throw DuckDbErrors.rowMissing(target.schema().table(), lost);
    }
    session.execute(
        "DELETE FROM "
            + table
            + " AS t USING (SELECT * FROM "
            + STAGE
            + " WHERE (e & 2) <> 0) AS s WHERE "
            + sameKey(target, "c"));
    String deleted = "op = " + (int) 'D';
    session.execute(
        "INSERT INTO "
            + table
            + " ("
            + DuckDbSql.insertColumns(target)
            + ") SELECT "
            + String.join(", ", DuckDbSql.streamColumns("c", batch.values().size()))
            + (DuckDbDestination.keepsDeleted(target)
                ? ", "
                    + deleted
                    + ", CASE WHEN "
                    + deleted
                    + " THEN make_timestamp(committed) AT TIME ZONE 'UTC' END"
                : "")
            + " FROM "
            + STAGE
            + " WHERE (e & 1) <> 0 AND NOT (missing AND "
            + deleted
            + ")");
    session.execute("DROP TABLE " + STAGE);
  }

  private void truncate(TableTarget target) {
    String table = DuckDbSql.quote(target.table());
    session.execute(
        DuckDbDestination.keepsDeleted(target)
            ? "UPDATE "
                + table
                + " SET "
                + DuckDbSql.DELETED
                + " = TRUE, "
                + DuckDbSql.DELETED_AT
                + " = now() WHERE NOT "
                + DuckDbSql.DELETED
            : "DELETE FROM " + table);
  }

  /**
   * The condition that row {@code t} of the table and row {@code s} of a stream have the same key.
   */
  static String sameKey(TableTarget target, String prefix) {
    List<String> conditions = new ArrayList<>();
    for (int index : target.schema().key()) {
      Column column = target.schema().columns().get(index);
      conditions.add("t." + DuckDbSql.quote(column.name()) + " = s." + prefix + index);
    }
    return String.join(" AND ", conditions);
  }

  @Override
  public void reshape(Reshape reshape) {
    try (reshape) {
      if (!session.inTransaction()) {
        session.begin();
      }
      TableAlteration.apply(session, streams, reshape);
      bookkeeping.saveTable(session, reshape.to());
    } catch (RuntimeException | Error e) {
      rollbackAfter(e);
      throw e;
    }
  }

  @Override
  public void commit(Position progress) {
    try {
      if (!session.inTransaction()) {
        session.begin();
      }
      bookkeeping.savePosition(session, progress);
      session.commit();
    } catch (RuntimeException | Error e) {
      rollbackAfter(e);
      throw e;
    }
  }

  @Override
  public void rollback() {
    session.rollback();
  }

  private void rollbackAfter(Throwable e) {
    try {
      session.rollback();
    } catch (LeatException failed) {
      e.addSuppressed(failed);
    }
  }

  @Override
  public void close() {
    try (session) {
      session.rollback();
    }
  }
}

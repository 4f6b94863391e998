package dev.leat.duckdb;

import dev.leat.spi.batch.ChangeBatch;
import dev.leat.spi.batch.Operation;
import dev.leat.spi.destination.TableTarget;
import dev.leat.spi.error.ErrorCode;
import dev.leat.spi.error.LeatException;
import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.vector.FieldVector;

/**
 * Applies changes to a table whose rows have no key. Equal rows are interchangeable, so of each row
 * as many copies are removed or added as the batch has more deletes or inserts of it; their order
 * does not matter.
 */
final class KeylessChanges {
  private static final String STAGE = "_leat_net";

  private KeylessChanges() {}

  static void apply(Session session, ArrowStreams streams, TableTarget target, ChangeBatch batch) {
    if (batch.hasAbsent()) {
      throw new LeatException(
          ErrorCode.INTERNAL,
          "a change of " + target.schema().table() + ", which has no key, lacks values",
          "");
    }
    if (batch.values().isEmpty()) {
      applyWithoutColumns(session, target, batch);
      return;
    }
    List<String> names = DuckDbSql.streamColumns("c", batch.values().size());
    String columns = String.join(", ", names);
    List<FieldVector> vectors = new ArrayList<>(batch.values());
    if (!hasDeletes(batch)) {
      String insert =
          "INSERT INTO "
              + DuckDbSql.quote(target.table())
              + " ("
              + DuckDbSql.insertColumns(target)
              + ") SELECT "
              + columns
              + (DuckDbDestination.keepsDeleted(target) ? ", FALSE, NULL" : "")
              + " FROM "
              + ArrowStreams.VIEW;
      long unused =
          streams.overVectors(session, names, vectors, batch.rows(), () -> session.update(insert));
      return;
    }
    names.add("op");
    vectors.add(batch.operations());
    String table = DuckDbSql.quote(target.table());
    String stage =
        "CREATE OR REPLACE TEMP TABLE "
            + STAGE
            + " AS SELECT "
            + columns
            + ", CAST(sum(CASE WHEN op = "
            + (int) 'D'
            + " THEN -1 ELSE 1 END) AS BIGINT) AS net FROM "
            + ArrowStreams.VIEW
            + " GROUP BY "
            + columns
            + " HAVING net <> 0";
    streams.overVectors(
        session,
        names,
        vectors,
        batch.rows(),
        () -> {
          session.execute(stage);
          return 0;
        });
    long wanted =
        session.number(
            "SELECT CAST(coalesce(-sum(net), 0) AS BIGINT) FROM " + STAGE + " WHERE net < 0");
    if (wanted > 0) {
      long deleted = session.update(deleteSql(target, table));
      if (deleted < wanted && !batch.overlapping()) {
        throw DuckDbErrors.rowMissing(target.schema().table(), wanted - deleted);
      }
    }
    session.execute(
        "INSERT INTO "
            + table
            + " ("
            + DuckDbSql.insertColumns(target)
            + ") SELECT "
            + columns
            + (DuckDbDestination.keepsDeleted(target) ? ", FALSE, NULL" : "")
            + " FROM (SELECT *, unnest(range(net)) AS copy FROM "
            + STAGE
            + " WHERE net > 0)");
    session.execute("DROP TABLE " + STAGE);
  }

  private static boolean hasDeletes(ChangeBatch batch) {
    for (int row = 0; row < batch.rows(); row++) {
      if (batch.operations().get(row) == Operation.DELETE.code()) {
        return true;
      }
    }
    return false;
  }

  private static String deleteSql(TableTarget target, String table) {
    List<String> same = new ArrayList<>();
    for (int i = 0; i < target.schema().columns().size(); i++) {
      same.add(
          "t."
              + DuckDbSql.quote(target.schema().columns().get(i).name())
              + " IS NOT DISTINCT FROM s.c"
              + i);
    }
    boolean soft = DuckDbDestination.keepsDeleted(target);
    if (soft) {
      same.add("NOT t." + DuckDbSql.DELETED);
    }
    String rows =
        "(SELECT rid FROM (SELECT t.rowid AS rid, s.net, row_number() OVER (PARTITION BY s.g ORDER BY t.rowid) AS nth"
            + " FROM (SELECT *, row_number() OVER () AS g FROM "
            + STAGE
            + " WHERE net < 0) AS s JOIN "
            + table
            + " AS t ON "
            + String.join(" AND ", same)
            + ") WHERE nth <= -net)";
    return soft
        ? "UPDATE "
            + table
            + " SET "
            + DuckDbSql.DELETED
            + " = TRUE, "
            + DuckDbSql.DELETED_AT
            + " = now() WHERE rowid IN "
            + rows
        : "DELETE FROM " + table + " WHERE rowid IN " + rows;
  }

  private static void applyWithoutColumns(Session session, TableTarget target, ChangeBatch batch) {
    long net = 0;
    for (int row = 0; row < batch.rows(); row++) {
      net += batch.operations().get(row) == Operation.DELETE.code() ? -1 : 1;
    }
    String table = DuckDbSql.quote(target.table());
    if (net > 0) {
      session.update("INSERT INTO " + table + " SELECT NULL FROM range(?)", net);
    } else if (net < 0) {
      session.update(
          "DELETE FROM " + table + " WHERE rowid IN (SELECT rowid FROM " + table + " LIMIT ?)",
          -net);
    }
  }
}

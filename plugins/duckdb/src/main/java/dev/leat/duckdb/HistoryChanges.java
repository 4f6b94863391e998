package dev.leat.duckdb;

import dev.leat.spi.batch.ChangeBatch;
import dev.leat.spi.destination.TableTarget;
import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.vector.BitVector;
import org.apache.arrow.vector.FieldVector;

/** Appends every change as a row. */
final class HistoryChanges {
  private HistoryChanges() {}

  static void append(Session session, ArrowStreams streams, TableTarget target, ChangeBatch batch) {
    List<String> names = DuckDbSql.streamColumns("c", batch.values().size());
    String columns = names.isEmpty() ? "" : String.join(", ", names) + ", ";
    List<FieldVector> vectors = new ArrayList<>(batch.values());
    names.addAll(List.of("op", "sequence", "ordinal", "committed"));
    vectors.addAll(
        List.of(batch.operations(), batch.sequences(), batch.ordinals(), batch.committedAt()));
    List<String> unchanged = new ArrayList<>();
    for (int i = 0; i < batch.absent().size(); i++) {
      BitVector absent = batch.absent().get(i);
      if (absent != null) {
        names.add("a" + i);
        vectors.add(absent);
        String name = target.schema().columns().get(i).name();
        unchanged.add("CASE WHEN a" + i + " THEN '" + name.replace("'", "''") + "' END");
      }
    }
    String list =
        unchanged.isEmpty()
            ? "NULL"
            : "(SELECT CASE WHEN len(u) > 0 THEN CAST(to_json(u) AS VARCHAR) END FROM (SELECT list_filter(["
                + String.join(", ", unchanged)
                + "], lambda n: n IS NOT NULL) AS u))";
    String sql =
        "INSERT INTO "
            + DuckDbSql.quote(target.table())
            + " ("
            + DuckDbSql.insertColumns(target)
            + ") SELECT "
            + columns
            + "chr(op), format('{:X}/{:X}', sequence >> 32, sequence & 4294967295), ordinal,"
            + " make_timestamp(committed) AT TIME ZONE 'UTC', "
            + list
            + " FROM "
            + ArrowStreams.VIEW;
    long unused =
        streams.overVectors(session, names, vectors, batch.rows(), () -> session.update(sql));
  }
}

package dev.leat.sqlite.engine;

import dev.leat.spi.engine.Mark;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The marks of a flow, in a table beside its data. */
final class SqliteMarks {
  private static final String TABLE = SqliteNames.quote(SqliteNames.MARKS);

  private final String flow;

  SqliteMarks(String flow) {
    this.flow = flow;
  }

  static void create(Session session) {
    session.execute(
        "CREATE TABLE IF NOT EXISTS "
            + TABLE
            + " (flow TEXT NOT NULL, step TEXT NOT NULL, unit TEXT NOT NULL, run TEXT NOT NULL,"
            + " fingerprint TEXT NOT NULL, watermark TEXT, at TEXT NOT NULL, PRIMARY KEY (flow,"
            + " step, unit))");
  }

  void save(Session session, Mark mark) {
    create(session);
    long unused =
        session.update(
            "INSERT OR REPLACE INTO " + TABLE + " VALUES (?, ?, ?, ?, ?, ?, ?)",
            flow,
            mark.step(),
            mark.unit(),
            mark.run(),
            mark.fingerprint(),
            mark.watermark(),
            mark.at().toString());
  }

  List<Mark> list(Session session) {
    if (SqliteCatalog.kind(session, SqliteNames.MARKS).isEmpty()) {
      return List.of();
    }
    List<Mark> marks = new ArrayList<>();
    for (List<@Nullable String> row :
        session.rows(
            "SELECT step, unit, run, fingerprint, watermark, at FROM "
                + TABLE
                + " WHERE flow = ? ORDER BY step, unit",
            flow)) {
      marks.add(
          new Mark(
              text(row, 0),
              text(row, 1),
              text(row, 2),
              text(row, 3),
              row.get(4),
              Instant.parse(text(row, 5))));
    }
    return marks;
  }

  private static String text(List<@Nullable String> row, int column) {
    return String.valueOf(row.get(column));
  }

  void forget(Session session, String step) {
    create(session);
    long unused =
        session.update("DELETE FROM " + TABLE + " WHERE flow = ? AND step = ?", flow, step);
  }
}

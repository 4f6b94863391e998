package dev.leat.duckdb;

import dev.leat.spi.engine.Mark;
import dev.leat.spi.schema.TableId;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

/**
 * What an engine notes in the schema {@code _leat}, in the transactions of the data it speaks of:
 * marks of a flow's steps, and which tables steps made.
 */
final class EngineBookkeeping {
  private final String flow;

  EngineBookkeeping(String flow) {
    this.flow = flow;
  }

  static void create(Session session) {
    session.execute("CREATE SCHEMA IF NOT EXISTS _leat");
    session.execute(
        "CREATE TABLE IF NOT EXISTS _leat.marks (flow VARCHAR, step VARCHAR, unit VARCHAR, run VARCHAR, fingerprint"
            + " VARCHAR, watermark VARCHAR, \"at\" TIMESTAMPTZ)");
    session.execute("CREATE TABLE IF NOT EXISTS _leat.datasets (name VARCHAR)");
  }

  static boolean exists(Session session) {
    return session.number(
            "SELECT count(*) FROM duckdb_tables() WHERE database_name = current_database() AND schema_name = '_leat' AND"
                + " table_name = 'marks'")
        > 0;
  }

  /** In a transaction of the caller's. No index: two transactions may then note different marks. */
  void save(Session session, Mark mark) {
    session.update(
        "DELETE FROM _leat.marks WHERE flow = ? AND step = ? AND unit = ?",
        flow,
        mark.step(),
        mark.unit());
    session.update(
        "INSERT INTO _leat.marks VALUES (?, ?, ?, ?, ?, ?, CAST(? AS TIMESTAMPTZ))",
        flow,
        mark.step(),
        mark.unit(),
        mark.run(),
        mark.fingerprint(),
        mark.watermark(),
        mark.at().truncatedTo(ChronoUnit.MICROS).toString());
  }

  List<Mark> marks(Session session) {
    return session
        .rows(
            "SELECT step, unit, run, fingerprint, watermark, epoch_us(\"at\") FROM _leat.marks WHERE flow = ? ORDER BY step,"
                + " unit",
            flow)
        .stream()
        .map(
            row ->
                new Mark(
                    String.valueOf(row.get(0)),
                    String.valueOf(row.get(1)),
                    String.valueOf(row.get(2)),
                    String.valueOf(row.get(3)),
                    row.get(4),
                    Instant.EPOCH.plus(
                        Long.parseLong(String.valueOf(row.get(5))), ChronoUnit.MICROS)))
        .toList();
  }

  void forget(Session session, String step) {
    session.update("DELETE FROM _leat.marks WHERE flow = ? AND step = ?", flow, step);
  }

  static boolean owns(Session session, TableId table) {
    return session.number(
            "SELECT count(*) FROM _leat.datasets WHERE lower(name) = lower(?)", table.toString())
        > 0;
  }

  static void own(Session session, TableId table) {
    if (!owns(session, table)) {
      session.update("INSERT INTO _leat.datasets VALUES (?)", table.toString());
    }
  }

  static void disown(Session session, TableId table) {
    session.update("DELETE FROM _leat.datasets WHERE lower(name) = lower(?)", table.toString());
  }
}

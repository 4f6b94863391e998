package dev.leat.postgres.doctor;

import dev.leat.postgres.connect.ServerInfo;
import dev.leat.postgres.connect.Sessions;
import dev.leat.postgres.schema.PostgresTable;
import dev.leat.spi.source.Diagnosis;
import dev.leat.spi.source.Diagnosis.Level;
import dev.leat.spi.source.Finding;
import dev.leat.spi.source.TableSelection;
import java.util.ArrayList;
import java.util.List;

/** Looks at everything that matters to a replication. Reads only. */
public final class Doctor {
  private Doctor() {}

  /**
   * Looks at everything.
   *
   * @param slot the replication's own
   * @param tables those that are replicated
   * @param checked what a check found, errors and warnings
   */
  public static List<Diagnosis> examine(
      Sessions sessions,
      String slot,
      List<PostgresTable> tables,
      TableSelection selection,
      List<Finding> checked) {
    ServerInfo server = sessions.serverNow();
    List<Diagnosis> found = new ArrayList<>();
    for (Finding finding : checked) {
      found.add(
          new Diagnosis(
              switch (finding.severity()) {
                case ERROR -> Level.PROBLEM;
                case WARNING -> Level.WARNING;
              },
              "replication",
              finding.problem().message(),
              finding.problem().fix()));
    }
    if (checked.isEmpty()) {
      found.add(
          new Diagnosis(
              Level.OK,
              "replication",
              "privileges, publication, keys and replica identities of %d tables are as they have to be"
                  .formatted(tables.size()),
              ""));
    }
    found.addAll(
        sessions.query(
            "looking at the server", "", session -> ServerDiagnosis.of(session, server)));
    found.addAll(
        sessions.query("looking at slots", "", session -> SlotDiagnosis.of(session, slot)));
    found.addAll(
        sessions.query(
            "looking at tables", "", session -> TableDiagnosis.of(session, tables, selection)));
    return found;
  }
}

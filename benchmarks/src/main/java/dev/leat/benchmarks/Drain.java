package dev.leat.benchmarks;

import dev.leat.testkit.postgres.EmbeddedPostgresServer;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The changes that gathered while nobody listened, into DuckDB, to the end. */
final class Drain {
  private final Programs programs;
  private final int changes;
  private final Workload workload;

  private Drain(Programs programs, int changes, Workload workload) {
    this.programs = programs;
    this.changes = changes;
    this.workload = workload;
  }

  private enum Workload {
    INSERTS,
    TPCB
  }

  /** Workload (a): inserts, 1,000 per transaction. */
  static Drain inserts(Programs programs, int changes) {
    return new Drain(programs, changes, Workload.INSERTS);
  }

  /** Workload (b): transactions of TPC-B, four changes in each. */
  static Drain tpcb(Programs programs, int changes) {
    return new Drain(programs, changes, Workload.TPCB);
  }

  List<Ratio> measure() throws IOException, InterruptedException, SQLException {
    List<Measured> leat = new ArrayList<>();
    List<Measured> received = new ArrayList<>();
    List<Measured> debezium = new ArrayList<>();
    EmbeddedPostgresServer server = programs.server();
    for (int round = 0; round < Programs.ROUNDS; round++) {
      String name =
          switch (workload) {
            case INSERTS -> "inserts" + round;
            case TPCB -> "tpcb" + round;
          };
      prepare(name);
      Path flow = programs.flow(name, tables(name), "copy_and_stream");
      programs.leat(flow);
      server.execute(
          "SELECT pg_create_logical_replication_slot('reference', 'pgoutput')",
          "SELECT pg_create_logical_replication_slot('debezium', 'pgoutput')");
      work(name);
      server.execute("CHECKPOINT");
      String end = value("SELECT pg_current_wal_insert_lsn()");
      String publication =
          value("SELECT pubname FROM pg_publication WHERE pubname LIKE '%" + name + "%'");
      Map<String, Measured> measured = new LinkedHashMap<>();
      received.add(programs.receive("reference", publication, end));
      leat.add(programs.leat(flow));
      measured.put("Leat", leat.getLast());
      measured.put("pg_recvlogical", received.getLast());
      if (workload == Workload.INSERTS) {
        debezium.add(
            programs.debezium(DebeziumCount.Work.STREAM, "public." + name, publication, changes));
        measured.put("Debezium", debezium.getLast());
      }
      Programs.progress(what(), round, measured);
      server.execute(
          "SELECT pg_drop_replication_slot(slot_name) FROM pg_replication_slots",
          "DROP PUBLICATION " + publication);
    }
    List<Ratio> ratios = new ArrayList<>();
    boolean inserts = workload == Workload.INSERTS;
    ratios.add(
        new Ratio(
            what() + ", beside pg_recvlogical to nowhere",
            changes,
            leat,
            received,
            inserts ? 0.70 : 0.50,
            inserts ? 1.0 : 0.9));
    if (inserts) {
      ratios.add(
          new Ratio(what() + ", beside Debezium only counted", changes, leat, debezium, 2.7, 4));
    }
    return ratios;
  }

  private String what() {
    return switch (workload) {
      case INSERTS -> "drain (a) into DuckDB: inserts, 1,000 per transaction";
      case TPCB -> "drain (b) into DuckDB: TPC-B, 4 changes per transaction";
    };
  }

  private String tables(String name) {
    return switch (workload) {
      case INSERTS -> name;
      case TPCB -> "pgbench_*";
    };
  }

  private void prepare(String name) throws IOException, InterruptedException, SQLException {
    switch (workload) {
      case INSERTS ->
          programs
              .server()
              .execute(
                  "CREATE TABLE "
                      + name
                      + " (id int8 PRIMARY KEY, customer int4, total numeric(12,2), created"
                      + " timestamptz, note text)",
                  "CREATE PROCEDURE fill_"
                      + name
                      + "() LANGUAGE plpgsql AS $$ BEGIN FOR t IN 0.."
                      + (changes / 1000 - 1)
                      + " LOOP INSERT INTO "
                      + name
                      + " SELECT t * 1000 + i, i, i / 4.0, now(), 'note ' || i FROM"
                      + " generate_series(1, 1000) AS i; COMMIT; END LOOP; END $$");
      case TPCB -> {
        programs.run("pgbench", "-i", "-q", "-s", "10", programs.server().url());
        programs.server().execute("ALTER TABLE pgbench_history REPLICA IDENTITY FULL");
      }
    }
  }

  private void work(String name) throws IOException, InterruptedException, SQLException {
    switch (workload) {
      case INSERTS -> programs.server().execute("CALL fill_" + name + "()");
      case TPCB ->
          programs.run(
              "pgbench",
              "-n",
              "-c",
              "4",
              "-j",
              "1",
              "-t",
              Integer.toString(changes / 16),
              "-M",
              "prepared",
              programs.server().url());
    }
  }

  private String value(String query) throws SQLException {
    return String.valueOf(programs.server().value(query));
  }
}

package dev.leat.benchmarks;

import dev.leat.testkit.postgres.EmbeddedPostgresServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Whole processes against whole processes, in turn: {@code leat run --until-caught-up} as a person
 * types it, its start and end included, beside PostgreSQL's own client that throws everything away.
 */
public final class Benchmarks {
  private static final int ROUNDS = 3;

  private final Path leat;
  private final Path folder;
  private final EmbeddedPostgresServer server;
  private final int divisor;
  private final List<String> table = new ArrayList<>();

  private Benchmarks(Path leat, Path folder, EmbeddedPostgresServer server, boolean quick) {
    this.leat = leat;
    this.folder = folder;
    this.server = server;
    this.divisor = quick ? 10 : 1;
  }

  public static void main(String[] arguments)
      throws IOException, InterruptedException, SQLException {
    Set<String> wanted = new TreeSet<>(List.of(arguments).subList(1, arguments.length));
    boolean quick = wanted.remove("--quick");
    Path folder = Files.createTempDirectory("leat-benchmarks");
    try (EmbeddedPostgresServer server =
        EmbeddedPostgresServer.builder()
            .setting("wal_level", "logical")
            .setting("shared_buffers", "1GB")
            .setting("max_wal_size", "16GB")
            .setting("checkpoint_timeout", "1h")
            .setting("autovacuum", "off")
            .start()) {
      Benchmarks benchmarks = new Benchmarks(Path.of(arguments[0]), folder, server, quick);
      if (wanted.isEmpty() || wanted.contains("backfill")) {
        benchmarks.backfill();
      }
      if (wanted.isEmpty() || wanted.contains("inserts")) {
        benchmarks.drain(
            "drain (a): inserts, 1,000 per transaction", 2_000_000, 0.70, 1.0, Workload.INSERTS);
      }
      if (wanted.isEmpty() || wanted.contains("tpcb")) {
        benchmarks.drain(
            "drain (b): TPC-B, 4 changes per transaction", 800_000, 0.50, 0.9, Workload.TPCB);
      }
      System.out.println();
      System.out.println(
          "| what | Leat, krows/s | reference, krows/s | ratio | reach | aim | peak MB |");
      System.out.println("| --- | --- | --- | --- | --- | --- | --- |");
      benchmarks.table.forEach(System.out::println);
    }
  }

  private enum Workload {
    INSERTS,
    TPCB
  }

  private void backfill() throws IOException, InterruptedException, SQLException {
    int rows = 3_000_000 / divisor;
    server.execute(
        "CREATE TABLE orders (id int8 PRIMARY KEY, customer int4, status text, total numeric(12,2), created"
            + " timestamptz, updated timestamp, doc jsonb, ref uuid, paid bool, weight float8, due date, signature bytea,"
            + " priority int2, note text)",
        "INSERT INTO orders SELECT i, i % 50000, (ARRAY['new','paid','sent','back'])[1 + i % 4], (i % 100000) / 7.0,"
            + " timestamptz '2024-01-01' + i * interval '7 s', timestamp '2024-01-02' + i * interval '3 s',"
            + " jsonb_build_object('sku', md5(i::text), 'n', i % 17, 'tags', jsonb_build_array('a', i % 5)),"
            + " md5(i::text)::uuid, i % 3 = 0, i / 3.0, date '2024-01-01' + i % 700, decode(md5((i * 7)::text), 'hex'),"
            + " i % 10, 'note ' || i || ' ' || repeat('x', i % 40) FROM generate_series(1, "
            + rows
            + ") AS i",
        "VACUUM ANALYZE orders",
        "CHECKPOINT");
    double[] leatSeconds = new double[ROUNDS];
    double[] ratios = new double[ROUNDS];
    double[] reference = new double[ROUNDS];
    long peak = 0;
    for (int round = 0; round < ROUNDS; round++) {
      Measured psql =
          Measured.run(
              folder,
              Map.of(),
              List.of(
                  "sh",
                  "-c",
                  "exec psql -q -c 'COPY orders TO STDOUT (FORMAT binary)' \"$0\" > /dev/null",
                  server.url()));
      Path flow = flow("backfill" + round, "orders", "copy");
      Measured measured = leat(flow);
      leatSeconds[round] = measured.seconds();
      reference[round] = psql.seconds();
      ratios[round] = psql.seconds() / measured.seconds();
      peak = Math.max(peak, measured.peakMegabytes());
      progress("backfill", round, measured, psql);
    }
    row(
        "backfill `orders` into DuckDB, beside one psql binary COPY",
        rows,
        leatSeconds,
        reference,
        ratios,
        0.60,
        0.8,
        peak);
  }

  private void drain(String what, int fullRows, double reach, double aim, Workload workload)
      throws IOException, InterruptedException, SQLException {
    int rows = fullRows / divisor;
    double[] leatSeconds = new double[ROUNDS];
    double[] ratios = new double[ROUNDS];
    double[] reference = new double[ROUNDS];
    long peak = 0;
    for (int round = 0; round < ROUNDS; round++) {
      String name = workload.name().toLowerCase(Locale.ROOT) + round;
      String tables = workload == Workload.INSERTS ? name : "pgbench_*";
      switch (workload) {
        case INSERTS ->
            server.execute(
                "CREATE TABLE "
                    + name
                    + " (id int8 PRIMARY KEY, customer int4, total numeric(12,2), created timestamptz,"
                    + " note text)",
                "CREATE PROCEDURE fill_"
                    + name
                    + "() LANGUAGE plpgsql AS $$ BEGIN FOR t IN 0.."
                    + (rows / 1000 - 1)
                    + " LOOP INSERT INTO "
                    + name
                    + " SELECT t * 1000 + i, i, i / 4.0, now(), 'note ' || i FROM"
                    + " generate_series(1, 1000) AS i; COMMIT; END LOOP; END $$");
        case TPCB -> {
          Measured.run(folder, Map.of(), List.of("pgbench", "-i", "-q", "-s", "10", server.url()));
          server.execute("ALTER TABLE pgbench_history REPLICA IDENTITY FULL");
        }
      }
      Path flow = flow(name, tables, "copy_and_stream");
      leat(flow);
      server.execute("SELECT pg_create_logical_replication_slot('reference', 'pgoutput')");
      switch (workload) {
        case INSERTS -> server.execute("CALL fill_" + name + "()");
        case TPCB ->
            Measured.run(
                folder,
                Map.of(),
                List.of(
                    "pgbench",
                    "-n",
                    "-c",
                    "4",
                    "-j",
                    "1",
                    "-t",
                    Integer.toString(rows / 16),
                    "-M",
                    "prepared",
                    server.url()));
      }
      server.execute("CHECKPOINT");
      String end = String.valueOf(server.value("SELECT pg_current_wal_insert_lsn()"));
      String publication =
          String.valueOf(
              server.value(
                  "SELECT pubname FROM pg_publication WHERE pubname LIKE '%" + name + "%'"));
      Measured receive =
          Measured.run(
              folder,
              Map.of(),
              List.of(
                  "pg_recvlogical",
                  "-d",
                  server.url(),
                  "--slot",
                  "reference",
                  "--start",
                  "--no-loop",
                  "--endpos",
                  end,
                  "-o",
                  "proto_version=1",
                  "-o",
                  "binary=true",
                  "-o",
                  "publication_names=" + publication,
                  "-f",
                  "/dev/null"));
      Measured measured = leat(flow);
      leatSeconds[round] = measured.seconds();
      reference[round] = receive.seconds();
      ratios[round] = receive.seconds() / measured.seconds();
      peak = Math.max(peak, measured.peakMegabytes());
      progress(what, round, measured, receive);
      server.execute(
          "SELECT pg_drop_replication_slot(slot_name) FROM pg_replication_slots",
          "DROP PUBLICATION " + publication);
    }
    row(what + ", beside pg_recvlogical", rows, leatSeconds, reference, ratios, reach, aim, peak);
  }

  private Path flow(String name, String tables, String initial) throws IOException {
    Path flow = folder.resolve(name + ".toml");
    Files.writeString(
        flow,
        """
        flow = "%s"

        [source.main]
        from       = "postgres"
        connection = "env:BENCHMARK_URL"
        tables     = ["public.%s"]
        initial    = "%s"

        [destination.main]
        to   = "duckdb"
        path = "%s.duckdb"
        """
            .formatted(name, tables, initial, name));
    return flow;
  }

  private Measured leat(Path flow) throws IOException, InterruptedException {
    return Measured.run(
        folder,
        Map.of("BENCHMARK_URL", server.url()),
        List.of(leat.toString(), "run", flow.toString(), "--until-caught-up"));
  }

  private static void progress(String what, int round, Measured leat, Measured reference) {
    System.err.printf(
        Locale.ROOT,
        "%s, round %d: Leat %.2f s, reference %.2f s%n",
        what,
        round + 1,
        leat.seconds(),
        reference.seconds());
  }

  private void row(
      String what,
      int rows,
      double[] leat,
      double[] reference,
      double[] ratios,
      double reach,
      double aim,
      long peak) {
    table.add(
        String.format(
            Locale.ROOT,
            "| %s | %.0f | %.0f | %.2f | %.2f | %.2f | %d |",
            what,
            rows / Measured.median(leat) / 1000,
            rows / Measured.median(reference) / 1000,
            Measured.median(ratios),
            reach,
            aim,
            peak));
  }
}

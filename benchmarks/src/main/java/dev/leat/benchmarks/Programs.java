package dev.leat.benchmarks;

import dev.leat.testkit.postgres.EmbeddedPostgresServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The programs that are measured, on one server.
 *
 * @param leat its launcher
 * @param folder for flows, databases and what the programs print
 * @param server what they read
 */
record Programs(Path leat, Path folder, EmbeddedPostgresServer server) {
  static final int ROUNDS = 3;

  /** A flow of tables in schema public. */
  Path flow(String name, String tables, String initial) throws IOException {
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

  Measured leat(Path flow) throws IOException, InterruptedException {
    return Measured.run(
        folder,
        Map.of("BENCHMARK_URL", server.url()),
        List.of(leat.toString(), "run", flow.toString(), "--until-caught-up"));
  }

  /** One binary COPY, thrown away. */
  Measured psqlCopy(String table) throws IOException, InterruptedException {
    String copy = "COPY " + table + " TO STDOUT (FORMAT binary)";
    return run("sh", "-c", "exec psql -q -c '" + copy + "' \"$0\" > /dev/null", server.url());
  }

  /** Everything up to a position, thrown away. */
  Measured receive(String slot, String publication, String end)
      throws IOException, InterruptedException {
    return run(
        "pg_recvlogical",
        "-d",
        server.url(),
        "--slot",
        slot,
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
        "/dev/null");
  }

  /** Debezium's engine in a process of its own, its records in Connect's format, only counted. */
  Measured debezium(DebeziumCount.Work work, String table, String publication, int records)
      throws IOException, InterruptedException {
    return run(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "-cp",
        System.getProperty("java.class.path"),
        DebeziumCount.class.getName(),
        work.name(),
        Integer.toString(server.port()),
        table,
        publication,
        Integer.toString(records));
  }

  Measured run(String... command) throws IOException, InterruptedException {
    return Measured.run(folder, Map.of(), List.of(command));
  }

  static void progress(String what, int round, Map<String, Measured> measured) {
    List<String> figures = new ArrayList<>();
    measured.forEach(
        (name, run) ->
            figures.add(
                String.format(
                    Locale.ROOT, "%s %.2f s, %d MB", name, run.seconds(), run.peakMegabytes())));
    System.err.printf(
        Locale.ROOT, "%s, round %d: %s%n", what, round + 1, String.join("; ", figures));
  }
}

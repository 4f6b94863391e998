package dev.leat.app.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.leat.app.Main;
import dev.leat.testkit.compare.TableComparison;
import dev.leat.testkit.net.FaultyProxy;
import dev.leat.testkit.postgres.EmbeddedPostgresServer;
import dev.leat.testkit.process.ChildJvm;
import dev.leat.testkit.process.ChildJvmBuilder;
import dev.leat.testkit.workload.RandomDml;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Random changes of rows and of columns from several sessions while the replication is killed, cut
 * off, stopped and started at random; in the end everything is equal. {@code ./test -Psoak
 * -Dleat.soak.minutes=10 -Dleat.soak.seed=N} runs it; the seed decides every statement and every
 * fault, though not how they meet.
 */
@Tag("soak")
final class SoakIT {
  private static final List<String> FAILPOINTS =
      List.of(
          "before-stream-start",
          "after-stream-start",
          "copy-batch-read:2",
          "copy-range-written:2",
          "copy-range-committed",
          "copy-range-finished:2",
          "copy-finished",
          "before-confirm:3",
          "before-destination-commit:4",
          "after-destination-commit:3",
          "transaction-partly-written",
          "table-altered");

  @TempDir private Path folder;
  private final Map<String, Integer> counts = new TreeMap<>();
  private final SplittableRandom random;
  private final long seed;
  private EmbeddedPostgresServer server;
  private FaultyProxy proxy;
  private volatile boolean ended;
  private final AtomicInteger altered = new AtomicInteger();

  SoakIT() {
    String wanted = System.getProperty("leat.soak.seed", "");
    seed = wanted.isEmpty() ? System.nanoTime() : Long.parseLong(wanted);
    random = new SplittableRandom(seed);
  }

  @BeforeEach
  void start() {
    server = EmbeddedPostgresServer.builder().start();
    proxy = FaultyProxy.to("127.0.0.1", server.port());
  }

  @AfterEach
  void stop() {
    proxy.close();
    server.close();
  }

  @Test
  void staysEqualThroughEverything() throws Exception {
    Duration time =
        Duration.ofMinutes(Long.parseLong(System.getProperty("leat.soak.minutes", "10")));
    System.out.println("soak seed=" + seed + " time=" + time);
    List<String> tables;
    try (Connection session = server.connection()) {
      tables = RandomDml.createTables(session);
    }
    flow();
    RandomDml dml =
        RandomDml.on(server.jdbcUrl())
            .tables(tables)
            .sessions(3)
            .pause(Duration.ofMillis(20))
            .seed(seed)
            .during(time.plusMinutes(1));
    CompletableFuture<Void> rows = background(dml::run);
    CompletableFuture<Void> columns =
        background(() -> changeColumns(tables, new SplittableRandom(seed + 1)));
    long deadline = System.nanoTime() + time.toNanos();
    while (System.nanoTime() - deadline < 0 && !rows.isDone()) {
      fault();
      resyncWhatStopped();
      if (random.nextInt(5) == 0) {
        toTheEnd();
        count("caught up");
      }
    }
    ended = true;
    columns.get(5, TimeUnit.MINUTES);
    dml.stop();
    rows.get(5, TimeUnit.MINUTES);
    // Columns are followed with the next change of a table.
    server.execute(
        "INSERT INTO dml_numbers (id, small) VALUES (-1, 1)",
        "INSERT INTO dml_texts (id, title) VALUES (-1, '')",
        "INSERT INTO dml_times (id) VALUES (-1)");
    proxy.pass();
    toTheEnd();
    try {
      for (String table : tables) {
        requireEqual(table);
      }
    } catch (AssertionError | SQLException e) {
      var cli = new Cli(folder, Map.of("SOAK_URL", url()));
      System.out.println("soak seed=" + seed + " failed after " + counts);
      System.out.println(cli.run("status").out());
      System.out.println(cli.run("state", "show").out());
      System.out.println(cli.run("plan").out());
      throw e;
    }
    System.out.println("soak seed=" + seed + " done: " + counts + " altered=" + altered);
  }

  /** Work that may fail. */
  private interface Work {
    void run() throws Exception;
  }

  private static CompletableFuture<Void> background(Work work) {
    CompletableFuture<Void> done = new CompletableFuture<>();
    Thread.ofPlatform()
        .start(
            () -> {
              try {
                work.run();
                done.complete(null);
              } catch (Exception | Error e) {
                done.completeExceptionally(e);
              }
            });
    return done;
  }

  private void flow() throws Exception {
    Files.writeString(
        folder.resolve("flow.toml"),
        """
        flow = "soak"

        [source.main]
        from            = "postgres"
        connection      = "env:SOAK_URL"
        connect_timeout = "5s"
        tables          = ["public.dml_*"]

        [destination.main]
        to   = "duckdb"
        path = "soak.duckdb"
        """);
  }

  private String url() {
    return server.url().replace(":" + server.port(), ":" + proxy.port());
  }

  private ChildJvmBuilder leat(String... arguments) {
    List<String> all = new ArrayList<>(List.of(arguments));
    all.add(1, folder.resolve("flow.toml").toString());
    return ChildJvm.of(Main.class)
        .environment("SOAK_URL", url())
        .arguments(all.toArray(String[]::new));
  }

  private void count(String what) {
    counts.merge(what, 1, Integer::sum);
  }

  private void fault() throws Exception {
    int kind = random.nextInt(6);
    String failpoint = FAILPOINTS.get(random.nextInt(FAILPOINTS.size()));
    ChildJvmBuilder builder = leat("run");
    try (ChildJvm child = (kind == 0 ? builder.failpoint(failpoint) : builder).start()) {
      TimeUnit.MILLISECONDS.sleep(1500 + random.nextInt(3500));
      switch (kind) {
        case 0 -> {
          long end = System.nanoTime() + Duration.ofSeconds(15).toNanos();
          while (child.alive() && System.nanoTime() - end < 0) {
            TimeUnit.MILLISECONDS.sleep(50);
          }
          count(child.alive() ? "failpoint not met" : "killed at a failpoint");
        }
        case 1 -> count("killed");
        case 2 -> {
          child.terminate();
          assertThat(child.awaitExit(Duration.ofSeconds(60))).as("%s", child.output()).isZero();
          count("stopped in order");
        }
        case 3 -> {
          server.stopImmediate();
          TimeUnit.MILLISECONDS.sleep(random.nextInt(1500));
          server.start();
          count("server stopped immediately");
          TimeUnit.MILLISECONDS.sleep(3000);
        }
        case 4 -> {
          for (int i = 0; i < 3; i++) {
            proxy.cut();
            TimeUnit.MILLISECONDS.sleep(random.nextInt(1500));
          }
          count("connections cut");
        }
        default -> {
          server.execute(
              "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE backend_type = 'walsender'"
                  + " OR application_name LIKE 'leat%'");
          count("backends terminated");
          TimeUnit.MILLISECONDS.sleep(1000);
        }
      }
      if (child.alive()) {
        child.kill9();
      } else if (child.exitCode().orElse(0) != ChildJvm.KILLED && child.exitCode().orElse(0) != 0) {
        // Tables in error are looked at elsewhere; an end by itself has to have a good reason.
        System.out.println("soak: ended by itself: " + child.output());
        count("ended by itself");
      }
    }
  }

  private void resyncWhatStopped() throws Exception {
    var cli = new Cli(folder, Map.of("SOAK_URL", url()));
    String status = cli.run("status").out();
    for (String table : List.of("dml_numbers", "dml_texts", "dml_times")) {
      if (status.contains("leat resync public." + table)) {
        System.out.println("soak: " + status);
        assertThat(cli.run("resync", table).exitCode()).isZero();
        count("resynced");
      }
    }
  }

  private void toTheEnd() throws Exception {
    for (int attempt = 0; attempt < 5; attempt++) {
      try (ChildJvm child = leat("run", "--until-caught-up").start()) {
        int code = child.awaitExit(Duration.ofMinutes(5));
        if (code == 0) {
          return;
        }
        System.out.println("soak: " + child.output());
      }
      resyncWhatStopped();
    }
    throw new AssertionError("seed " + seed + ": it does not come to an end");
  }

  /** Columns come, are renamed, widened and go; rows get values in them. */
  private void changeColumns(List<String> tables, SplittableRandom choose) throws Exception {
    int made = 0;
    Map<String, List<String>> extra = new TreeMap<>();
    while (!ended) {
      TimeUnit.MILLISECONDS.sleep(300 + choose.nextInt(1500));
      String table = tables.get(choose.nextInt(tables.size()));
      List<String> columns = extra.computeIfAbsent(table, _ -> new ArrayList<>());
      List<String> before = List.copyOf(columns);
      String name = "x" + made;
      String statement;
      switch (columns.isEmpty() ? 0 : choose.nextInt(6)) {
        case 0 -> {
          String type = List.of("int", "text", "varchar(20)", "timestamptz").get(choose.nextInt(4));
          String standard =
              switch (type) {
                case "int" -> "7";
                case "timestamptz" -> "'2024-02-29 12:00+02'";
                default -> "'ä''b'";
              };
          statement =
              "ALTER TABLE "
                  + table
                  + " ADD COLUMN "
                  + name
                  + " "
                  + type
                  + (choose.nextBoolean() ? " DEFAULT " + standard : "");
          columns.add(name);
          made++;
        }
        case 1 -> {
          statement = "ALTER TABLE " + table + " DROP COLUMN " + columns.removeFirst();
        }
        case 2 -> {
          String old = columns.remove(choose.nextInt(columns.size()));
          statement = "ALTER TABLE " + table + " RENAME " + old + " TO " + name;
          columns.add(name);
          made++;
        }
        case 3 -> {
          String column = columns.get(choose.nextInt(columns.size()));
          statement = "ALTER TABLE " + table + " ALTER " + column + " SET DEFAULT NULL";
        }
        default -> {
          String column = columns.get(choose.nextInt(columns.size()));
          statement =
              "UPDATE " + table + " SET " + column + " = NULL WHERE id % 3 = " + choose.nextInt(3);
        }
      }
      try {
        server.execute(statement);
        altered.incrementAndGet();
      } catch (SQLException e) {
        if ("40P01".equals(e.getSQLState())) {
          columns.clear();
          columns.addAll(before);
          continue;
        }
        // The server may be down; whether it happened is not known when the answer is lost.
        columns.clear();
        columns.addAll(existing(table, before, name));
      }
    }
  }

  private List<String> existing(String table, List<String> before, String name) throws Exception {
    for (int attempt = 0; ; attempt++) {
      try {
        String found =
            server.value(
                "SELECT string_agg(attname, ',') FROM pg_attribute WHERE attrelid = '"
                    + table
                    + "'::regclass AND attname LIKE 'x%' AND NOT attisdropped");
        List<String> all = found == null ? List.of() : List.of(found.split(",", -1));
        List<String> result = new ArrayList<>(before);
        result.add(name);
        result.retainAll(all);
        return result;
      } catch (SQLException e) {
        if (attempt > 60) {
          throw e;
        }
        TimeUnit.SECONDS.sleep(1);
      }
    }
  }

  private void requireEqual(String table) throws Exception {
    try (Connection source = server.connection();
        Connection copy =
            DriverManager.getConnection("jdbc:duckdb:" + folder.resolve("soak.duckdb"))) {
      String columns =
          server.value(
              "SELECT string_agg('\"' || attname || '\"', ', ' ORDER BY attname) FROM pg_attribute WHERE"
                  + " attrelid = '"
                  + table
                  + "'::regclass AND attnum > 0 AND NOT attisdropped");
      TableComparison.between(
              source,
              "SELECT " + columns + " FROM " + table,
              copy,
              "SELECT " + columns + " FROM public." + table)
          .key("id")
          .requireEqual();
    }
  }
}

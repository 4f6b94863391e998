package dev.leat.app.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import dev.leat.app.Main;
import dev.leat.testkit.junit.PostgresVersionArguments;
import dev.leat.testkit.net.FaultyProxy;
import dev.leat.testkit.postgres.EmbeddedPostgresServer;
import dev.leat.testkit.postgres.PostgresVersion;
import dev.leat.testkit.process.ChildJvm;
import dev.leat.testkit.process.ChildJvmBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ArgumentsSource;

/** What goes wrong with servers, networks and disks; in the end source and copy are equal. */
@ParameterizedClass(name = "{0}")
@ArgumentsSource(PostgresVersionArguments.class)
final class FaultsIT {
  private static final Duration LIMIT = Duration.ofSeconds(90);
  private static final int FIRST_WITH_FAILOVER_SLOTS = 17;

  @TempDir private Path folder;
  private final PostgresVersion version;
  private EmbeddedPostgresServer server;
  private FaultyProxy proxy;
  private String url;

  FaultsIT(PostgresVersion version) {
    this.version = version;
  }

  @BeforeEach
  void start() throws Exception {
    server =
        EmbeddedPostgresServer.builder()
            .version(version)
            .setting("wal_sender_timeout", "6s")
            .start();
    proxy = FaultyProxy.to("127.0.0.1", server.port());
    url = server.url().replace(":" + server.port(), ":" + proxy.port());
    server.execute(
        "CREATE TABLE orders (id int PRIMARY KEY, note text)",
        "INSERT INTO orders SELECT i, 'n' || i FROM generate_series(1, 5000) AS i",
        "CREATE TABLE other (id int PRIMARY KEY, note text)",
        "INSERT INTO other SELECT i, 'n' || i FROM generate_series(1, 5000) AS i");
    flow("", "shop.duckdb");
  }

  @AfterEach
  void stop() {
    proxy.close();
    server.close();
  }

  private void flow(String options, String file) throws IOException {
    Files.writeString(
        folder.resolve("flow.toml"),
        """
        flow = "shop"

        [source.main]
        from       = "postgres"
        connection = "env:SHOP_URL"
        tables     = ["public.*"]
        connect_timeout = "5s"
        %s

        [destination.main]
        to   = "duckdb"
        path = "%s"
        """
            .formatted(options, file));
  }

  private ChildJvmBuilder run(String... options) {
    return ChildJvm.of(Main.class)
        .environment("SHOP_URL", url)
        .directory(folder)
        .arguments(
            java.util.stream.Stream.concat(
                    java.util.stream.Stream.of("run"), java.util.Arrays.stream(options))
                .toArray(String[]::new));
  }

  private Cli leat() {
    return new Cli(folder, Map.of("SHOP_URL", url));
  }

  private void runToTheEnd() {
    Cli.Result result = leat().run("run", "--until-caught-up");
    assertThat(result.exitCode()).as(result.out() + result.err()).isZero();
  }

  private void requireEqual() {
    Cli.Result result = leat().run("diff");
    assertThat(result.exitCode()).as(result.out() + result.err()).isZero();
    assertThat(result.out() + result.err()).doesNotContain("not compared");
  }

  private static void finish(ChildJvm leat) {
    leat.terminate();
    assertThat(leat.awaitExit(LIMIT)).as("%s", leat.output()).isZero();
  }

  private void awaitCopied(ChildJvm leat, int rows) {
    await()
        .atMost(LIMIT)
        .pollInterval(Duration.ofMillis(200))
        .until(
            () -> {
              assertThat(leat.alive()).as("%s", leat.output()).isTrue();
              return leat()
                  .run("sql", "SELECT 'found ' || count(*) FROM public.orders")
                  .out()
                  .contains("found " + rows + "\n");
            });
  }

  @Test
  void copiesInAnotherSnapshotWhenItsOwnIsLost() throws Exception {
    Path held = folder.resolve("held");
    try (ChildJvm leat = run("--until-caught-up").holdAt("copy-planned", held).start()) {
      await().atMost(LIMIT).until(() -> Files.exists(held));
      server.execute(
          "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name LIKE 'leat%'",
          "UPDATE orders SET note = 'changed meanwhile' WHERE id % 7 = 0");
      Files.delete(held);
      assertThat(leat.awaitExit(LIMIT)).as("%s", leat.output()).isZero();
    }
    requireEqual();
  }

  /** A write that hangs while the connection is lost counts once, whenever it comes to its end. */
  @Test
  void writesOnceWhatHungWhileTheConnectionWasLost() throws Exception {
    Path held = folder.resolve("held");
    try (ChildJvm leat = run().holdAt("before-destination-commit:3", held).start()) {
      for (int id = 10_000; !Files.exists(held); id++) {
        server.execute("INSERT INTO orders VALUES (" + id + ", 'one')");
        TimeUnit.MILLISECONDS.sleep(100);
      }
      proxy.cut();
      server.execute(
          "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE backend_type = 'walsender'",
          "DELETE FROM orders WHERE id = 10000",
          "INSERT INTO orders VALUES (20000, 'two')");
      Files.delete(held);
      finish(leat);
    }
    runToTheEnd();
    requireEqual();
  }

  @Test
  void reconnectsHoweverTheConnectionEnds() throws Exception {
    try (ChildJvm leat = run().start()) {
      awaitCopied(leat, 5000);
      server.execute("INSERT INTO orders VALUES (10001, 'a')");
      server.stopImmediate();
      TimeUnit.MILLISECONDS.sleep(500);
      server.start();
      server.execute("INSERT INTO orders VALUES (10002, 'b')");
      awaitCopied(leat, 5002);
      server.execute(
          "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name LIKE 'leat%'"
              + " OR backend_type = 'walsender'",
          "INSERT INTO orders VALUES (10003, 'c')");
      awaitCopied(leat, 5003);
      // Half open: nothing comes and nothing says that it ended.
      proxy.freeze();
      server.execute("INSERT INTO orders VALUES (10004, 'd')");
      TimeUnit.SECONDS.sleep(8);
      proxy.cut();
      proxy.pass();
      awaitCopied(leat, 5004);
      finish(leat);
    }
    requireEqual();
  }

  @Test
  void endsWithTheFixWhenItsSlotIsDroppedWhileItFollows() throws Exception {
    try (ChildJvm leat = run().start()) {
      awaitCopied(leat, 5000);
      server.execute(
          "SELECT pg_terminate_backend(active_pid) FROM pg_replication_slots",
          "DO $$ BEGIN LOOP BEGIN PERFORM pg_drop_replication_slot('leat_shop_main'); EXIT;"
              + " EXCEPTION WHEN object_in_use THEN PERFORM pg_terminate_backend(active_pid) FROM"
              + " pg_replication_slots; END; END LOOP; END $$",
          "INSERT INTO orders VALUES (10001, 'a')");
      assertThat(leat.awaitExit(LIMIT)).as("%s", leat.output()).isEqualTo(2);
      assertThat(String.join("\n", leat.output()))
          .contains("error[PG_SLOT_MISSING]")
          .contains("leat resync --all");
    }
    // Somebody makes another one, which begins behind what is missing.
    server.execute("SELECT pg_create_logical_replication_slot('leat_shop_main', 'pgoutput')");
    Cli.Result other = leat().run("run", "--until-caught-up");
    assertThat(other.exitCode()).isEqualTo(2);
    assertThat(other.err()).contains("error[PG_SLOT_AHEAD]");
    server.execute("SELECT pg_drop_replication_slot('leat_shop_main')");

    assertThat(leat().run("resync", "--all").exitCode()).isZero();
    runToTheEnd();
    requireEqual();
  }

  private EmbeddedPostgresServer standby() throws Exception {
    var builder = EmbeddedPostgresServer.builder().standbyOf(server);
    if (version.major() >= FIRST_WITH_FAILOVER_SLOTS) {
      server.execute("SELECT pg_create_physical_replication_slot('standby', true)");
      builder
          .setting("primary_slot_name", "standby")
          .setting("hot_standby_feedback", "on")
          .setting("sync_replication_slots", "on")
          .setting(
              "primary_conninfo",
              "host=127.0.0.1 port=" + server.port() + " user=postgres dbname=postgres");
    }
    return builder.start();
  }

  private static void awaitReplay(EmbeddedPostgresServer from, EmbeddedPostgresServer standby)
      throws Exception {
    String end = from.value("SELECT pg_current_wal_lsn()");
    await()
        .atMost(LIMIT)
        .until(
            () ->
                "t"
                    .equals(
                        standby.value("SELECT pg_last_wal_replay_lsn() >= '" + end + "'::pg_lsn")));
  }

  /** A slot is synchronized once the primary's has moved to where the standby is. */
  private void awaitSlot(EmbeddedPostgresServer standby) {
    await()
        .atMost(LIMIT)
        .pollInterval(Duration.ofMillis(500))
        .until(
            () -> {
              server.execute("INSERT INTO other SELECT max(id) + 1, 'more' FROM other");
              runToTheEnd();
              return "1"
                  .equals(
                      standby.value(
                          "SELECT count(*) FROM pg_replication_slots WHERE slot_name ="
                              + " 'leat_shop_main' AND synced AND NOT temporary"));
            });
  }

  @Test
  void goesOnAtAStandbyThatHasTheSlot() throws Exception {
    assumeThat(version.major()).isGreaterThanOrEqualTo(FIRST_WITH_FAILOVER_SLOTS);
    runToTheEnd();
    try (EmbeddedPostgresServer standby = standby()) {
      server.execute("UPDATE orders SET note = 'before' WHERE id = 1");
      awaitSlot(standby);
      awaitReplay(server, standby);
      server.stop();
      assertThat(standby.value("SELECT pg_promote()")).isEqualTo("t");
      standby.execute(
          "INSERT INTO orders VALUES (30000, 'after')", "DELETE FROM orders WHERE id = 2");
      url = standby.url();
      runToTheEnd();
      requireEqual();
    }
  }

  @Test
  void noticesThatAStandbyLacksChanges() throws Exception {
    assumeThat(version.major()).isGreaterThanOrEqualTo(FIRST_WITH_FAILOVER_SLOTS);
    runToTheEnd();
    try (EmbeddedPostgresServer standby = standby()) {
      awaitSlot(standby);
      standby.stop();
      server.execute("INSERT INTO orders SELECT i, 'lost' FROM generate_series(40000, 90000) AS i");
      runToTheEnd();
      server.stop();
      standby.start();
      assertThat(standby.value("SELECT pg_promote()")).isEqualTo("t");
      url = standby.url();
      Cli.Result result = leat().run("run", "--until-caught-up");
      assertThat(result.err()).contains("error[PG_SERVER_BEHIND]");
      assertThat(result.exitCode()).isEqualTo(2);
      assertThat(leat().run("resync", "--all").exitCode()).isZero();
      runToTheEnd();
      requireEqual();
    }
  }

  @Test
  void saysThatAStandbyThatTookOverHasNoSlot() throws Exception {
    assumeThat(version.major()).isLessThan(FIRST_WITH_FAILOVER_SLOTS);
    runToTheEnd();
    try (EmbeddedPostgresServer standby = standby()) {
      awaitReplay(server, standby);
      server.stop();
      assertThat(standby.value("SELECT pg_promote()")).isEqualTo("t");
      standby.execute("DELETE FROM orders WHERE id = 2");
      url = standby.url();
      Cli.Result result = leat().run("run", "--until-caught-up");
      assertThat(result.err()).contains("error[PG_SLOT_MISSING]").contains("leat resync --all");
      assertThat(leat().run("resync", "--all").exitCode()).isZero();
      runToTheEnd();
      requireEqual();
    }
  }

  @Test
  void followsTruncatesOfSeveralTablesAndOfAPartition() throws Exception {
    server.execute(
        "CREATE TABLE parts (id int PRIMARY KEY, note text) PARTITION BY RANGE (id)",
        "CREATE TABLE parts_1 PARTITION OF parts FOR VALUES FROM (0) TO (100)",
        "CREATE TABLE parts_2 PARTITION OF parts FOR VALUES FROM (100) TO (200)",
        "INSERT INTO parts SELECT i, 'p' FROM generate_series(0, 199) AS i",
        "CREATE TABLE lines (id int PRIMARY KEY, order_id int REFERENCES orders (id))",
        "INSERT INTO lines SELECT i, i FROM generate_series(1, 100) AS i");
    runToTheEnd();
    server.execute(
        "BEGIN; INSERT INTO orders VALUES (6000, 'x'); TRUNCATE orders CASCADE;"
            + " INSERT INTO orders VALUES (1, 'again'); INSERT INTO lines VALUES (1, 1); COMMIT",
        "TRUNCATE other RESTART IDENTITY",
        "INSERT INTO other VALUES (1, 'one')",
        // Its server publishes no such thing of a partition: a comparison finds it.
        "TRUNCATE parts_1");
    runToTheEnd();
    Cli.Result difference = leat().run("diff");
    assertThat(difference.exitCode()).isEqualTo(1);
    assertThat(difference.out()).contains("more than 20 rows differ");
    assertThat(leat().run("resync", "parts").exitCode()).isZero();
    runToTheEnd();
    requireEqual();
    assertThat(leat().run("sql", "SELECT count(*) FROM public.lines").out()).contains("1");
  }

  @Test
  void streamsWhatItCopiesOfListsFiltersAndGeneratedColumns() throws Exception {
    boolean filters = version.major() >= 15;
    server.execute(
        "CREATE TABLE part (id int PRIMARY KEY, kept text, secret text, n int,"
            + " twice int GENERATED ALWAYS AS (n * 2) STORED)",
        "INSERT INTO part SELECT i, 'k' || i, 's', i FROM generate_series(1, 20) AS i",
        "CREATE PUBLICATION mine FOR TABLE orders, other, part"
            + (filters ? " (id, kept, n) WHERE (id % 2 = 0)" : "")
            + " WITH (publish_via_partition_root = true)");
    flow("publication = \"mine\"", "shop.duckdb");
    runToTheEnd();
    server.execute(
        "INSERT INTO part SELECT i, 'k' || i, 's', i FROM generate_series(21, 40) AS i",
        "UPDATE part SET kept = 'new' WHERE id IN (1, 2, 22)",
        "DELETE FROM part WHERE id IN (3, 4, 24)",
        // Leaves what the filter lets through, and comes into it.
        "UPDATE part SET id = 101 WHERE id = 6",
        "UPDATE part SET id = 102 WHERE id = 5");
    runToTheEnd();
    requireEqual();
    assertThat(leat().run("sql", "SELECT * FROM public.part").out())
        .doesNotContain("twice")
        .satisfies(
            text -> {
              if (filters) {
                assertThat(text).doesNotContain("secret");
              }
            });
  }

  @Test
  void keepsNamesOfEveryKind() throws Exception {
    List<String> names =
        List.of(
            "a\"b",
            "select",
            "UPPER",
            "with space",
            "🦆",
            "ü".repeat(31),
            "semi;colon'",
            "dot.ted");
    for (String name : names) {
      String quoted = '"' + name.replace("\"", "\"\"") + '"';
      server.execute(
          "CREATE SCHEMA IF NOT EXISTS " + quoted,
          "CREATE TABLE %1$s.%1$s (%1$s int PRIMARY KEY, \"x%2$s\" text)"
              .formatted(quoted, name.replace("\"", "\"\"").substring(0, 1)),
          "INSERT INTO %1$s.%1$s VALUES (1, 'copied')".formatted(quoted));
    }
    String text = Files.readString(folder.resolve("flow.toml"));
    Files.writeString(folder.resolve("flow.toml"), text.replace("\"public.*\"", "\"*.*\""));
    runToTheEnd();
    for (String name : names) {
      String quoted = '"' + name.replace("\"", "\"\"") + '"';
      server.execute(
          "INSERT INTO %1$s.%1$s VALUES (2, 'streamed')".formatted(quoted),
          "UPDATE %1$s.%1$s SET %1$s = 3 WHERE %1$s = 1".formatted(quoted));
    }
    runToTheEnd();
    requireEqual();
  }

  /** On a small file system of its own; only root may make one. */
  @Test
  void waitsWhileTheDiskIsFull() throws Exception {
    Path disk = Files.createDirectory(folder.resolve("disk"));
    assumeThat(mount("-t", "tmpfs", "-o", "size=12m", "tmpfs", disk.toString())).isTrue();
    try {
      flow("", disk.resolve("shop.duckdb").toString());
      try (ChildJvm leat = run().start()) {
        awaitCopied(leat, 5000);
        server.execute(
            "INSERT INTO orders SELECT i, md5(random()::text) || md5(random()::text) ||"
                + " md5(random()::text) || md5(random()::text) FROM generate_series(10000, 309999) AS i");
        leat.awaitLine(".*DUCKDB_DISK_FULL.*", LIMIT);
        assertThat(mount("-o", "remount,size=400m", disk.toString())).isTrue();
        awaitCopied(leat, 305_000);
        finish(leat);
      }
      requireEqual();
    } finally {
      new ProcessBuilder("umount", "-l", disk.toString()).start().waitFor();
    }
  }

  private static boolean mount(String... options) throws Exception {
    List<String> command = new java.util.ArrayList<>(List.of("mount"));
    command.addAll(List.of(options));
    try {
      return new ProcessBuilder(command).redirectErrorStream(true).start().waitFor() == 0;
    } catch (IOException e) {
      return false;
    }
  }
}

package dev.leat.benchmarks;

import dev.leat.library.Leat;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** What a process needs that copies a table and follows it, writing nothing anywhere. */
final class Resident {
  private final Programs programs;
  private final int rows;

  Resident(Programs programs, int rows) {
    this.programs = programs;
    this.rows = rows;
  }

  /** The process: the address and a table, which is copied; then as many changes are awaited. */
  public static void main(String[] arguments) throws Exception {
    try (Leat leat =
        Leat.replication("resident")
            .fromPostgres(arguments[0])
            .tables("public." + arguments[1])
            .into(_ -> new NullDestination())
            .stateInMemory()
            .start()) {
      leat.awaitCaughtUp(Duration.ofMinutes(10));
      System.out.println("copied");
      long wanted = Long.parseLong(arguments[2]);
      while (leat.progress().changesApplied() < wanted) {
        Thread.sleep(50);
      }
    }
  }

  List<Bar> measure() throws IOException, InterruptedException, SQLException {
    programs
        .server()
        .execute(
            "CREATE TABLE nowhere (id int8 PRIMARY KEY, customer int4, total numeric(12,2), created"
                + " timestamptz, note text)",
            "INSERT INTO nowhere SELECT i, i, i / 4.0, now(), 'note ' || i FROM"
                + " generate_series(1, "
                + rows
                + ") AS i");
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        List.of(
            "-XX:+UseSerialGC",
            "--enable-native-access=ALL-UNNAMED",
            "--add-opens=java.base/java.nio=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow",
            "-Darrow.enable_unsafe_memory_access=true",
            "-Darrow.enable_null_check_for_get=false",
            "-Dlogback.configurationFile=" + System.getProperty("logback.configurationFile", "")));
    command.addAll(
        Arrays.asList(
            "-cp",
            System.getProperty("java.class.path"),
            Resident.class.getName(),
            programs.server().url(),
            "nowhere",
            Integer.toString(rows)));
    Thread changes = Thread.ofPlatform().start(this::change);
    Measured run = programs.run(command.toArray(String[]::new));
    changes.join();
    return List.of(
        new Bar(
            "resident at most, copy and drain to nowhere", run.peakMegabytes(), "MB", 200, 100));
  }

  /** Once the copy is through: when its slot is followed. */
  private void change() {
    try {
      while (!"1"
          .equals(
              programs
                  .server()
                  .value(
                      "SELECT count(*) FROM pg_stat_replication WHERE application_name LIKE 'leat%'"
                          + " AND state = 'streaming'"))) {
        Thread.sleep(100);
      }
      programs
          .server()
          .execute(
              "DO $$ BEGIN FOR t IN 0..%d LOOP UPDATE nowhere SET note = 'new' WHERE id > t * 1000"
                      .formatted(rows / 1000 - 1)
                  + " AND id <= (t + 1) * 1000; COMMIT; END LOOP; END $$");
    } catch (SQLException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}

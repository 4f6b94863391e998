package dev.leat.app.demo;

import dev.leat.app.output.Numbers;
import dev.leat.app.output.ProgressDisplay;
import dev.leat.app.output.Style;
import dev.leat.app.output.Terminal;
import dev.leat.replication.ReplicationProgress;
import dev.leat.replication.ReplicationProgress.Stage;
import dev.leat.spi.Position;
import dev.leat.testkit.postgres.EmbeddedPostgresBuilder;
import dev.leat.testkit.postgres.EmbeddedPostgresServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * Replicates a shop that is open: copies it, follows it, kills the replication in the middle,
 * starts it again, and compares both sides.
 */
public final class Demo {
  private static final Duration COPY_LIMIT = Duration.ofMinutes(10);
  private static final Duration RESUME_LIMIT = Duration.ofMinutes(1);
  private static final Duration CATCH_UP_LIMIT = Duration.ofMinutes(5);

  private final Terminal terminal;
  private final DemoFiles files;
  private final Options options;

  /**
   * What a person may choose.
   *
   * @param rows of all tables together, at least
   * @param seconds of live workload
   * @param keep whether the PostgreSQL server stays
   */
  public record Options(int rows, int seconds, boolean keep) {}

  public Demo(Terminal terminal, Path folder, Options options) {
    this.terminal = terminal;
    this.files = new DemoFiles(folder);
    this.options = options;
  }

  /** From nothing to the summary. */
  public DemoSummary run() throws IOException, SQLException, InterruptedException {
    long start = System.nanoTime();
    if (options.keep() && Files.exists(files.server())) {
      throw DemoErrors.keptServer(files.server());
    }
    files.clear();
    step("starting a PostgreSQL server of its own");
    EmbeddedPostgresServer server = server();
    try {
      Shop shop = new Shop(options.rows());
      step("filling a shop with " + Numbers.count(shop.rows(), "row"));
      try (Connection connection = server.connection()) {
        shop.create(connection);
      }
      files.writeFlow(server.url());
      Figures figures;
      try (ReplicationProcess replication =
          new ReplicationProcess(files.flow(), DemoFiles.FLOW, files.log())) {
        figures = replicate(server, shop, replication);
      }
      step("comparing source and destination by key and hash");
      var results = new Comparison(server, files.database()).run();
      return new DemoSummary(
          results,
          figures.copied(),
          figures.copyTime(),
          figures.changes(),
          Duration.ofNanos(System.nanoTime() - start),
          files.database(),
          options.keep() ? server.url() : "");
    } finally {
      if (!options.keep()) {
        server.close();
      }
    }
  }

  private record Figures(long copied, Duration copyTime, long changes) {}

  private EmbeddedPostgresServer server() {
    EmbeddedPostgresBuilder builder =
        EmbeddedPostgresServer.builder()
            .setting("shared_buffers", "256MB")
            .setting("max_wal_size", "4GB");
    return options.keep()
        ? builder.directory(files.server()).closeAtExit(false).start()
        : builder.start();
  }

  private Figures replicate(
      EmbeddedPostgresServer server, Shop shop, ReplicationProcess replication)
      throws IOException, SQLException, InterruptedException {
    step("copying it into " + files.database().getFileName() + " with `leat run demo.toml`");
    long start = System.nanoTime();
    replication.start();
    ReplicationProgress copied;
    try (ProgressDisplay _ = new ProgressDisplay(terminal, replication::progress)) {
      await("the copy", replication, COPY_LIMIT, () -> streams(replication.progress()));
      copied = replication.progress();
    }
    Duration copyTime = Duration.ofNanos(System.nanoTime() - start);
    try (Workload workload = new Workload(server.connection(), shop)) {
      step("the shop is open for %d s: inserts, updates, deletes".formatted(options.seconds()));
      follow(replication, options.seconds() * 500L);
      long killed = replication.kill();
      step(Style.YELLOW, "killed the replication (kill -9 " + killed + "), and start it again");
      replication.start();
      await("the restart", replication, RESUME_LIMIT, () -> streams(replication.progress()));
      follow(replication, options.seconds() * 500L);
      workload.stop();
      step(
          "the shop is closed; " + Numbers.count(workload.changes(), "row") + " changed meanwhile");
      catchUp(server, replication);
      return new Figures(copied.rowsCopied(), copyTime, workload.changes());
    }
  }

  private void follow(ReplicationProcess replication, long millis) throws InterruptedException {
    try (ProgressDisplay _ = new ProgressDisplay(terminal, replication::progress)) {
      TimeUnit.MILLISECONDS.sleep(millis);
    }
  }

  /** Waits until what was written last is durable, then has the replication end in order. */
  private void catchUp(EmbeddedPostgresServer server, ReplicationProcess replication)
      throws SQLException, IOException, InterruptedException {
    Position end =
        Position.parse(Objects.requireNonNull(server.value("SELECT pg_current_wal_lsn()")));
    try (ProgressDisplay _ = new ProgressDisplay(terminal, replication::progress)) {
      await(
          "catching up",
          replication,
          CATCH_UP_LIMIT,
          () -> !replication.progress().durable().isBefore(end));
    }
    int exitCode = replication.stop(Duration.ofSeconds(30));
    if (exitCode != 0) {
      throw DemoErrors.processEnded(files.lastWords());
    }
  }

  private static boolean streams(ReplicationProgress progress) {
    return progress.stage() == Stage.STREAMING;
  }

  private void await(
      String what, ReplicationProcess replication, Duration limit, BooleanSupplier done)
      throws IOException, InterruptedException {
    long end = System.nanoTime() + limit.toNanos();
    while (!done.getAsBoolean()) {
      if (!replication.alive()) {
        throw DemoErrors.processEnded(files.lastWords());
      }
      if (System.nanoTime() > end) {
        throw DemoErrors.failed(what + " took longer than " + Numbers.duration(limit), null);
      }
      TimeUnit.MILLISECONDS.sleep(50);
    }
  }

  private void step(String text) {
    step(Style.CYAN, text);
  }

  private void step(Style style, String text) {
    terminal.say(style.of("▸ ", terminal.errColor()) + text);
  }
}

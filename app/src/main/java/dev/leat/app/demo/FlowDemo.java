package dev.leat.app.demo;

import dev.leat.app.output.Numbers;
import dev.leat.app.output.Style;
import dev.leat.app.output.Terminal;
import dev.leat.testkit.postgres.EmbeddedPostgresBuilder;
import dev.leat.testkit.postgres.EmbeddedPostgresServer;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Objects;
import java.util.function.Function;

/**
 * Has a shop go through bronze, silver and gold to a warehouse, changes the shop, and has the same
 * flow bring that, too.
 */
public final class FlowDemo {
  private static final String WAREHOUSE = "dwh";

  private final Terminal terminal;
  private final DemoFiles files;
  private final Options options;
  private final Function<Path, StepsDone> run;

  /**
   * What a person may choose.
   *
   * @param rows of all tables of the shop together, at least
   * @param keep whether the PostgreSQL server stays
   */
  public record Options(int rows, boolean keep) {
    public static final int USUAL_ROWS = FlowShop.USUAL_ROWS;
  }

  /**
   * A demo that has not begun.
   *
   * @param run does what {@code leat run} does with a flow file
   */
  public FlowDemo(Terminal terminal, Path folder, Options options, Function<Path, StepsDone> run) {
    this.terminal = terminal;
    this.files = DemoFiles.ofSteps(folder);
    this.options = options;
    this.run = run;
  }

  /** From nothing to the summary. */
  public FlowDemoSummary run() throws IOException, SQLException {
    long start = System.nanoTime();
    if (options.keep() && Files.exists(files.server())) {
      throw DemoErrors.keptServer(files.server());
    }
    files.clear();
    step("starting a PostgreSQL server of its own");
    EmbeddedPostgresServer server = server();
    try {
      FlowShop shop = new FlowShop(options.rows());
      step("filling a shop with " + Numbers.count(shop.rows(), "row"));
      shop.create(server);
      server.execute("CREATE DATABASE " + WAREHOUSE);
      files.write(flow(server));
      String name = String.valueOf(files.flow().getFileName());
      step("bronze, silver, gold and on to the warehouse with `leat run " + name + "`");
      StepsDone first = ran();
      step("time passes in the shop: " + shop.change(server));
      step("`leat run " + name + "` again: only what changed is done");
      StepsDone second = ran();
      FlowFigures figures;
      try (Connection source = server.connection();
          Connection warehouse = server.connection(WAREHOUSE);
          Connection database = Comparison.open(files.database())) {
        figures = FlowFigures.of(source, database, warehouse);
      }
      return new FlowDemoSummary(
          first,
          second,
          figures,
          Duration.ofNanos(System.nanoTime() - start),
          name,
          options.keep() ? server.url(WAREHOUSE) : "");
    } finally {
      if (!options.keep()) {
        server.close();
      }
    }
  }

  private StepsDone ran() {
    StepsDone done = run.apply(files.flow());
    if (!done.result().succeeded()) {
      throw DemoErrors.failed("run " + done.id() + " of the flow did not succeed", null);
    }
    return done;
  }

  private EmbeddedPostgresServer server() {
    EmbeddedPostgresBuilder builder = EmbeddedPostgresServer.builder();
    return options.keep()
        ? builder.directory(files.server()).closeAtExit(false).start()
        : builder.start();
  }

  private static String flow(EmbeddedPostgresServer server) throws IOException {
    try (InputStream in =
        Objects.requireNonNull(FlowDemo.class.getResourceAsStream("demo-flow.toml"))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .replace("${SHOP}", server.url())
          .replace("${DWH}", server.url(WAREHOUSE));
    }
  }

  private void step(String text) {
    terminal.say(Style.CYAN.of("▸ ", terminal.errColor()) + text);
  }
}

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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Has a shop and files of its partners go through bronze, silver and gold to a warehouse and to
 * Parquet, changes the shop, has more files come, and has the same flow bring that, too.
 */
public final class FlowDemo {
  private static final String WAREHOUSE = "dwh";

  private static final String SEND =
      "curl -T FILE %s/raw/payments/ --aws-sigv4 aws:amz:us-east-1:s3"
          + " -H x-amz-content-sha256:UNSIGNED-PAYLOAD --user \"$(cat %s):$(cat %s)\"";

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
    if (Files.exists(files.server())) {
      throw DemoErrors.keptServers(files.shown(files.server()), files.shown(files.bucketsPid()));
    }
    files.clear();
    step("starting a PostgreSQL server and an S3 server of its own");
    try (RawZone raw = RawZone.start(files, options.keep())) {
      if (options.keep()) {
        Files.writeString(files.bucketsPid(), raw.pid() + "\n");
      }
      EmbeddedPostgresServer server = server();
      try {
        return run(server, raw, start);
      } finally {
        if (!options.keep()) {
          server.close();
        }
      }
    }
  }

  private FlowDemoSummary run(EmbeddedPostgresServer server, RawZone raw, long start)
      throws IOException, SQLException {
    FlowShop shop = new FlowShop(options.rows());
    step("filling a shop with " + Numbers.count(shop.rows(), "row"));
    shop.create(server);
    server.execute("CREATE DATABASE " + WAREHOUSE);
    Partners partners = new Partners(paid(server), shop.shop(), files.scratch());
    List<Drop> before = partners.before();
    step("two days' files of its partners arrive in s3://raw: " + arrived(before));
    raw.put(before);
    files.write(flow(server, raw));
    String name = String.valueOf(files.flow().getFileName());
    step("bronze, silver, gold and on to the warehouse with `leat run " + name + "`");
    StepsDone first = ran();
    FileFigures firstFiles = files(partners, raw);
    step("time passes in the shop: " + shop.change(server));
    List<Drop> after = partners.after();
    step(
        "the next day's files arrive: "
            + arrived(after)
            + "; two of them as they should have been before");
    raw.put(after);
    step("`leat run " + name + "` again: only what changed is done");
    StepsDone second = ran();
    FileFigures secondFiles = files(partners, raw);
    FlowFigures figures;
    try (Connection source = server.connection();
        Connection warehouse = server.connection(WAREHOUSE);
        Connection database = Comparison.open(files.database())) {
      figures = FlowFigures.of(source, database, warehouse, files.lake(), partners);
    }
    return new FlowDemoSummary(
        first,
        second,
        figures,
        new FileSummary(firstFiles, secondFiles, second.id()),
        Duration.ofNanos(System.nanoTime() - start),
        name,
        options.keep() ? kept(server, raw) : null,
        String.valueOf(files.lake().getFileName()));
  }

  private KeptServers kept(EmbeddedPostgresServer server, RawZone raw) throws IOException {
    return new KeptServers(
        server.url(WAREHOUSE),
        files.shown(files.buckets()),
        SEND.formatted(
            raw.endpoint(), files.shown(files.accessKey()), files.shown(files.secretKey())),
        DemoFiles.stop(files.shown(files.server()), files.shown(files.bucketsPid())));
  }

  private FileFigures files(Partners partners, RawZone raw) throws IOException, SQLException {
    try (Connection database = Comparison.open(files.database())) {
      return FileFigures.of(database, partners.sent(), raw.list());
    }
  }

  private static List<PaidOrder> paid(EmbeddedPostgresServer server) throws SQLException {
    try (Connection connection = server.connection()) {
      return PaidOrder.of(connection);
    }
  }

  /** Such as {@code 2 payments, 2 reviews}. */
  private static String arrived(List<Drop> drops) {
    Map<String, Long> sources = new LinkedHashMap<>();
    drops.forEach(drop -> sources.merge(drop.source(), 1L, Long::sum));
    return sources.entrySet().stream()
        .map(entry -> entry.getValue() + " of " + entry.getKey())
        .collect(Collectors.joining(", "));
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

  private static String flow(EmbeddedPostgresServer server, RawZone raw) throws IOException {
    try (InputStream in =
        Objects.requireNonNull(FlowDemo.class.getResourceAsStream("demo-flow.toml"))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .replace("${SHOP}", server.url())
          .replace("${DWH}", server.url(WAREHOUSE))
          .replace("${S3}", raw.endpoint().toString());
    }
  }

  private void step(String text) {
    terminal.say(Style.CYAN.of("▸ ", terminal.errColor()) + text);
  }
}

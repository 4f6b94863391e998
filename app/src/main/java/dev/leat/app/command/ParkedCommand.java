package dev.leat.app.command;

import dev.leat.app.output.ExitCode;
import dev.leat.app.output.Shell;
import dev.leat.flow.model.LoadModel;
import dev.leat.library.FlowEngines;
import dev.leat.spi.destination.Rows;
import dev.leat.spi.engine.Engine;
import dev.leat.spi.plugin.DestinationConnector.Access;
import dev.leat.spi.sql.Dialect;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code leat parked}. */
@Command(
    name = "parked",
    description = "Shows the rows of files that could not be loaded, by file and reason.",
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Examples:",
      "  leat parked                                    the flow in flow.toml",
      "  leat parked shop.toml bronze.customers --show  the rows themselves"
    })
final class ParkedCommand extends LeatCommand {
  private static final int MOST = 1000;

  @Parameters(
      arity = "0..2",
      paramLabel = "[FLOW] [DATASET]",
      hideParamSyntax = true,
      description = "the flow file, flow.toml by default, and one of its datasets")
  private List<String> arguments = List.of();

  @Option(names = "--show", description = "the rows, with their lines; at most 1,000 of a dataset")
  private boolean show;

  ParkedCommand(CommandContext context) {
    super(context);
  }

  @Override
  public Integer call() {
    boolean named = !arguments.isEmpty() && arguments.getFirst().endsWith(".toml");
    String file = named ? arguments.getFirst() : "flow.toml";
    LoadedFlow flow = context.load(Path.of(file));
    List<String> wanted = named ? arguments.subList(1, arguments.size()) : arguments;
    List<List<@Nullable String>> all = new ArrayList<>();
    List<String> next = new ArrayList<>();
    try (FlowEngines engines = flow.engines(null, Access.READ)) {
      for (LoadModel load : flow.model().loads()) {
        if (wanted.isEmpty() || wanted.contains(load.into().toString())) {
          String name = load.engine().orElse(engines.usual());
          Dialect dialect = engines.connector(name).dialect();
          engines
              .find(name)
              .filter(engine -> engine.columns(load.parked()).isPresent())
              .ifPresent(engine -> add(load, engine, dialect, all, next, file));
        }
      }
    }
    List<String> columns =
        show
            ? List.of("dataset", "file", "line", "reason", "raw")
            : List.of("dataset", "file", "reason", "rows");
    print(new Rows(columns, columns.stream().map(column -> "text").toList(), all), MOST + 1);
    next.forEach(this::say);
    return ExitCode.DONE;
  }

  private void add(
      LoadModel load,
      Engine engine,
      Dialect dialect,
      List<List<@Nullable String>> all,
      List<String> next,
      String flow) {
    String table = dialect.quote(load.parked());
    Rows rows =
        engine.query(
            show
                ? "SELECT \"file\", \"line\", \"reason\", \"raw\" FROM "
                    + table
                    + " ORDER BY \"file\", \"line\""
                : "SELECT \"file\", \"reason\", COUNT(*) AS n FROM "
                    + table
                    + " GROUP BY \"file\", \"reason\" ORDER BY \"file\", \"reason\"",
            MOST);
    for (List<@Nullable String> row : rows.rows()) {
      List<@Nullable String> one = new ArrayList<>();
      one.add(load.into().toString());
      one.addAll(row);
      all.add(one);
    }
    String files =
        rows.rows().stream()
            .map(row -> String.valueOf(row.getFirst()))
            .distinct()
            .limit(3)
            .collect(Collectors.joining(","));
    if (!files.isEmpty()) {
      next.add(
          "when the file or the settings are right: leat run %s --select %s --reload %s"
              .formatted(flow, load.into(), Shell.word(files)));
    }
  }
}

package dev.leat.app.command;

import dev.leat.app.output.ExitCode;
import dev.leat.library.Flow;
import dev.leat.spi.destination.Rows;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code leat sql}. */
@Command(
    name = "sql",
    description = {
      "Runs a query at the destination, in its own dialect, also while the flow runs.",
      "Nothing is changed there, whatever the text is."
    },
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Examples:",
      "  leat sql 'SELECT count(*) FROM public.orders'      the flow in flow.toml",
      "  leat sql shop.toml 'FROM public.orders' --csv > orders.csv"
    })
final class SqlCommand extends LeatCommand {
  @Parameters(
      arity = "1..2",
      paramLabel = "[FLOW] QUERY",
      hideParamSyntax = true,
      description = "the flow file, flow.toml by default, and the query")
  private List<String> arguments = List.of();

  @Option(
      names = "--limit",
      paramLabel = "N",
      defaultValue = "1000",
      description = "the most rows to show; 1,000 by default, at most 10,000")
  private int limit;

  @Option(names = "--csv", description = "print CSV (RFC 4180) on standard output")
  private boolean csv;

  SqlCommand(CommandContext context) {
    super(context);
  }

  @Override
  public Integer call() {
    LoadedFlow flow =
        context.load(Path.of(arguments.size() == 2 ? arguments.getFirst() : "flow.toml"));
    int wanted = Math.clamp(limit, 0, RunningFlow.MOST_ROWS);
    Rows rows = rows(flow, arguments.getLast(), wanted);
    if (csv) {
      printCsv(rows);
    } else {
      print(rows, wanted);
    }
    return ExitCode.DONE;
  }

  private static Rows rows(LoadedFlow flow, String query, int limit) {
    Flow replication = flow.replication();
    if (replication == null) {
      return new StepDatasets(flow).query(query, limit);
    }
    try (DestinationQuery destination = new DestinationQuery(replication)) {
      return destination.query(query, limit);
    }
  }

  private void printCsv(Rows rows) {
    terminal().out().println(line(rows.columns()));
    rows.rows().forEach(row -> terminal().out().println(line(row)));
  }

  /** NULL is nothing, an empty string two quotes. */
  private static String line(List<? extends @Nullable String> values) {
    List<String> cells = new ArrayList<>();
    for (String value : values) {
      boolean quoted =
          value != null
              && (value.isEmpty() || value.chars().anyMatch(c -> ",\"\r\n".indexOf(c) >= 0));
      cells.add(value == null ? "" : quoted ? '"' + value.replace("\"", "\"\"") + '"' : value);
    }
    return String.join(",", cells);
  }
}

package dev.leat.app.command;

import dev.leat.app.output.ExitCode;
import dev.leat.app.output.Numbers;
import dev.leat.app.output.Shell;
import dev.leat.flow.export.ExportRows;
import dev.leat.flow.export.Exporter;
import dev.leat.flow.export.FileOptions;
import dev.leat.flow.model.LoadModel;
import dev.leat.library.FlowEngines;
import dev.leat.spi.destination.Rows;
import dev.leat.spi.engine.Cancellation;
import dev.leat.spi.engine.Engine;
import dev.leat.spi.error.ErrorCategory;
import dev.leat.spi.error.ErrorCode;
import dev.leat.spi.error.LeatException;
import dev.leat.spi.instruction.Relation;
import dev.leat.spi.kind.StepWork;
import dev.leat.spi.plugin.DestinationConnector.Access;
import dev.leat.spi.plugin.OptionValues;
import dev.leat.spi.schema.Column;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code leat parked}. */
@Command(
    name = "parked",
    description = {
      "Shows the rows of files that could not be loaded, by file and reason. With --retry, reads",
      "their files again: all rows of each, in the place of those it has."
    },
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Examples:",
      "  leat parked                                    the flow in flow.toml",
      "  leat parked shop.toml bronze.customers --show  the rows themselves",
      "  leat parked --file 'customers_2026-05-*' --retry   when files or settings are right",
      "  leat parked bronze.customers --export bad.csv  for those who can correct them"
    })
final class ParkedCommand extends LeatCommand {
  private static final ErrorCode USAGE = new ErrorCode("USAGE", ErrorCategory.CONFIG);
  private static final int MOST = 1000;

  @Parameters(
      arity = "0..*",
      paramLabel = "[FLOW] [DATASET...]",
      hideParamSyntax = true,
      description = "the flow file, flow.toml by default, and some of its datasets of files")
  private List<String> arguments = List.of();

  @Option(
      names = "--file",
      paramLabel = "FILE",
      split = ",",
      description = "only rows of these files; * for any characters")
  private List<String> files = List.of();

  @ArgGroup(exclusive = true, multiplicity = "0..1")
  private @Nullable What what;

  /** Something other than counting. */
  static final class What {
    @Option(
        names = "--show",
        description = "the rows, with their lines; at most 1,000 of a dataset")
    boolean show;

    @Option(
        names = "--retry",
        description = "read the files again, and say how many rows are loaded now")
    boolean retry;

    @Option(
        names = "--export",
        paramLabel = "PATH",
        description =
            "write the rows of one dataset to a file: .csv, .json or .parquet, also .csv.gz")
    @Nullable String export;
  }

  ParkedCommand(CommandContext context) {
    super(context);
  }

  @Override
  public Integer call() {
    boolean named = !arguments.isEmpty() && arguments.getFirst().endsWith(".toml");
    String file = named ? arguments.getFirst() : "flow.toml";
    LoadedFlow flow = context.load(Path.of(file));
    List<String> datasets = named ? arguments.subList(1, arguments.size()) : arguments;
    ParkedRows parked = ParkedRows.of(flow.model(), datasets, files);
    What wanted = what == null ? new What() : what;
    if (wanted.retry) {
      return new ParkedRetry(this, flow, parked, file).run();
    }
    try (FlowEngines engines = flow.engines(null, Access.READ)) {
      List<ParkedRows.Count> counts = parked.byReason(engines);
      if (wanted.export != null) {
        return export(engines, parked, counts, wanted.export);
      }
      List<List<@Nullable String>> rows = new ArrayList<>();
      if (wanted.show) {
        rows.addAll(parked.rows(engines, counts, MOST));
      } else {
        for (ParkedRows.Count count : counts) {
          rows.add(
              List.of(
                  count.load().into().toString(),
                  count.file(),
                  count.reason(),
                  Long.toString(count.rows())));
        }
      }
      List<String> columns =
          wanted.show
              ? List.of("dataset", "file", "line", "reason", "raw")
              : List.of("dataset", "file", "reason", "rows");
      print(new Rows(columns, columns.stream().map(column -> "text").toList(), rows), MOST + 1);
      if (!counts.isEmpty()) {
        say("when files or settings are right: " + again(file, datasets));
      }
    }
    return ExitCode.DONE;
  }

  private String again(String flow, List<String> datasets) {
    List<String> words = new ArrayList<>(List.of("leat", "parked", flow));
    words.addAll(datasets);
    if (!files.isEmpty()) {
      words.addAll(List.of("--file", String.join(",", files)));
    }
    words.add("--retry");
    return words.stream().map(Shell::word).collect(Collectors.joining(" "));
  }

  private int export(
      FlowEngines engines, ParkedRows parked, List<ParkedRows.Count> counts, String path) {
    List<LoadModel> loads = counts.stream().map(ParkedRows.Count::load).distinct().toList();
    if (loads.isEmpty()) {
      say("no rows are parked" + (files.isEmpty() ? "" : " of such files"));
      return ExitCode.DONE;
    }
    if (loads.size() > 1) {
      throw new LeatException(
          USAGE,
          "rows of %d datasets are parked, and one file can have those of one"
              .formatted(loads.size()),
          "name one of "
              + loads.stream()
                  .map(load -> load.into().toString())
                  .collect(Collectors.joining(", ")));
    }
    OptionValues none = new OptionValues(Map.of());
    String format =
        FileOptions.format(none, path)
            .orElseThrow(
                () ->
                    new LeatException(
                        USAGE,
                        "the name of " + path + " does not tell how to write it",
                        "let it end with .csv, .json or .parquet"));
    LoadModel load = loads.getFirst();
    Engine engine = ParkedRows.engine(engines, load).orElseThrow();
    String query = parked.query(engines, load, counts);
    List<Column> columns = engine.columnsOf(query);
    String target = path.contains("://") ? path : context.resolve(Path.of(path)).toString();
    long rows =
        new Exporter(engines.files(), engines.storages())
            .export(
                ExportRows.of(engine, query, columns),
                columns,
                new StepWork.Export(
                    new Relation.Scan(load.parked()),
                    target,
                    FileOptions.layout(none, format, path, false),
                    false,
                    false,
                    false),
                new Exporter.Job(load.parked(), "", Instant.EPOCH, "", Optional.empty()),
                Cancellation.never());
    say(Numbers.count(rows, "parked row") + " of " + load.into() + " in " + path);
    return ExitCode.DONE;
  }
}

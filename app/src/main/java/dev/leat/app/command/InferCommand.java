package dev.leat.app.command;

import dev.leat.app.output.ExitCode;
import dev.leat.app.output.TextTable;
import dev.leat.flow.check.ColumnTypeNames;
import dev.leat.flow.engine.Environment;
import dev.leat.flow.engine.Workspace;
import dev.leat.flow.load.FileSample;
import dev.leat.flow.load.FoundFile;
import dev.leat.flow.load.LoadPlan;
import dev.leat.flow.load.LoadPlanner;
import dev.leat.flow.model.LoadModel;
import dev.leat.flow.plan.PlanOptions;
import dev.leat.library.FlowEngines;
import dev.leat.spi.engine.FileReader.FoundColumn;
import dev.leat.spi.error.ErrorCategory;
import dev.leat.spi.error.ErrorCode;
import dev.leat.spi.error.LeatException;
import dev.leat.spi.plugin.DestinationConnector.Access;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code leat infer}. */
@Command(
    name = "infer",
    description = {
      "Looks at files and says how they are written and which columns they have, with the line for",
      "the flow file that freezes that. Changes nothing."
    },
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Examples:",
      "  leat infer drops/customers.csv              a file, or a pattern of files",
      "  leat infer shop.toml:customers              the files of [source.customers]"
    })
final class InferCommand extends LeatCommand {
  private static final ErrorCode NO_FILES = new ErrorCode("FILE_NOT_FOUND", ErrorCategory.CONFIG);

  /** Files that are looked at. */
  private static final int FILES = 5;

  @Parameters(
      index = "0",
      paramLabel = "FILE|FLOW:SOURCE",
      description = "an address of files as in path, or a flow file and one of its sources")
  private String what = "";

  @Option(
      names = "--rows",
      paramLabel = "N",
      defaultValue = "50000",
      description = "look at so many rows at most; 50,000 by default")
  private long rows;

  InferCommand(CommandContext context) {
    super(context);
  }

  @Override
  public Integer call() {
    int colon = what.lastIndexOf(".toml:");
    LoadedFlow flow =
        colon < 0
            ? FlowReader.inline(
                context.folder().resolve("infer.toml"), inline(what), context.environment())
            : context.load(Path.of(what.substring(0, colon + ".toml".length())));
    LoadModel load = load(flow, colon < 0 ? "file" : what.substring(colon + ".toml:".length()));
    try (FlowEngines engines = flow.engines(null, Access.READ)) {
      Workspace workspace = new Workspace(flow.model(), engines, Environment.PRODUCTION, Map.of());
      LoadPlan plan = new LoadPlanner(workspace, PlanOptions.everything(Instant.now())).plan(load);
      List<FoundFile> files = new ArrayList<>(plan.files());
      plan.loaded().forEach(file -> files.add(new FoundFile(file, Map.of(), false)));
      if (files.isEmpty()) {
        throw new LeatException(
            NO_FILES, "there are no files of " + load.path(), "correct the path");
      }
      List<FoundFile> some = files.subList(0, Math.min(FILES, files.size()));
      try (FileSample sample = FileSample.of(engines, load, some)) {
        show(some, sample.formats(), sample.columns(Math.clamp(rows, 1, 10_000_000)));
      }
    }
    return ExitCode.DONE;
  }

  private static String inline(String path) {
    return "flow = \"infer\"\n[source.file]\nfrom = \"files\"\npath = \"%s\"\ninto = \"bronze.file\"\n"
        .formatted(path.replace("\\", "\\\\").replace("\"", "\\\""));
  }

  private static LoadModel load(LoadedFlow flow, String name) {
    return flow.model().loads().stream()
        .filter(load -> load.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new LeatException(
                    NO_FILES,
                    "the flow has no source of files named " + name,
                    "its sources of files are "
                        + flow.model().loads().stream()
                            .map(LoadModel::name)
                            .collect(Collectors.joining(", "))));
  }

  private void show(List<FoundFile> files, List<String> formats, List<FoundColumn> columns) {
    String frozen =
        columns.stream()
            .map(
                found ->
                    key(found.column().name())
                        + " = \""
                        + ColumnTypeNames.of(found.column().type())
                            .toLowerCase(java.util.Locale.ROOT)
                        + "\"")
            .collect(Collectors.joining(", ", "columns = { ", " }"));
    if (json()) {
      Map<String, Object> json = new LinkedHashMap<>();
      json.put("files", files.stream().map(file -> file.file().name()).toList());
      json.put("formats", formats);
      json.put("columns", columns.stream().map(InferCommand::json).toList());
      json.put("toml", frozen);
      printJson(json);
      return;
    }
    files.forEach(file -> say(file.file().name()));
    formats.forEach(this::say);
    TextTable table = new TextTable(List.of("COLUMN", "TYPE", "ROWS", "EMPTY", "MISFITS", "KEY"));
    for (FoundColumn found : columns) {
      table.row(
          found.column().name(),
          ColumnTypeNames.of(found.column().type()),
          String.valueOf(found.rows()),
          String.valueOf(found.empty()),
          String.valueOf(found.misfits()),
          mayBeKey(found) ? "maybe" : "");
    }
    int width = terminal().outIsTerminal() ? terminal().size().columns() : 0;
    table.lines(width, terminal().outColor()).forEach(terminal().out()::println);
    terminal().out().println();
    terminal().out().println(frozen);
  }

  /** Counted about, so that a few may be missing. */
  private static boolean mayBeKey(FoundColumn found) {
    return found.rows() > 1 && found.empty() == 0 && found.distinct() >= found.rows() * 0.95;
  }

  private static String key(String name) {
    return name.matches("[A-Za-z0-9_-]+")
        ? name
        : '"' + name.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }

  private static Map<String, Object> json(FoundColumn found) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("name", found.column().name());
    json.put("type", ColumnTypeNames.of(found.column().type()));
    json.put("rows", found.rows());
    json.put("empty", found.empty());
    json.put("misfits", found.misfits());
    json.put("distinct", found.distinct());
    return json;
  }
}

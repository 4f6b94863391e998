package dev.leat.app.command;

import dev.leat.app.output.ExitCode;
import dev.leat.app.output.Numbers;
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
import java.util.Locale;
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
      "the flow file that freezes that. Changes nothing without --write."
    },
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Examples:",
      "  leat infer drops/customers.csv              a file, or a pattern of files",
      "  leat infer shop.toml:customers              the files of [source.customers]",
      "  leat infer shop.toml:customers --write      with their columns in shop.toml afterwards"
    })
final class InferCommand extends LeatCommand {
  private static final ErrorCode NO_FILES = new ErrorCode("FILE_NOT_FOUND", ErrorCategory.CONFIG);

  private static final ErrorCode NOT_WRITTEN =
      new ErrorCode("INFER_NOT_WRITTEN", ErrorCategory.CONFIG);

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

  @Option(
      names = "--write",
      description = "write the columns into the section of the source; nothing else is changed")
  private boolean write;

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
    if (write) {
      requireWritable(colon >= 0, load);
    }
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
        List<FoundColumn> columns = sample.columns(Math.clamp(rows, 1, 10_000_000));
        show(some, sample.formats(), columns);
        if (write) {
          freeze(flow, load, columns);
        }
      }
    }
    return ExitCode.DONE;
  }

  private static void requireWritable(boolean inFlow, LoadModel load) {
    if (!inFlow) {
      throw new LeatException(
          NOT_WRITTEN, "--write needs a source of a flow file", "name it as flow.toml:customers");
    }
    if (!load.columns().isEmpty()) {
      throw new LeatException(
          NOT_WRITTEN,
          load.node() + " says its columns already",
          "change them by hand, or remove columns from the section first");
    }
  }

  private void freeze(LoadedFlow flow, LoadModel load, List<FoundColumn> columns) {
    Map<String, String> types = new LinkedHashMap<>();
    columns.forEach(found -> types.put(found.column().name(), type(found)));
    FlowText text = FlowText.read(flow.file());
    FlowText frozen = text.withColumns(load, types);
    LoadModel then =
        load(FlowReader.inline(flow.file(), frozen.text(), context.surroundings()), load.name());
    if (!List.copyOf(then.columns().keySet()).equals(List.copyOf(types.keySet()))) {
      throw FlowText.notFound(load);
    }
    frozen.write();
    say("wrote " + Numbers.count(types.size(), "column") + " into " + context.show(flow.file()));
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
            .map(found -> FlowText.key(found.column().name()) + " = \"" + type(found) + "\"")
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
    TextTable table =
        new TextTable(List.of("COLUMN", "TYPE", "ROWS", "EMPTY", "MISFITS", "KEY", "EXAMPLE"));
    for (FoundColumn found : columns) {
      table.row(
          found.column().name(),
          ColumnTypeNames.of(found.column().type()),
          String.valueOf(found.rows()),
          String.valueOf(found.empty()),
          String.valueOf(found.misfits()),
          mayBeKey(found) ? "maybe" : "",
          found.example());
    }
    terminal().print(table);
    terminal().out().println();
    terminal().out().println(frozen);
  }

  /** Counted about, so that a few may be missing. */
  private static boolean mayBeKey(FoundColumn found) {
    return found.rows() > 1 && found.empty() == 0 && found.distinct() >= found.rows() * 0.95;
  }

  private static String type(FoundColumn found) {
    return ColumnTypeNames.of(found.column().type()).toLowerCase(Locale.ROOT);
  }

  private static Map<String, Object> json(FoundColumn found) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("name", found.column().name());
    json.put("type", ColumnTypeNames.of(found.column().type()));
    json.put("rows", found.rows());
    json.put("empty", found.empty());
    json.put("misfits", found.misfits());
    json.put("distinct", found.distinct());
    json.put("example", found.example());
    return json;
  }
}

package dev.leat.app.command;

import dev.leat.app.output.ExitCode;
import dev.leat.app.output.TextTable;
import dev.leat.flow.check.ColumnTypeNames;
import dev.leat.flow.repository.Dataset;
import dev.leat.flow.repository.DocumentDatasetRepository;
import dev.leat.flow.repository.DocumentSchemaHistoryRepository;
import dev.leat.flow.repository.SchemaChange;
import dev.leat.spi.error.ErrorCategory;
import dev.leat.spi.error.ErrorCode;
import dev.leat.spi.error.LeatException;
import dev.leat.spi.repository.Documents;
import dev.leat.spi.schema.Column;
import dev.leat.spi.schema.ColumnChange;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code leat datasets}. */
@Command(
    name = "datasets",
    description = {
      "Lists the datasets that the runs of a flow have made, or the columns of one and how "
          + "they changed. Changes nothing."
    },
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Examples:",
      "  leat datasets                             the flow in flow.toml",
      "  leat datasets shop.toml --show gold.dim_customer"
    })
final class DatasetsCommand extends LeatCommand {
  private static final ErrorCode UNKNOWN = new ErrorCode("DATASET_UNKNOWN", ErrorCategory.CONFIG);

  @Parameters(
      index = "0",
      arity = "0..1",
      paramLabel = "FLOW",
      description = "the flow file; flow.toml in the current folder by default")
  private Path file = Path.of("flow.toml");

  @Option(names = "--show", paramLabel = "DATASET", description = "its columns and their history")
  private @Nullable String shown;

  DatasetsCommand(CommandContext context) {
    super(context);
  }

  @Override
  public Integer call() {
    LoadedFlow flow = context.load(file);
    try (Documents documents = flow.documents(false)) {
      List<Dataset> datasets =
          new DocumentDatasetRepository(documents)
              .list().stream().filter(dataset -> dataset.flow().equals(flow.name())).toList();
      if (shown != null) {
        Dataset one = named(shown, datasets);
        show(one, new DocumentSchemaHistoryRepository(documents).list(one.name()));
      } else if (json()) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("flow", flow.name());
        json.put("datasets", datasets.stream().map(DatasetsCommand::json).toList());
        printJson(json);
      } else if (datasets.isEmpty()) {
        say("no datasets yet");
        say("next: leat run " + context.show(flow.file()));
      } else {
        list(datasets);
        say(
            "next: leat datasets "
                + context.show(flow.file())
                + " --show "
                + datasets.getFirst().name());
      }
    }
    return ExitCode.DONE;
  }

  private Dataset named(String name, List<Dataset> datasets) {
    List<Dataset> meant =
        datasets.stream()
            .filter(d -> d.name().toString().equals(name) || d.name().table().equals(name))
            .toList();
    if (meant.size() == 1) {
      return meant.getFirst();
    }
    throw new LeatException(
        UNKNOWN,
        meant.isEmpty() ? "no dataset " + name + " is recorded" : name + " could be several",
        datasets.isEmpty()
            ? "runs record what they make"
            : "name one of "
                + String.join(", ", datasets.stream().map(d -> d.name().toString()).toList()));
  }

  private void list(List<Dataset> datasets) {
    TextTable table =
        new TextTable(List.of("dataset", "layer", "step", "engine", ">columns", "key", "updated"));
    for (Dataset dataset : datasets) {
      table.row(
          dataset.name().toString(),
          layer(dataset),
          dataset.madeBy(),
          dataset.engine(),
          String.valueOf(dataset.columns().size()),
          String.join(", ", dataset.key()),
          dataset.updated().toString());
    }
    terminal().print(table);
  }

  private void show(Dataset dataset, List<SchemaChange> history) {
    if (json()) {
      Map<String, Object> json = json(dataset);
      json.put("history", history.stream().map(DatasetsCommand::json).toList());
      printJson(json);
      return;
    }
    TextTable columns = new TextTable(List.of("column", "type", "null", "key"));
    for (Column column : dataset.columns()) {
      columns.row(
          column.name(),
          ColumnTypeNames.of(column.type()),
          column.nullable() ? "may be NULL" : "never NULL",
          dataset.key().contains(column.name()) ? "key" : "");
    }
    terminal().print(columns);
    terminal().out().println();
    TextTable versions = new TextTable(List.of(">version", "at", "by", "changes"));
    for (SchemaChange version : history) {
      versions.row(
          String.valueOf(version.version()),
          version.at().toString(),
          version.run(),
          version.version() == 1
              ? version.columns().size() + " columns"
              : version.changes().isEmpty()
                  ? "whether columns may be NULL, or their order"
                  : String.join(
                      "; ", version.changes().stream().map(DatasetsCommand::say).toList()));
    }
    terminal().print(versions);
  }

  private static String say(ColumnChange change) {
    return switch (change) {
      case ColumnChange.Added(Column column) -> column.name() + " is new";
      case ColumnChange.Dropped(Column column) -> column.name() + " is gone";
      case ColumnChange.Renamed(Column before, Column after) ->
          before.name() + " is called " + after.name();
      case ColumnChange.Retyped(Column before, Column after) ->
          "%s is %s, was %s"
              .formatted(
                  after.name(),
                  ColumnTypeNames.of(after.type()),
                  ColumnTypeNames.of(before.type()));
    };
  }

  private static String layer(Dataset dataset) {
    return dataset.layer().name().toLowerCase(Locale.ROOT);
  }

  private static Map<String, Object> json(Dataset dataset) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("dataset", dataset.name().toString());
    json.put("layer", layer(dataset));
    json.put("step", dataset.madeBy());
    json.put("engine", dataset.engine());
    json.put("description", dataset.description());
    json.put("owner", dataset.owner());
    json.put("columns", columns(dataset.columns()));
    json.put("key", dataset.key());
    json.put("updated", dataset.updated().toString());
    return json;
  }

  private static Map<String, Object> json(SchemaChange version) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("version", version.version());
    json.put("at", version.at().toString());
    json.put("by", version.run());
    json.put("columns", columns(version.columns()));
    json.put("changes", version.changes().stream().map(DatasetsCommand::say).toList());
    return json;
  }

  private static List<Map<String, Object>> columns(List<Column> columns) {
    List<Map<String, Object>> json = new ArrayList<>();
    for (Column column : columns) {
      Map<String, Object> one = new LinkedHashMap<>();
      one.put("name", column.name());
      one.put("type", ColumnTypeNames.of(column.type()));
      one.put("nullable", column.nullable());
      json.add(one);
    }
    return json;
  }
}

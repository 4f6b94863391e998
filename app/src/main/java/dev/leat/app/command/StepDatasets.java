package dev.leat.app.command;

import dev.leat.app.control.ControlClient;
import dev.leat.app.control.RowsJson;
import dev.leat.flow.engine.Engines;
import dev.leat.flow.engine.Environment;
import dev.leat.flow.engine.Workspace;
import dev.leat.flow.model.LoadModel;
import dev.leat.flow.model.StepModel;
import dev.leat.library.FlowEngines;
import dev.leat.library.FlowStore;
import dev.leat.spi.destination.Rows;
import dev.leat.spi.error.ErrorCategory;
import dev.leat.spi.error.ErrorCode;
import dev.leat.spi.error.LeatException;
import dev.leat.spi.plugin.DestinationConnector.Access;
import dev.leat.spi.schema.TableId;
import dev.leat.spi.state.StateStore;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Asks the engines of a flow for what its steps made. */
final class StepDatasets {
  private static final ErrorCode UNKNOWN = new ErrorCode("TABLE_UNKNOWN", ErrorCategory.CONFIG);
  private static final ErrorCode AMBIGUOUS = new ErrorCode("TABLE_AMBIGUOUS", ErrorCategory.CONFIG);

  private static final Duration PATIENCE = Duration.ofMinutes(10);

  private final LoadedFlow flow;

  StepDatasets(LoadedFlow flow) {
    this.flow = flow;
  }

  /** Answers a query in the language of the engine where steps run that name none. */
  Rows query(String sql, int limit) {
    Optional<ControlClient> process = process();
    if (process.isPresent()) {
      return RowsJson.read(process.get().ask(Map.of("op", "query", "sql", sql, "limit", limit)));
    }
    try (FlowEngines engines = flow.engines(null, Access.READ)) {
      return engines.engine(engines.usual()).query(sql, limit);
    }
  }

  /** The process that runs the flow: while it does, only it may read the files of engines. */
  private Optional<ControlClient> process() {
    Path folder = flow.stateFolder();
    if (!FlowStore.exists(folder, flow.name())) {
      return Optional.empty();
    }
    try (StateStore store = FlowStore.open(folder, flow.name(), false)) {
      return store
          .holder(flow.name())
          .map(holder -> new ControlClient(Path.of(holder.control()), PATIENCE));
    }
  }

  /** The datasets of that name, with or without a schema. */
  List<TableId> named(String name) {
    return all().stream()
        .filter(dataset -> dataset.toString().equals(name) || dataset.table().equals(name))
        .toList();
  }

  private List<TableId> all() {
    List<TableId> all = new ArrayList<>();
    for (LoadModel load : flow.model().loads()) {
      all.addAll(load.datasets());
    }
    for (StepModel step : flow.model().steps()) {
      if (step.kind().makesDataset()) {
        all.addAll(step.kind().outputs(step.definition()));
      }
    }
    return all;
  }

  /** The first rows of the dataset that is meant. */
  Rows preview(String name, int limit) {
    TableId dataset = meant(name);
    Optional<ControlClient> process = process();
    if (process.isPresent()) {
      return RowsJson.read(
          process.get().ask(Map.of("op", "preview", "table", dataset.toString(), "limit", limit)));
    }
    try (FlowEngines engines = flow.engines(null, Access.READ)) {
      return preview(engines, name, limit);
    }
  }

  /** As {@link #preview(String, int)}, by engines that are open. */
  Rows preview(Engines engines, String name, int limit) {
    TableId dataset = meant(name);
    String home =
        new Workspace(flow.model(), engines, Environment.PRODUCTION, Map.of()).home(dataset);
    var dialect = engines.connector(home).dialect();
    return engines.engine(home).query("SELECT * FROM " + dialect.quote(dataset), limit);
  }

  private TableId meant(String name) {
    List<TableId> meant = named(name);
    if (meant.size() > 1) {
      throw ambiguous(name, meant);
    }
    if (meant.isEmpty()) {
      throw new LeatException(
          UNKNOWN,
          "the flow has no dataset " + name,
          all().isEmpty() ? "add a [step.NAME]" : "its datasets are " + list(all()));
    }
    return meant.getFirst();
  }

  static LeatException ambiguous(String name, List<TableId> meant) {
    return new LeatException(
        AMBIGUOUS, name + " could be " + list(meant), "write the name with its schema");
  }

  private static String list(List<TableId> datasets) {
    return datasets.stream().map(Object::toString).sorted().collect(Collectors.joining(", "));
  }
}

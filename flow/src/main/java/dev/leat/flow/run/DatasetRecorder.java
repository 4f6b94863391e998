package dev.leat.flow.run;

import dev.leat.flow.instruction.InstructionJson;
import dev.leat.flow.model.FlowModel;
import dev.leat.flow.model.StepModel;
import dev.leat.flow.plan.StepPlanner;
import dev.leat.flow.repository.Dataset;
import dev.leat.flow.repository.DatasetRepository;
import dev.leat.flow.repository.DocumentDatasetRepository;
import dev.leat.flow.repository.DocumentFlowRepository;
import dev.leat.flow.repository.DocumentSchemaHistoryRepository;
import dev.leat.flow.repository.FlowRepository;
import dev.leat.flow.repository.SchemaHistoryRepository;
import dev.leat.spi.error.LeatException;
import dev.leat.spi.kind.StepNode;
import dev.leat.spi.repository.Documents;
import dev.leat.spi.schema.Column;
import dev.leat.spi.schema.ColumnChange;
import dev.leat.spi.schema.TableId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Records which datasets there are, how their columns changed, and what their flow was. What cannot
 * be recorded is told and fails nothing: the rows are there.
 */
public final class DatasetRecorder {
  private static final Logger LOG = LoggerFactory.getLogger(DatasetRecorder.class);

  private final DatasetRepository datasets;
  private final SchemaHistoryRepository history;
  private final FlowRepository flows;
  private final String flow;
  private final String owner;

  /**
   * Records in these documents.
   *
   * @param owner the flow's; may be empty
   */
  public DatasetRecorder(Documents documents, String flow, String owner) {
    this.datasets = new DocumentDatasetRepository(documents);
    this.history = new DocumentSchemaHistoryRepository(documents);
    this.flows = new DocumentFlowRepository(documents);
    this.flow = flow;
    this.owner = owner;
  }

  /** Records a dataset and, if its columns are other than before, a version of them. */
  public void published(Published made, String run, Instant at) {
    try {
      List<Column> columns =
          made.anew() ? made.columns() : kept(made.columns(), datasets.find(made.table()));
      datasets.save(
          new Dataset(
              made.table(),
              made.description(),
              owner,
              columns,
              made.key(),
              flow,
              made.step(),
              made.engine(),
              at));
      var unused = history.append(made.table(), columns, run, at);
    } catch (LeatException e) {
      LOG.warn(
          "dataset={} is published, but not recorded: {}; {}", made.table(), e.message(), e.fix());
    }
  }

  /** Columns of a table that has rows from before: where there may have been NULL, there may be. */
  private static List<Column> kept(List<Column> columns, Optional<Dataset> before) {
    Set<String> nullable = new HashSet<>();
    before.ifPresent(
        dataset ->
            dataset.columns().stream()
                .filter(Column::nullable)
                .forEach(column -> nullable.add(column.name())));
    return columns.stream()
        .map(
            column ->
                new Column(
                    column.name(),
                    column.type(),
                    column.nullable() || nullable.contains(column.name()),
                    column.sourceType()))
        .toList();
  }

  /** Records a flow and what it does, if that is other than before. */
  public void defined(FlowModel model, Path file, StepPlanner planner, Instant at) {
    try {
      Map<String, String> instructions = new TreeMap<>();
      for (StepModel step : model.steps()) {
        for (StepNode node : planner.canonical(step)) {
          instructions.put(node.name().toString(), InstructionJson.write(node.work()));
        }
      }
      var unused = flows.save(flow, Files.readString(file), instructions, at);
    } catch (LeatException e) {
      LOG.warn("flow={} is not recorded: {}; {}", flow, e.message(), e.fix());
    } catch (IOException e) {
      LOG.warn("flow={} is not recorded: {}", flow, e.toString());
    }
  }

  /**
   * Records that the columns of a dataset were changed by themselves.
   *
   * @param columns as they are now; empty if the dataset is gone
   * @param renamed columns that are the same under another name
   * @param by the migration
   */
  public void migrated(
      TableId table,
      List<Column> columns,
      List<ColumnChange.Renamed> renamed,
      String by,
      Instant at) {
    try {
      Optional<Dataset> known = datasets.find(table);
      Set<String> never = new HashSet<>();
      known.ifPresent(
          dataset ->
              dataset.columns().stream()
                  .filter(column -> !column.nullable())
                  .forEach(column -> never.add(column.name())));
      renamed.stream()
          .filter(change -> never.contains(change.before().name()))
          .toList()
          .forEach(change -> never.add(change.after().name()));
      List<Column> now =
          columns.stream()
              .map(c -> new Column(c.name(), c.type(), !never.contains(c.name()), ""))
              .toList();
      known.ifPresent(
          dataset ->
              datasets.save(
                  new Dataset(
                      table,
                      dataset.description(),
                      dataset.owner(),
                      now,
                      dataset.key(),
                      dataset.flow(),
                      dataset.madeBy(),
                      dataset.engine(),
                      dataset.updated())));
      var unused = history.append(table, now, renamed, by, at);
    } catch (LeatException e) {
      LOG.warn("dataset={} is changed, but not recorded: {}; {}", table, e.message(), e.fix());
    }
  }
}

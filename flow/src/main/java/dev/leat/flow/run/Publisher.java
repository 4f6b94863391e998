package dev.leat.flow.run;

import dev.leat.flow.engine.Workspace;
import dev.leat.flow.export.ExportRows;
import dev.leat.flow.export.Exporter;
import dev.leat.flow.export.FilePublish;
import dev.leat.flow.instruction.Fingerprint;
import dev.leat.flow.instruction.InstructionJson;
import dev.leat.flow.model.PublishModel;
import dev.leat.flow.plan.Staged;
import dev.leat.flow.plan.StepPlanner;
import dev.leat.spi.engine.Cancellation;
import dev.leat.spi.engine.Engine;
import dev.leat.spi.engine.Mark;
import dev.leat.spi.engine.Publication;
import dev.leat.spi.kind.StepWork;
import dev.leat.spi.schema.Column;
import dev.leat.spi.schema.TableId;
import dev.leat.spi.source.BatchReader;
import dev.leat.spi.sql.Dialect;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Writes datasets to another system: aside first, then visible at once. */
final class Publisher {
  private final Workspace workspace;
  private final StepPlanner planner;
  private final Transfers transfers;
  private final boolean always;
  private final String run;
  private final Instant now;

  /**
   * @param always whether datasets are sent that are there as they are
   */
  Publisher(
      Workspace workspace,
      StepPlanner planner,
      Transfers transfers,
      boolean always,
      String run,
      Instant now) {
    this.workspace = workspace;
    this.planner = planner;
    this.transfers = transfers;
    this.always = always;
    this.run = run;
    this.now = now;
  }

  /**
   * What was written.
   *
   * @param rows that were sent
   * @param after rows of the table afterwards
   */
  record Written(long rows, long after) {}

  /** Empty if the dataset is there as it is. */
  Optional<Written> publish(PublishModel publish, TableId dataset, Cancellation cancellation) {
    return publish.system().equals(FilePublish.SYSTEM)
        ? toFiles(publish, dataset, cancellation)
        : toTable(publish, dataset, cancellation);
  }

  private Optional<Written> toFiles(
      PublishModel publish, TableId dataset, Cancellation cancellation) {
    StepWork.Export work = FilePublish.work(publish, dataset, target(publish, dataset));
    Exporter exporter = new Exporter(workspace.engines().files(), workspace.engines().storages());
    List<Column> columns = workspace.columns(dataset).orElseThrow(() -> Staged.noDataset(dataset));
    String fingerprint = fingerprint(publish, dataset, columns);
    if (!fingerprint.isEmpty()) {
      fingerprint = Fingerprint.of(fingerprint + "\n" + InstructionJson.write(work));
    }
    if (!always && exporter.isThere(work, fingerprint)) {
      return Optional.empty();
    }
    long rows =
        exporter.export(
            ExportRows.of(
                workspace.engineOf(dataset), transfers.everything(dataset, columns), columns),
            columns,
            work,
            new Exporter.Job(dataset, run, now, fingerprint, Optional.empty()),
            cancellation);
    return Optional.of(new Written(rows, rows));
  }

  /** The name that a dataset has there. */
  private TableId target(PublishModel publish, TableId dataset) {
    return workspace
        .environment()
        .requireOwn(workspace.written(publish.tables().getOrDefault(dataset, dataset)));
  }

  private Optional<Written> toTable(
      PublishModel publish, TableId dataset, Cancellation cancellation) {
    Engine target = workspace.engines().engine(publish);
    TableId table = target(publish, dataset);
    List<Column> columns = workspace.columns(dataset).orElseThrow(() -> Staged.noDataset(dataset));
    List<Column> before = target.columns(table).orElse(List.of());
    String fingerprint = fingerprint(publish, dataset, columns);
    if (!always && !before.isEmpty() && isThere(target, table, fingerprint)) {
      return Optional.empty();
    }
    TableId staging = Staged.of(table);
    long rows;
    try (BatchReader reader =
        workspace
            .engineOf(dataset)
            .read(transfers.everything(dataset, columns), columns, cancellation)) {
      rows = target.load(staging, columns, reader, cancellation);
    }
    Mark mark = new Mark(table.toString(), "", run, fingerprint, null, now);
    long after =
        target.publish(
            new Publication(table, staging, publish.write(), columns, before), mark, cancellation);
    index(publish, dataset, table, target);
    return Optional.of(new Written(rows, after));
  }

  /** Of the rows and how they are written; nothing if the state of the rows is not known. */
  private String fingerprint(PublishModel publish, TableId dataset, List<Column> columns) {
    return planner
        .version(dataset)
        .map(
            version ->
                Fingerprint.of(
                    String.join(
                        "\n",
                        dataset.toString(),
                        version,
                        types(columns),
                        publish.write().toString(),
                        String.valueOf(publish.indexes().get(dataset)))))
        .orElse("");
  }

  private static String types(List<Column> columns) {
    return columns.stream()
        .map(column -> column.name() + " " + column.type())
        .collect(Collectors.joining(", "));
  }

  private static boolean isThere(Engine target, TableId table, String fingerprint) {
    return !fingerprint.isEmpty()
        && target.marks().stream()
            .anyMatch(
                mark ->
                    mark.step().equals(table.toString()) && mark.fingerprint().equals(fingerprint));
  }

  private void index(PublishModel publish, TableId dataset, TableId table, Engine target) {
    Dialect dialect = workspace.engines().connector(publish).dialect();
    List<String> statements = new ArrayList<>();
    for (String column : publish.indexes().getOrDefault(dataset, List.of())) {
      statements.addAll(dialect.indexStatements(table, List.of(column)));
    }
    if (!statements.isEmpty()) {
      target.run(statements);
    }
  }
}

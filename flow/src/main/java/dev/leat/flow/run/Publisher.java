package dev.leat.flow.run;

import dev.leat.flow.engine.Workspace;
import dev.leat.flow.model.PublishModel;
import dev.leat.flow.plan.Staged;
import dev.leat.spi.engine.Cancellation;
import dev.leat.spi.engine.Engine;
import dev.leat.spi.engine.Mark;
import dev.leat.spi.engine.Publication;
import dev.leat.spi.schema.Column;
import dev.leat.spi.schema.TableId;
import dev.leat.spi.source.BatchReader;
import dev.leat.spi.sql.Dialect;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Writes datasets to another system: aside first, then visible at once. */
final class Publisher {
  private final Workspace workspace;
  private final Transfers transfers;
  private final String run;
  private final Instant now;

  Publisher(Workspace workspace, Transfers transfers, String run, Instant now) {
    this.workspace = workspace;
    this.transfers = transfers;
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

  Written publish(PublishModel publish, TableId dataset, Cancellation cancellation) {
    Engine target = workspace.engines().engine(publish);
    TableId table =
        workspace
            .environment()
            .requireOwn(workspace.written(publish.tables().getOrDefault(dataset, dataset)));
    List<Column> columns = workspace.columns(dataset).orElseThrow(() -> Staged.noDataset(dataset));
    TableId staging = Staged.of(table);
    long rows;
    try (BatchReader reader =
        workspace
            .engineOf(dataset)
            .read(transfers.everything(dataset, columns), columns, cancellation)) {
      rows = target.load(staging, columns, reader, cancellation);
    }
    List<Column> before = target.columns(table).orElse(List.of());
    Mark mark = new Mark(table.toString(), "", run, "", null, now);
    long after =
        target.publish(
            new Publication(table, staging, publish.write(), columns, before), mark, cancellation);
    index(publish, dataset, table, target);
    return new Written(rows, after);
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

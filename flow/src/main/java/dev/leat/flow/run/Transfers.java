package dev.leat.flow.run;

import dev.leat.flow.engine.Workspace;
import dev.leat.spi.engine.Cancellation;
import dev.leat.spi.engine.Engine;
import dev.leat.spi.schema.Column;
import dev.leat.spi.schema.TableId;
import dev.leat.spi.source.BatchReader;
import dev.leat.spi.sql.Dialect;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/** Brings datasets to engines that they are not at, once in a run. */
final class Transfers {
  private final Workspace workspace;
  private final Map<String, Object> locks = new ConcurrentHashMap<>();
  private final Map<String, Boolean> brought = new ConcurrentHashMap<>();

  Transfers(Workspace workspace) {
    this.workspace = workspace;
  }

  /** Makes sure that a query at {@code engine} can read the datasets. */
  void bring(List<TableId> datasets, String engine, Cancellation cancellation) {
    for (TableId dataset : datasets) {
      if (!workspace.home(dataset).equals(engine)) {
        String name = engine + "\n" + dataset;
        synchronized (locks.computeIfAbsent(name, n -> new Object())) {
          if (!brought.containsKey(name)) {
            Engine target = workspace.engines().engine(engine);
            List<Column> columns = workspace.columns(dataset).orElse(List.of());
            try (BatchReader rows =
                workspace
                    .engineOf(dataset)
                    .read(everything(dataset, columns), columns, cancellation)) {
              long unused = target.load(workspace.copy(dataset), columns, rows, cancellation);
            }
            brought.put(name, true);
          }
        }
      }
    }
  }

  /** A query at the dataset's home for its rows. */
  String everything(TableId dataset, List<Column> columns) {
    Dialect dialect = workspace.engines().connector(workspace.home(dataset)).dialect();
    return columns.stream()
        .map(column -> dialect.quote(column.name()))
        .collect(
            Collectors.joining(", ", "SELECT ", " FROM " + dialect.quote(workspace.read(dataset))));
  }
}

package dev.leat.flow.engine;

import dev.leat.flow.model.EnvironmentModel;
import dev.leat.spi.error.ErrorCode;
import dev.leat.spi.error.LeatException;
import dev.leat.spi.schema.TableId;
import org.jspecify.annotations.Nullable;

/**
 * Where a run writes. The one place that makes the name of a table that is written: in an
 * environment every such name begins with its prefix, so that nothing else can be written.
 *
 * @param model which; null for the real tables
 */
public record Environment(@Nullable EnvironmentModel model) {
  /** The real tables. */
  public static final Environment PRODUCTION = new Environment(null);

  /** Empty for the real tables. */
  public String name() {
    return model == null ? "" : model.name();
  }

  /** The table that a dataset is written to. */
  public TableId written(TableId dataset) {
    return model == null
        ? dataset
        : new TableId(model.prefix() + dataset.schema(), dataset.table());
  }

  /** Refuses a table that is not this environment's; a defect, whatever led to it. */
  public TableId requireOwn(TableId table) {
    if (model != null && !table.schema().startsWith(model.prefix())) {
      throw new LeatException(
          ErrorCode.INTERNAL,
          "a run in environment " + model.name() + " was about to write " + table,
          "this is a defect of Leat; nothing was written");
    }
    return table;
  }
}

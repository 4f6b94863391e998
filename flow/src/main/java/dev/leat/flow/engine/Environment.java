package dev.leat.flow.engine;

import dev.leat.flow.model.EnvironmentModel;
import dev.leat.spi.error.ErrorCode;
import dev.leat.spi.error.LeatException;
import dev.leat.spi.schema.TableId;
import java.util.regex.Pattern;
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

  private static final Pattern BUCKET = Pattern.compile("[a-z][a-z0-9+.-]+://[^/]+");

  public boolean isProduction() {
    return model == null;
  }

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

  /** Where an export is written: its last part begins as the environment's schemas do. */
  public String written(String path) {
    if (model == null) {
      return path;
    }
    String whole = path.replaceFirst("/+$", "");
    if (BUCKET.matcher(whole).matches()) {
      return whole + "/" + model.prefix();
    }
    int last = whole.lastIndexOf('/') + 1;
    return whole.substring(0, last) + model.prefix() + whole.substring(last);
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

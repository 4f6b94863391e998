package dev.leat.postgres.snapshot;

import dev.leat.postgres.schema.TableShape;
import dev.leat.spi.schema.TableId;

/** Gives the shapes that tables have now. */
@FunctionalInterface
public interface ShapeSource {

  /**
   * The shape now.
   *
   * @throws dev.leat.spi.error.LeatException if the table does not exist
   */
  TableShape shape(TableId table);
}

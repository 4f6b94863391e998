package dev.leat.spi.kind;

import dev.leat.spi.instruction.Relation;
import dev.leat.spi.schema.Column;
import dev.leat.spi.schema.TableId;
import java.time.Instant;
import java.util.List;

/** What a kind may ask about what its step reads and made. */
public interface StepInputs {

  /**
   * The columns of a dataset, made by another step or found at the engine.
   *
   * @throws dev.leat.spi.error.LeatException category CONFIG if there is no such dataset
   */
  List<Column> columns(TableId dataset);

  /**
   * The tables named in portable SQL.
   *
   * @throws dev.leat.spi.error.LeatException category CONFIG if it cannot be read, with the place
   */
  List<TableId> tablesIn(Relation relation);

  /** Whether the dataset exists already, so that it can be read as it is before the step. */
  boolean exists(TableId dataset);

  /**
   * How far the step has read its input, as its mark says: a value for each of {@link
   * StepNode.Increment#columns()}, as {@link dev.leat.spi.sql.Dialect#literal} takes it; empty if
   * it begins anew.
   */
  List<String> watermark();

  /** The time of the run. */
  Instant now();
}

package dev.leat.spi.destination;

import dev.leat.spi.batch.BatchMode;
import dev.leat.spi.schema.Column;
import dev.leat.spi.schema.LogicalType.Primitive;
import java.util.List;

/** What a table at the destination is. */
public enum WriteMode {
  /** The current state of the source's table: equal to it row by row, without further columns. */
  MIRROR(BatchMode.LAST_PER_KEY),
  /** As {@link #MIRROR}, but deleted rows stay, marked in {@code _leat_deleted}. */
  MIRROR_KEEPING_DELETED(BatchMode.LAST_PER_KEY_KEEPING_DELETED),
  /**
   * Every change as a row, with {@code _leat_op}, {@code _leat_lsn}, {@code _leat_ordinal} and more
   * beside it.
   */
  HISTORY(BatchMode.EVERY_CHANGE);

  private final BatchMode batches;

  WriteMode(BatchMode batches) {
    this.batches = batches;
  }

  /** The columns that such a table has behind the source's. */
  public List<Column> columns() {
    return switch (this) {
      case MIRROR -> List.of();
      case MIRROR_KEEPING_DELETED ->
          List.of(
              column("_leat_deleted", Primitive.BOOLEAN),
              column("_leat_deleted_at", Primitive.TIMESTAMP_TZ));
      case HISTORY ->
          List.of(
              column("_leat_op", Primitive.TEXT),
              column("_leat_lsn", Primitive.TEXT),
              column("_leat_ordinal", Primitive.INT64),
              column("_leat_committed_at", Primitive.TIMESTAMP_TZ),
              column("_leat_unchanged", Primitive.TEXT));
    };
  }

  private static Column column(String name, Primitive type) {
    return new Column(name, type, true, "");
  }

  /** What such a table is handed. */
  public BatchMode batches() {
    return batches;
  }
}

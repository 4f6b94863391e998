package dev.leat.library.rows;

import dev.leat.spi.Position;
import dev.leat.spi.batch.ChangeBatch;
import dev.leat.spi.batch.Effect;
import dev.leat.spi.batch.Operation;
import dev.leat.spi.destination.ChangeWriter;
import dev.leat.spi.destination.Reshape;
import dev.leat.spi.destination.TableTarget;
import dev.leat.spi.error.ErrorCode;
import dev.leat.spi.error.LeatException;
import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.vector.BitVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.TinyIntVector;
import org.jspecify.annotations.Nullable;

/** Applies batches of changes row by row. */
final class RowChangeWriter implements ChangeWriter {
  private final RowDestination destination;

  RowChangeWriter(RowDestination destination) {
    this.destination = destination;
  }

  @Override
  public void write(TableTarget target, ChangeBatch batch) {
    destination.inWriter(
        store -> {
          try (batch) {
            if (batch.truncated()) {
              store.drop(target.table());
              store.create(target.table(), target.schema().columns());
            }
            TinyIntVector effects = batch.effects();
            if (effects == null) {
              applyInOrder(store, target, batch);
            } else {
              applyLast(store, target, batch, effects);
            }
          }
          return null;
        });
  }

  /** Without a key every row is a change. */
  private static void applyInOrder(RowStore store, TableTarget target, ChangeBatch batch)
      throws Exception {
    for (int row = 0; row < batch.rows(); row++) {
      Row values = values(batch, row);
      if (batch.operations().get(row) != Operation.DELETE.code()) {
        store.insert(target.table(), values);
      } else if (store.take(target.table(), values) == null && !batch.overlapping()) {
        throw missing(target);
      }
    }
  }

  /** Rows are made up before anything is removed, since they may keep values of rows that go. */
  private static void applyLast(
      RowStore store, TableTarget target, ChangeBatch batch, TinyIntVector effects)
      throws Exception {
    List<Row> present = new ArrayList<>();
    for (int row = 0; row < batch.rows(); row++) {
      if ((effects.get(row) & Effect.PRESENT) != 0) {
        present.add(completed(store, target, batch, row));
      }
    }
    for (int row = 0; row < batch.rows(); row++) {
      if ((effects.get(row) & Effect.REPLACES) != 0) {
        var unused = store.take(target.table(), key(target, batch, row));
      }
    }
    for (Row row : present) {
      store.insert(target.table(), row);
    }
  }

  private static Row completed(RowStore store, TableTarget target, ChangeBatch batch, int row)
      throws Exception {
    Row values = values(batch, row);
    if (!lacksValues(batch, row)) {
      return values;
    }
    List<@Nullable Object> kept = store.take(target.table(), before(target, batch, row));
    if (kept == null) {
      if (batch.overlapping()) {
        return values;
      }
      throw missing(target);
    }
    // Its place may be wanted by other rows of the batch.
    store.insert(target.table(), new Row(values.columns(), kept));
    List<@Nullable Object> whole = new ArrayList<>(values.values());
    for (int i = 0; i < whole.size(); i++) {
      if (isAbsent(batch, i, row)) {
        whole.set(i, kept.get(i));
      }
    }
    return new Row(values.columns(), whole);
  }

  private static boolean lacksValues(ChangeBatch batch, int row) {
    for (int i = 0; i < batch.absent().size(); i++) {
      if (isAbsent(batch, i, row)) {
        return true;
      }
    }
    return false;
  }

  private static boolean isAbsent(ChangeBatch batch, int column, int row) {
    BitVector absent = batch.absent().get(column);
    return absent != null && absent.get(row) != 0;
  }

  /** The key that the row has at the destination. */
  private static Row before(TableTarget target, ChangeBatch batch, int row) {
    List<FieldVector> moved = batch.movedFrom();
    return moved == null || moved.getFirst().isNull(row)
        ? key(target, batch, row)
        : RowDestination.row(target.schema().keyColumns(), moved, row);
  }

  private static Row key(TableTarget target, ChangeBatch batch, int row) {
    return values(batch, row).only(target.schema().key());
  }

  private static Row values(ChangeBatch batch, int row) {
    return RowDestination.row(batch.schema().columns(), batch.values(), row);
  }

  private static LeatException missing(TableTarget target) {
    return new LeatException(
        ErrorCode.INTERNAL,
        "a row of %s that changed is missing at the destination".formatted(target.schema().table()),
        "`leat resync %s` copies the table anew".formatted(target.schema().table()));
  }

  @Override
  public void reshape(Reshape reshape) {
    try (reshape) {
      throw destination.otherShape(reshape.from());
    }
  }

  @Override
  public void commit(Position progress) {
    destination.commitWriter(progress);
  }

  @Override
  public void rollback() {
    destination.rollbackWriter();
  }

  @Override
  public void close() {
    destination.rollbackWriter();
  }
}

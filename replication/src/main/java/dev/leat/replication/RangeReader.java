package dev.leat.replication;

import dev.leat.spi.Failpoint;
import dev.leat.spi.batch.RowBatch;
import dev.leat.spi.source.BatchReader;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A range's reader that can be told to end in the middle, so that the destination forgets the
 * range.
 */
final class RangeReader implements BatchReader {
  private final BatchReader reader;
  private final BooleanSupplier stopped;

  RangeReader(BatchReader reader, BooleanSupplier stopped) {
    this.reader = reader;
    this.stopped = stopped;
  }

  @Override
  public @Nullable RowBatch next() {
    if (stopped.getAsBoolean()) {
      throw new Stop.Stopped();
    }
    Failpoint.reach("copy-batch-read");
    return reader.next();
  }

  @Override
  public long bytesRead() {
    return reader.bytesRead();
  }

  @Override
  public long rowsRead() {
    return reader.rowsRead();
  }

  @Override
  public void close() {
    reader.close();
  }
}

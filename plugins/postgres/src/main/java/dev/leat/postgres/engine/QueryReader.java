package dev.leat.postgres.engine;

import dev.leat.postgres.connect.WireConnection;
import dev.leat.postgres.types.TableCodec;
import dev.leat.postgres.wire.CopyRowDecoder;
import dev.leat.spi.batch.RowBatch;
import dev.leat.spi.batch.RowBatchBuilder;
import dev.leat.spi.engine.Cancellation;
import dev.leat.spi.error.LeatException;
import dev.leat.spi.source.BatchReader;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.arrow.memory.BufferAllocator;
import org.jspecify.annotations.Nullable;

/** Reads what a COPY of a query gives, in a session of its own. */
final class QueryReader implements BatchReader {
  /** What DuckDB keeps in one row group. */
  private static final int BATCH_ROWS = 122_880;

  private static final long BATCH_BYTES = 32L << 20;
  private static final int FIRST_CAPACITY = 1024;

  private final WireConnection session;
  private final TableCodec codec;
  private final BufferAllocator allocator;
  private final CopyRowDecoder decoder;
  private final Cancellation cancellation;
  private final Cancelling cancelling;
  private final AtomicLong rows = new AtomicLong();
  private int capacity = FIRST_CAPACITY;
  private boolean ended;

  /**
   * Reads the COPY that was started on {@code session}.
   *
   * @param cancelling stops what runs on {@code session}; closed by this
   */
  QueryReader(
      WireConnection session,
      TableCodec codec,
      BufferAllocator allocator,
      Cancellation cancellation,
      Cancelling cancelling) {
    this.session = session;
    this.codec = codec;
    this.allocator = allocator;
    this.decoder = new CopyRowDecoder(codec);
    this.cancellation = cancellation;
    this.cancelling = cancelling;
  }

  @Override
  public @Nullable RowBatch next() {
    if (ended) {
      return null;
    }
    EngineErrors.check(cancellation);
    try (RowBatchBuilder builder = new RowBatchBuilder(allocator, codec.schema(), capacity)) {
      long bytes = 0;
      while (builder.rows() < BATCH_ROWS && bytes < BATCH_BYTES) {
        if (!session.nextCopyData()) {
          ended = true;
          break;
        }
        bytes += session.length();
        decoder.decode(session.buffer(), session.offset(), session.length(), builder);
      }
      if (builder.rows() == 0) {
        return null;
      }
      rows.addAndGet(builder.rows());
      capacity = Math.max(FIRST_CAPACITY, builder.rows());
      return builder.build();
    } catch (LeatException e) {
      throw cancellation.isCancelled() ? EngineErrors.cancelled(e) : e;
    }
  }

  @Override
  public long bytesRead() {
    return session.bytesRead();
  }

  @Override
  public long rowsRead() {
    return rows.get();
  }

  @Override
  public void close() {
    cancelling.close();
    if (!ended && !session.idle()) {
      // A server that waits to send does not notice otherwise before much later.
      session.cancel();
    }
    session.close();
  }
}

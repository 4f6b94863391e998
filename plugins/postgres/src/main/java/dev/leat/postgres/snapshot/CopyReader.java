package dev.leat.postgres.snapshot;

import dev.leat.postgres.connect.WireConnection;
import dev.leat.postgres.types.TableCodec;
import dev.leat.postgres.wire.CopyRowDecoder;
import dev.leat.spi.batch.RowBatch;
import dev.leat.spi.batch.RowBatchBuilder;
import dev.leat.spi.source.BatchReader;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.arrow.memory.BufferAllocator;
import org.jspecify.annotations.Nullable;

/** Reads the rows of one COPY. */
final class CopyReader implements BatchReader {
  /** What DuckDB keeps in one row group; also a good size for Parquet. */
  private static final int BATCH_ROWS = 122_880;

  private static final long BATCH_BYTES = 32L << 20;
  private static final int FIRST_CAPACITY = 1024;

  private final SnapshotSessions sessions;
  private final WireConnection session;
  private final TableCodec codec;
  private final BufferAllocator allocator;
  private final CopyRowDecoder decoder;
  private final long bytesBefore;
  private final AtomicLong rows = new AtomicLong();
  private int capacity = FIRST_CAPACITY;
  private boolean ended;
  private boolean closed;

  /**
   * Reads the COPY that was started on {@code session}.
   *
   * @param sessions takes the session back at the end
   */
  CopyReader(
      SnapshotSessions sessions,
      WireConnection session,
      TableCodec codec,
      BufferAllocator allocator) {
    this.sessions = sessions;
    this.session = session;
    this.codec = codec;
    this.allocator = allocator;
    this.decoder = new CopyRowDecoder(codec);
    this.bytesBefore = session.bytesRead();
  }

  @Override
  public @Nullable RowBatch next() {
    if (ended) {
      return null;
    }
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
    }
  }

  @Override
  public long bytesRead() {
    return session.bytesRead() - bytesBefore;
  }

  @Override
  public long rowsRead() {
    return rows.get();
  }

  @Override
  public void close() {
    if (closed) {
      return;
    }
    closed = true;
    if (ended) {
      sessions.giveBack(session);
    } else {
      sessions.discard(session);
    }
  }
}

package dev.leat.replication;

import dev.leat.spi.Position;
import dev.leat.spi.schema.TableSchema;
import dev.leat.spi.source.ChangeSink;
import dev.leat.spi.source.TableFeed;
import org.jspecify.annotations.Nullable;

/**
 * Wants nothing; for the last exchange with a source, after which what arrives will be received
 * again.
 */
enum Discard implements ChangeSink {
  SINK;

  @Override
  public @Nullable TableFeed feed(TableSchema schema) {
    return null;
  }

  @Override
  public void begin(long sequence, long committedMicros) {}

  @Override
  public void commit(Position next) {}

  @Override
  public void idle(Position upTo) {}
}

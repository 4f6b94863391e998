package dev.leat.benchmarks;

import dev.leat.spi.Position;
import dev.leat.spi.batch.ChangeBatch;
import dev.leat.spi.batch.RowBatch;
import dev.leat.spi.destination.ChangeWriter;
import dev.leat.spi.destination.CopyOutcome;
import dev.leat.spi.destination.Destination;
import dev.leat.spi.destination.DestinationProgress;
import dev.leat.spi.destination.Reshape;
import dev.leat.spi.destination.Rows;
import dev.leat.spi.destination.TableTarget;
import dev.leat.spi.schema.TableId;
import dev.leat.spi.source.BatchReader;
import dev.leat.spi.source.CopyRange;
import dev.leat.spi.source.Finding;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Throws rows away, so that what Leat itself needs can be seen. */
final class NullDestination implements Destination {
  private final Map<TableId, Set<String>> ranges = new HashMap<>();
  private @Nullable Position streamed;

  @Override
  public String describe() {
    return "nowhere";
  }

  @Override
  public synchronized DestinationProgress progress() {
    return new DestinationProgress(streamed, Map.copyOf(ranges));
  }

  @Override
  public List<Finding> check(List<TableTarget> targets) {
    return List.of();
  }

  @Override
  public void prepare(TableTarget target) {}

  @Override
  public synchronized void startCopy(TableTarget target) {
    ranges.put(target.schema().table(), new HashSet<>());
  }

  @Override
  public CopyOutcome copy(
      TableTarget target, CopyRange range, BatchReader rows, boolean overlapping) {
    long count = 0;
    for (RowBatch batch = rows.next(); batch != null; batch = rows.next()) {
      count += batch.rows();
      batch.close();
    }
    synchronized (this) {
      ranges.computeIfAbsent(target.schema().table(), _ -> new HashSet<>()).add(range.id());
    }
    return new CopyOutcome(count);
  }

  @Override
  public void finishCopy(TableTarget target) {}

  @Override
  public ChangeWriter openChangeWriter() {
    return new ChangeWriter() {
      @Override
      public void write(TableTarget target, ChangeBatch batch) {
        batch.close();
      }

      @Override
      public void reshape(Reshape reshape) {
        reshape.close();
      }

      @Override
      public void commit(Position progress) {
        synchronized (NullDestination.this) {
          streamed = progress;
        }
      }

      @Override
      public void rollback() {}

      @Override
      public void close() {}
    };
  }

  @Override
  public Rows preview(TableId table, int limit) {
    return new Rows(List.of(), List.of(), List.of());
  }

  @Override
  public void close() {}
}

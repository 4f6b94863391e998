package dev.leat.replication;

import dev.leat.spi.Position;
import dev.leat.spi.batch.ChangeBatch;
import dev.leat.spi.destination.Reshape;
import dev.leat.spi.destination.TableTarget;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Changes on their way from the thread that receives them to the one that applies them.
 *
 * @param steps in the order to write them
 * @param commit progress once the steps are durable; null if the last transaction goes on in the
 *     next delivery
 * @param committedMicros commit time of the last whole transaction
 */
record Delivery(List<Step> steps, @Nullable Position commit, long committedMicros) {

  /** One thing to do for one table. */
  sealed interface Step {
    ReplicatedTable table();

    void discard();
  }

  /**
   * A batch of one table. The batch counts {@code changes} changes, those without effect included.
   */
  record Write(ReplicatedTable table, TableTarget target, ChangeBatch batch, long changes)
      implements Step {
    @Override
    public void discard() {
      batch.close();
    }
  }

  /** A change of a table's shape. */
  record Alter(ReplicatedTable table, Reshape reshape) implements Step {
    @Override
    public void discard() {
      reshape.close();
    }
  }

  void discard() {
    steps.forEach(Step::discard);
  }
}

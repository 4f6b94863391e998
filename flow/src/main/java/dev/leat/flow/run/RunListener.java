package dev.leat.flow.run;

import dev.leat.flow.repository.StepState;
import dev.leat.spi.error.LeatException;
import dev.leat.spi.schema.TableId;
import java.util.List;

/** Is told what happens in a run, by whatever thread it happens in. */
public interface RunListener {

  /** The run begins; these nodes will be done or found up to date. */
  void began(List<String> nodes);

  /** An attempt at a part of a node begins, the first or a later one. */
  void started(String node, TableId dataset, String unit, int attempt);

  /** An attempt failed and another follows. */
  void retrying(String node, LeatException e, long waitMillis);

  /** The rows of a dataset have become visible. */
  default void published(Published made) {}

  /** A part of a node ended. */
  void ended(StepResult result);

  /** The node is done with. */
  void finished(String node, StepState state);
}

package dev.leat.flow.repository;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What happened in runs. Head and steps are saved apart, so that steps that run at the same time do
 * not wait for each other; each is durable on return. Safe for use by several threads.
 *
 * <p>Nothing here ends a run whose process died: its head stays {@link RunState#RUNNING}.
 */
public interface RunRepository {
  /** How many runs of a flow are kept unless something else is wanted. */
  int KEPT = 1000;

  /** Gives a new run its name and saves its head. */
  RunHead begin(String flow, String environment, String trigger, Instant startedAt);

  /** Saves the head of a run that was begun, as it is now. */
  void save(RunHead head);

  /** Saves a step of a run, as it is now. */
  void save(RunHead run, StepRecord step);

  Optional<RunHead> head(String flow, String id);

  Optional<RunRecord> load(String flow, String id);

  /** The newest runs of a flow, from the newest. */
  List<RunHead> list(String flow, int limit);

  /** The newest run of a flow in an environment. */
  Optional<RunHead> last(String flow, String environment);

  /**
   * Forgets all runs of a flow but the newest, and those that are not over.
   *
   * @param keep how many
   * @return how many were forgotten
   */
  int prune(String flow, int keep);
}

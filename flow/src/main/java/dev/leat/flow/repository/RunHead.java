package dev.leat.flow.repository;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A run without its steps.
 *
 * @param id as {@link RunIds} makes them
 * @param flow the flow's name
 * @param environment its name; empty if the flow has none
 * @param trigger what began it, such as {@code command} or {@code schedule}
 * @param state how it is
 * @param startedAt when it began
 * @param endedAt when its state became final; null if it is not
 * @param error why it failed as a whole; null if it did not, or if its steps say it
 */
public record RunHead(
    String id,
    String flow,
    String environment,
    String trigger,
    RunState state,
    Instant startedAt,
    @Nullable Instant endedAt,
    @Nullable ErrorRecord error) {

  /**
   * It is over.
   *
   * @param end a final state
   */
  public RunHead ended(RunState end, Instant at, @Nullable ErrorRecord cause) {
    return new RunHead(id, flow, environment, trigger, end, startedAt, at, cause);
  }
}

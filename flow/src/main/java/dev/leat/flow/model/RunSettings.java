package dev.leat.flow.model;

import java.util.Map;
import java.util.Optional;

/**
 * {@code [run]}.
 *
 * @param engine the engine of steps that name none; empty for the destination's or, without one,
 *     DuckDB in a file named after the flow
 * @param parallel the most steps at a time
 * @param retry of steps that say nothing of their own
 * @param pools how many steps of a pool run at a time
 */
public record RunSettings(
    Optional<String> engine, int parallel, RetryModel retry, Map<String, Long> pools) {
  public static final int USUAL_PARALLEL = 4;

  public RunSettings {
    pools = Map.copyOf(pools);
  }

  public static RunSettings usual() {
    return new RunSettings(Optional.empty(), USUAL_PARALLEL, RetryModel.usual(), Map.of());
  }
}

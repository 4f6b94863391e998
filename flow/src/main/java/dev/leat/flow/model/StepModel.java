package dev.leat.flow.model;

import dev.leat.flow.Place;
import dev.leat.spi.kind.StepDefinition;
import dev.leat.spi.kind.StepKind;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * {@code [step.NAME]}.
 *
 * @param definition what its kind is given
 * @param kind what it is
 * @param description for people; may be empty
 * @param engine the engine's name; empty for the flow's
 * @param after steps that have to be done before, besides those whose datasets it reads
 * @param pool that limits how many run at a time; empty for none
 * @param retry its own; empty for the flow's
 * @param timeout the longest that one attempt may take; empty for no limit
 * @param lookback for partitions: how much before the newest is made again in each run
 * @param grain of partitions in a backfill: {@code day} or {@code month}
 * @param onNewColumns what happens when the query gives columns that the table does not have
 * @param place in the flow file
 * @param keys where each of its keys stands
 */
public record StepModel(
    StepDefinition definition,
    StepKind kind,
    String description,
    Optional<String> engine,
    List<String> after,
    Optional<String> pool,
    Optional<RetryModel> retry,
    Optional<Duration> timeout,
    Optional<Duration> lookback,
    String grain,
    NewColumns onNewColumns,
    Place place,
    Map<String, Place> keys) {
  public StepModel {
    after = List.copyOf(after);
    keys = Map.copyOf(keys);
  }

  public String name() {
    return definition.name();
  }

  /** The same at the flow's engine. */
  public StepModel atUsualEngine() {
    return new StepModel(
        definition,
        kind,
        description,
        Optional.empty(),
        after,
        pool,
        retry,
        timeout,
        lookback,
        grain,
        onNewColumns,
        place,
        keys);
  }

  /** The same, tried again in another way. */
  public StepModel withRetry(RetryModel other) {
    return new StepModel(
        definition,
        kind,
        description,
        engine,
        after,
        pool,
        Optional.of(other),
        timeout,
        lookback,
        grain,
        onNewColumns,
        place,
        keys);
  }

  /** What to do with columns that a table which is kept does not have. */
  public enum NewColumns {
    /** They are added, NULL in the rows that are there. */
    ADD,
    /** The step ends with an error before anything is changed. */
    STOP
  }
}

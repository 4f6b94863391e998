package dev.leat.flow.run;

import dev.leat.flow.check.CheckResult;
import dev.leat.flow.repository.StepState;
import dev.leat.spi.error.LeatException;
import dev.leat.spi.schema.TableId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What came of one part of a step.
 *
 * @param node the graph's name of it
 * @param dataset what was made, or what it is known as
 * @param unit the partition; empty for the whole
 * @param state how it ended
 * @param attempts how often it was tried
 * @param started when its first attempt began
 * @param ended when it ended
 * @param rowsIn rows of the datasets that it read, where that is known; -1 if not
 * @param rowsOut rows that its query gave; -1 if it gave none
 * @param rowsAfter rows of the dataset afterwards; -1 if it is none
 * @param sql what ran; empty if nothing did
 * @param inputs the datasets that it read
 * @param checks what came of its checks
 * @param error why it failed; empty if it did not
 * @param notes what a person should know
 */
public record StepResult(
    String node,
    TableId dataset,
    String unit,
    StepState state,
    int attempts,
    Instant started,
    Instant ended,
    long rowsIn,
    long rowsOut,
    long rowsAfter,
    String sql,
    List<TableId> inputs,
    List<CheckResult> checks,
    Optional<LeatException> error,
    List<String> notes) {
  public StepResult {
    inputs = List.copyOf(inputs);
    checks = List.copyOf(checks);
    notes = List.copyOf(notes);
  }

  public Duration time() {
    return Duration.between(started, ended);
  }

  static StepResult without(
      String node, TableId dataset, String unit, StepState state, Instant at, List<String> notes) {
    return new StepResult(
        node,
        dataset,
        unit,
        state,
        0,
        at,
        at,
        -1,
        -1,
        -1,
        "",
        List.of(),
        List.of(),
        Optional.empty(),
        notes);
  }

  StepResult failed(StepState newState, LeatException e, int newAttempts, Instant at) {
    return new StepResult(
        node,
        dataset,
        unit,
        newState,
        newAttempts,
        started,
        at,
        rowsIn,
        rowsOut,
        rowsAfter,
        sql,
        inputs,
        checks,
        Optional.of(e),
        notes);
  }

  StepResult attempted(int newAttempts, Instant begun) {
    return new StepResult(
        node,
        dataset,
        unit,
        state,
        newAttempts,
        begun,
        ended,
        rowsIn,
        rowsOut,
        rowsAfter,
        sql,
        inputs,
        checks,
        error,
        notes);
  }
}

package dev.leat.flow.run;

import dev.leat.flow.check.CheckResult;
import dev.leat.flow.load.LoadWork;
import dev.leat.flow.plan.NodePlan;
import dev.leat.flow.repository.StepState;
import dev.leat.spi.error.LeatException;
import dev.leat.spi.schema.TableId;
import dev.leat.sql.CompiledQuery;
import dev.leat.sql.Lineage;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
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
 * @param rowsIn rows that it read of its inputs: all of those, or of one that is read in part those
 *     of that part; -1 if that is not known
 * @param rowsOut rows that its query gave; -1 if it gave none
 * @param rowsAfter rows of the dataset afterwards; -1 if it is none
 * @param sql what ran; empty if nothing did
 * @param inputs the datasets that it read
 * @param checks what came of its checks
 * @param lineage where the columns come from; empty if nothing ran
 * @param tries the attempts, in order
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
    Optional<Lineage> lineage,
    List<Try> tries,
    Optional<LeatException> error,
    List<String> notes) {
  public StepResult {
    inputs = List.copyOf(inputs);
    checks = List.copyOf(checks);
    tries = List.copyOf(tries);
    notes = List.copyOf(notes);
  }

  /**
   * One attempt.
   *
   * @param error why it failed; empty if it did not
   */
  public record Try(Instant started, Instant ended, Optional<LeatException> error) {}

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
        List.of(),
        Optional.empty(),
        notes);
  }

  /** What an attempt at the plan would come to if nothing happened. */
  static StepResult planned(NodePlan plan, StepState state, Instant at) {
    return new StepResult(
        plan.step().name(),
        plan.node().name(),
        plan.unit().name(),
        state,
        1,
        at,
        at,
        -1,
        -1,
        -1,
        plan.query().map(CompiledQuery::sql).orElse(""),
        plan.inputs(),
        List.of(),
        plan.query().map(CompiledQuery::lineage),
        List.of(),
        Optional.empty(),
        plan.notes());
  }

  StepResult done(NodeWork.Outcome outcome, Instant at) {
    return with(
        outcome.state(),
        at,
        outcome.rowsIn(),
        outcome.rowsOut(),
        outcome.rowsAfter(),
        outcome.checks(),
        error,
        notes);
  }

  StepResult published(Publisher.Written written, String note, Instant at) {
    return with(
        StepState.SUCCEEDED,
        at,
        written.rows(),
        written.rows(),
        written.after(),
        checks,
        error,
        List.of(note));
  }

  /** What came of files so far. */
  StepResult loaded(LoadWork.Loaded loaded, StepState newState, Instant at) {
    List<String> told = new ArrayList<>();
    if (loaded.files() > 0) {
      told.add(loaded.files() + (loaded.files() == 1 ? " file" : " files"));
    }
    if (loaded.parked() > 0) {
      told.add(loaded.parked() + (loaded.parked() == 1 ? " row parked" : " rows parked"));
    }
    if (!loaded.unread().isEmpty()) {
      int unread = loaded.unread().size();
      told.add(
          (unread == 1 ? "left out until it can be read: " : unread + " files left out: ")
              + loaded.unread().getFirst());
    }
    if (!loaded.format().isEmpty()) {
      told.add(loaded.format());
    }
    return new StepResult(
        node,
        dataset,
        unit,
        newState,
        attempts,
        started,
        at,
        loaded.rows() + loaded.parked(),
        loaded.rows(),
        loaded.after(),
        loaded.format(),
        inputs,
        loaded.checks(),
        lineage,
        tries,
        error,
        told);
  }

  /** Nothing was to be done. */
  StepResult leftOut(String note, Instant at) {
    return with(StepState.UP_TO_DATE, at, rowsIn, rowsOut, rowsAfter, checks, error, List.of(note));
  }

  StepResult failed(StepState newState, LeatException e, Instant at) {
    return with(newState, at, rowsIn, rowsOut, rowsAfter, checks, Optional.of(e), notes);
  }

  private StepResult with(
      StepState newState,
      Instant at,
      long in,
      long out,
      long after,
      List<CheckResult> checked,
      Optional<LeatException> why,
      List<String> told) {
    return new StepResult(
        node, dataset, unit, newState, attempts, started, at, in, out, after, sql, inputs, checked,
        lineage, tries, why, told);
  }

  StepResult attempted(List<Try> made, Instant begun) {
    return new StepResult(
        node,
        dataset,
        unit,
        state,
        made.size(),
        begun,
        ended,
        rowsIn,
        rowsOut,
        rowsAfter,
        sql,
        inputs,
        checks,
        lineage,
        made,
        error,
        notes);
  }
}

package dev.leat.flow.repository;

import dev.leat.spi.schema.TableId;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One step of a run, or one unit of a step.
 *
 * @param step its name
 * @param unit the partition, in work in parts; empty for the step as a whole
 * @param dataset what it makes; null if it makes none
 * @param state how it is
 * @param attempts begun so far
 * @param startedAt when the first attempt began; null if none did
 * @param endedAt when its state became final; null if it is not
 * @param rowsIn rows read, where they are known; otherwise null
 * @param rowsOut rows made, where they are known; otherwise null
 * @param sql what the engine was given; null before that
 * @param error why it failed; null if it did not
 * @param checks in the order they ran
 * @param inputs what it read
 * @param upstream the nodes that it directly depends on
 * @param lineage where its columns come from; empty if that is not known
 * @param tries its attempts, in order; empty if their times are not known
 */
public record StepRecord(
    String step,
    String unit,
    @Nullable TableId dataset,
    StepState state,
    int attempts,
    @Nullable Instant startedAt,
    @Nullable Instant endedAt,
    @Nullable Long rowsIn,
    @Nullable Long rowsOut,
    @Nullable String sql,
    @Nullable ErrorRecord error,
    List<CheckRecord> checks,
    List<InputRecord> inputs,
    List<String> upstream,
    List<ColumnRecord> lineage,
    List<AttemptRecord> tries) {
  public StepRecord {
    checks = List.copyOf(checks);
    inputs = List.copyOf(inputs);
    upstream = List.copyOf(upstream);
    lineage = List.copyOf(lineage);
    tries = List.copyOf(tries);
  }

  /** A step that has not begun. */
  public static StepRecord pending(String step, String unit, @Nullable TableId dataset) {
    return new StepRecord(
        step,
        unit,
        dataset,
        StepState.PENDING,
        0,
        null,
        null,
        null,
        null,
        null,
        null,
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        List.of());
  }

  /** Another attempt begins. */
  public StepRecord started(Instant at) {
    return new StepRecord(
        step,
        unit,
        dataset,
        StepState.RUNNING,
        attempts + 1,
        startedAt == null ? at : startedAt,
        null,
        rowsIn,
        rowsOut,
        sql,
        null,
        checks,
        inputs,
        upstream,
        lineage,
        tries);
  }

  /**
   * It is over.
   *
   * @param end a final state
   */
  public StepRecord ended(StepState end, Instant at, @Nullable ErrorRecord cause) {
    return new StepRecord(
        step, unit, dataset, end, attempts, startedAt, at, rowsIn, rowsOut, sql, cause, checks,
        inputs, upstream, lineage, tries);
  }

  public StepRecord withRows(@Nullable Long in, @Nullable Long out) {
    return new StepRecord(
        step, unit, dataset, state, attempts, startedAt, endedAt, in, out, sql, error, checks,
        inputs, upstream, lineage, tries);
  }

  public StepRecord withSql(String text) {
    return new StepRecord(
        step, unit, dataset, state, attempts, startedAt, endedAt, rowsIn, rowsOut, text, error,
        checks, inputs, upstream, lineage, tries);
  }

  public StepRecord withChecks(List<CheckRecord> found) {
    return new StepRecord(
        step, unit, dataset, state, attempts, startedAt, endedAt, rowsIn, rowsOut, sql, error,
        found, inputs, upstream, lineage, tries);
  }

  public StepRecord withInputs(List<InputRecord> read) {
    return new StepRecord(
        step, unit, dataset, state, attempts, startedAt, endedAt, rowsIn, rowsOut, sql, error,
        checks, read, upstream, lineage, tries);
  }

  public StepRecord withUpstream(Collection<String> nodes) {
    return new StepRecord(
        step,
        unit,
        dataset,
        state,
        attempts,
        startedAt,
        endedAt,
        rowsIn,
        rowsOut,
        sql,
        error,
        checks,
        inputs,
        List.copyOf(nodes),
        lineage,
        tries);
  }

  public StepRecord withLineage(List<ColumnRecord> columns) {
    return new StepRecord(
        step, unit, dataset, state, attempts, startedAt, endedAt, rowsIn, rowsOut, sql, error,
        checks, inputs, upstream, columns, tries);
  }

  public StepRecord withTries(List<AttemptRecord> made) {
    return new StepRecord(
        step, unit, dataset, state, attempts, startedAt, endedAt, rowsIn, rowsOut, sql, error,
        checks, inputs, upstream, lineage, made);
  }
}

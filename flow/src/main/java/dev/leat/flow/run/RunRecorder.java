package dev.leat.flow.run;

import dev.leat.flow.check.CheckResult;
import dev.leat.flow.graph.FlowGraph;
import dev.leat.flow.repository.AttemptRecord;
import dev.leat.flow.repository.CheckRecord;
import dev.leat.flow.repository.ColumnRecord;
import dev.leat.flow.repository.ErrorRecord;
import dev.leat.flow.repository.InputRecord;
import dev.leat.flow.repository.RunHead;
import dev.leat.flow.repository.RunRepository;
import dev.leat.flow.repository.RunState;
import dev.leat.flow.repository.StepRecord;
import dev.leat.flow.repository.StepState;
import dev.leat.spi.error.LeatException;
import dev.leat.spi.schema.TableId;
import dev.leat.sql.Lineage;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Records a run while it goes on, so that what is known of it survives the process. */
public final class RunRecorder implements RunListener {
  private final RunRepository runs;
  private final RunHead head;
  private final FlowGraph graph;
  private final DatasetRecorder datasets;
  private final RunListener next;

  /**
   * @param head of the run, begun
   * @param graph what the run does
   * @param datasets records what it publishes
   * @param next is told everything, too
   */
  public RunRecorder(
      RunRepository runs,
      RunHead head,
      FlowGraph graph,
      DatasetRecorder datasets,
      RunListener next) {
    this.runs = runs;
    this.head = head;
    this.graph = graph;
    this.datasets = datasets;
    this.next = next;
  }

  @Override
  public void began(List<String> nodes) {
    next.began(nodes);
  }

  @Override
  public void started(String node, TableId dataset, String unit, int attempt) {
    if (attempt == 1) {
      runs.save(
          head,
          StepRecord.pending(node, unit, dataset)
              .withUpstream(graph.upstream(node))
              .started(Instant.now()));
    }
    next.started(node, dataset, unit, attempt);
  }

  @Override
  public void retrying(String node, LeatException e, long waitMillis) {
    next.retrying(node, e, waitMillis);
  }

  @Override
  public void published(Published made) {
    datasets.published(made, head.id(), Instant.now().truncatedTo(ChronoUnit.MILLIS));
    next.published(made);
  }

  @Override
  public void ended(StepResult result) {
    runs.save(head, record(result));
    next.ended(result);
  }

  @Override
  public void finished(String node, StepState state) {
    next.finished(node, state);
  }

  /** Saves how the run ended. */
  public RunHead end(RunResult result) {
    RunState state =
        result.cancelled()
            ? RunState.CANCELLED
            : result.failed()
                ? RunState.FAILED
                : result.checksFailed() ? RunState.CHECKS_FAILED : RunState.SUCCEEDED;
    RunHead ended = head.ended(state, Instant.now(), null);
    runs.save(ended);
    return ended;
  }

  /** Saves that the run failed as a whole. */
  public void fail(LeatException e) {
    runs.save(head.ended(RunState.FAILED, Instant.now(), ErrorRecord.of(e)));
  }

  private StepRecord record(StepResult result) {
    return new StepRecord(
        result.node(),
        result.unit(),
        result.dataset(),
        result.state(),
        result.attempts(),
        result.started(),
        result.ended(),
        known(result.rowsIn()),
        known(result.rowsOut()),
        result.sql().isEmpty() ? null : result.sql(),
        result.error().map(ErrorRecord::of).orElse(null),
        result.checks().stream().map(RunRecorder::record).toList(),
        result.inputs().stream().map(input -> new InputRecord(input, null, null)).toList(),
        List.copyOf(graph.upstream(result.node())),
        result.lineage().map(RunRecorder::columns).orElse(List.of()),
        result.tries().stream().map(RunRecorder::record).toList());
  }

  private static List<ColumnRecord> columns(Lineage lineage) {
    return lineage.columns().entrySet().stream()
        .map(
            column ->
                new ColumnRecord(
                    column.getKey(),
                    column.getValue().stream()
                        .map(origin -> new ColumnRecord.Origin(origin.table(), origin.column()))
                        .sorted(Comparator.comparing(ColumnRecord.Origin::toString))
                        .toList()))
        .toList();
  }

  private static AttemptRecord record(StepResult.Try attempt) {
    return new AttemptRecord(
        attempt.started(), attempt.ended(), attempt.error().map(ErrorRecord::of).orElse(null));
  }

  private static CheckRecord record(CheckResult check) {
    return new CheckRecord(
        check.check().name(),
        check.check().severity(),
        check.passed(),
        check.failedRows(),
        check.totalRows(),
        check.message(),
        check.sample().orElse(null));
  }

  private static @Nullable Long known(long rows) {
    return rows < 0 ? null : rows;
  }

  /** The parts of a run that were done; a resumed run leaves them out. */
  public static Done done(RunRepository runs, RunHead head) {
    return new Done(
        runs.load(head.flow(), head.id()).stream()
            .flatMap(run -> run.steps().stream())
            .filter(step -> step.state().allowsNext())
            .map(
                step ->
                    Done.part(
                        step.step(),
                        Optional.ofNullable(step.dataset()).map(Object::toString).orElse(""),
                        step.unit()))
            .collect(java.util.stream.Collectors.toSet()));
  }
}

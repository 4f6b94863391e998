package dev.leat.flow.repository;

import dev.leat.spi.repository.Documents;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/** Runs as documents: one for the head of a run, one for each step and unit of it. */
public final class DocumentRunRepository implements RunRepository {
  private final RecordCollection<RunHead> heads;
  private final RecordCollection<StepRecord> steps;
  private final Random random = new SecureRandom();

  public DocumentRunRepository(Documents documents) {
    this.heads = new RecordCollection<>(documents, "runs", RunJson::write, RunJson::head);
    this.steps = new RecordCollection<>(documents, "run_steps", RunJson::write, RunJson::step);
  }

  @Override
  public RunHead begin(String flow, String environment, String trigger, Instant startedAt) {
    while (true) {
      RunHead head =
          new RunHead(
              RunIds.of(startedAt, random),
              flow,
              environment,
              trigger,
              RunState.RUNNING,
              startedAt,
              null,
              null);
      if (heads.putNew(Keys.of(flow, head.id()), head)) {
        return head;
      }
    }
  }

  @Override
  public void save(RunHead head) {
    heads.put(Keys.of(head.flow(), head.id()), head);
  }

  @Override
  public void save(RunHead run, StepRecord step) {
    steps.put(
        Keys.of(run.flow(), run.id(), step.step(), String.valueOf(step.dataset()), step.unit()),
        step);
  }

  @Override
  public Optional<RunHead> head(String flow, String id) {
    return heads.get(Keys.of(flow, id));
  }

  @Override
  public Optional<RunRecord> load(String flow, String id) {
    return head(flow, id)
        .map(
            head ->
                new RunRecord(head, steps.list(Keys.below(flow, id), Integer.MAX_VALUE, false)));
  }

  @Override
  public List<RunHead> list(String flow, int limit) {
    return heads.list(Keys.below(flow), limit, true);
  }

  @Override
  public Optional<RunHead> last(String flow, String environment) {
    return heads.keys(Keys.below(flow), Integer.MAX_VALUE, true).stream()
        .flatMap(key -> heads.get(key).stream())
        .filter(head -> head.environment().equals(environment))
        .findFirst();
  }

  /** The head goes last, so that a run of which something is left is tried again the next time. */
  @Override
  public int prune(String flow, int keep) {
    List<String> keys = heads.keys(Keys.below(flow), Integer.MAX_VALUE, true);
    int forgotten = 0;
    for (String key : keys.subList(Math.min(keep, keys.size()), keys.size())) {
      if (heads.get(key).filter(head -> head.state().isFinal()).isPresent()) {
        steps.keys(key + "/", Integer.MAX_VALUE, false).forEach(steps::delete);
        heads.delete(key);
        forgotten++;
      }
    }
    return forgotten;
  }
}

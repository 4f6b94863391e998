package dev.leat.app.command;

import dev.leat.flow.repository.DocumentRunRepository;
import dev.leat.flow.repository.RunHead;
import dev.leat.flow.repository.RunIds;
import dev.leat.flow.repository.RunRecord;
import dev.leat.flow.repository.RunRepository;
import dev.leat.flow.repository.RunState;
import dev.leat.library.FlowStore;
import dev.leat.spi.error.ErrorCategory;
import dev.leat.spi.error.ErrorCode;
import dev.leat.spi.error.LeatException;
import dev.leat.spi.repository.Documents;
import dev.leat.spi.state.StateStore;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The runs of a flow as they were recorded; nothing is changed. */
final class RecordedRuns implements AutoCloseable {
  /** Instead of a run's name: the newest. */
  static final String LAST = "last";

  private static final ErrorCode UNKNOWN = new ErrorCode("RUN_UNKNOWN", ErrorCategory.CONFIG);

  private final LoadedFlow flow;
  private final Documents documents;
  private final RunRepository runs;
  private final boolean held;

  RecordedRuns(LoadedFlow flow) {
    this.flow = flow;
    this.held = isHeld(flow);
    this.documents = flow.documents(false);
    this.runs = new DocumentRunRepository(documents);
  }

  private static boolean isHeld(LoadedFlow flow) {
    if (!FlowStore.exists(flow.stateFolder(), flow.name())) {
      return false;
    }
    try (StateStore store = FlowStore.open(flow.stateFolder(), flow.name(), false)) {
      return store.holder(flow.name()).isPresent();
    }
  }

  /** Whether a text is meant to be a run's name rather than a file's. */
  static boolean isRun(String word) {
    return word.equals(LAST) || RunIds.isId(word);
  }

  /**
   * The newest runs, from the newest.
   *
   * @param environment of that environment only; of all for null
   */
  List<RunRecord> list(@Nullable String environment, int limit) {
    int wanted = environment == null ? limit : Integer.MAX_VALUE;
    return runs.list(flow.name(), wanted).stream()
        .filter(head -> environment == null || head.environment().equals(environment))
        .limit(limit)
        .flatMap(head -> runs.load(flow.name(), head.id()).stream())
        .toList();
  }

  /**
   * One run.
   *
   * @param word its name, or {@link #LAST}
   * @param environment which last one; of all for null
   * @throws LeatException category CONFIG if there is none
   */
  RunRecord find(String word, @Nullable String environment) {
    if (!word.equals(LAST)) {
      return runs.load(flow.name(), word)
          .orElseThrow(
              () ->
                  new LeatException(
                      UNKNOWN,
                      "flow " + flow.name() + " has no run " + word,
                      "`leat runs` lists those that are remembered"));
    }
    return list(environment, 1).stream()
        .findFirst()
        .orElseThrow(
            () ->
                new LeatException(
                    UNKNOWN,
                    "flow "
                        + flow.name()
                        + " was not run yet"
                        + (environment == null ? "" : " in environment " + environment),
                    "begin with `leat run`; runs of flows with steps are remembered"));
  }

  /** Whether it is said to be running, though no process does it: one does the newest at most. */
  boolean isInterrupted(RunHead head) {
    if (head.state() != RunState.RUNNING) {
      return false;
    }
    Optional<RunHead> newest = runs.list(flow.name(), 1).stream().findFirst();
    return !held || !newest.map(RunHead::id).equals(Optional.of(head.id()));
  }

  @Override
  public void close() {
    documents.close();
  }
}

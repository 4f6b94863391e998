package dev.leat.flow.run;

import dev.leat.spi.error.LeatException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Notes the attempts at one part of a node, and tells of them. Used by one thread at a time. */
final class Trials implements Attempts.Observer {
  private final RunListener listener;
  private final List<StepResult.Try> made = new ArrayList<>();
  private StepResult known;
  private Instant began;

  /**
   * @param known what is known of the part before the first attempt
   */
  Trials(RunListener listener, StepResult known) {
    this.listener = listener;
    this.known = known;
    this.began = known.started();
  }

  @Override
  public void began(int attempt) {
    began = Instant.now();
    listener.started(known.node(), known.dataset(), known.unit(), attempt);
  }

  @Override
  public void retrying(LeatException e, long waitMillis) {
    made.add(new StepResult.Try(began, Instant.now(), Optional.of(e)));
    listener.retrying(known.node(), e, waitMillis);
  }

  /** The attempt under way has found out more, which holds if it fails, too. */
  void known(StepResult planned) {
    known = planned;
  }

  StepResult known() {
    return known;
  }

  /** All attempts, the last of which is over now. */
  List<StepResult.Try> ended(Optional<LeatException> error) {
    made.add(new StepResult.Try(began, Instant.now(), error));
    return List.copyOf(made);
  }
}

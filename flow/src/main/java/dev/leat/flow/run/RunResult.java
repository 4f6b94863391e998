package dev.leat.flow.run;

import dev.leat.flow.repository.StepState;
import java.util.List;

/**
 * What came of a run.
 *
 * @param steps in the order in which they ended
 */
public record RunResult(List<StepResult> steps) {
  public RunResult {
    steps = List.copyOf(steps);
  }

  public boolean cancelled() {
    return has(StepState.CANCELLED);
  }

  public boolean failed() {
    return has(StepState.FAILED);
  }

  public boolean checksFailed() {
    return has(StepState.CHECKS_FAILED);
  }

  public boolean succeeded() {
    return !cancelled() && !failed() && !checksFailed();
  }

  private boolean has(StepState state) {
    return steps.stream().anyMatch(step -> step.state() == state);
  }
}

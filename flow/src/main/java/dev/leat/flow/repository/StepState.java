package dev.leat.flow.repository;

/** How a step of a run is, or how it ended. */
public enum StepState {
  PENDING,
  RUNNING,
  SUCCEEDED,
  FAILED,
  /** Something that it needs was not made. */
  SKIPPED,
  /** Nothing would have changed. */
  UP_TO_DATE,
  CANCELLED;

  public boolean isFinal() {
    return this != PENDING && this != RUNNING;
  }
}

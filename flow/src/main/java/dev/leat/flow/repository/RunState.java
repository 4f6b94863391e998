package dev.leat.flow.repository;

/** How a run is, or how it ended. */
public enum RunState {
  /** Under way; or its process ended without a word. */
  RUNNING,
  SUCCEEDED,
  FAILED,
  CANCELLED,
  /** All that was to be done was done, but checks failed and what they belong to stayed. */
  CHECKS_FAILED;

  public boolean isFinal() {
    return this != RUNNING;
  }
}

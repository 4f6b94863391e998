package dev.leat.flow.repository;

/** How a run is, or how it ended. */
public enum RunState {
  /** Under way; or its process ended without a word. */
  RUNNING("running"),
  SUCCEEDED("succeeded"),
  FAILED("failed"),
  CANCELLED("cancelled"),
  /** All that was to be done was done, but checks failed and what they belong to stayed. */
  CHECKS_FAILED("checks failed");

  private final String words;

  RunState(String words) {
    this.words = words;
  }

  /** For people. */
  public String words() {
    return words;
  }

  public boolean isFinal() {
    return this != RUNNING;
  }
}

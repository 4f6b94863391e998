package dev.leat.flow.repository;

/** How a step of a run is, or how it ended. */
public enum StepState {
  PENDING("waiting"),
  RUNNING("running"),
  SUCCEEDED("done"),
  FAILED("failed"),
  /** Error-checks failed, so that nothing was published. */
  CHECKS_FAILED("checks failed"),
  /** Something that it needs was not made. */
  SKIPPED("skipped"),
  /** Nothing would have changed. */
  UP_TO_DATE("up to date"),
  CANCELLED("cancelled");

  private final String words;

  StepState(String words) {
    this.words = words;
  }

  /** For people. */
  public String words() {
    return words;
  }

  /** Whether what depends on it can be done. */
  public boolean allowsNext() {
    return this == SUCCEEDED || this == UP_TO_DATE;
  }

  public boolean isFinal() {
    return this != PENDING && this != RUNNING;
  }
}

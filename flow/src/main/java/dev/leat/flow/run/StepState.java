package dev.leat.flow.run;

/** How a step of a run ended. */
public enum StepState {
  SUCCEEDED("done"),
  UP_TO_DATE("up to date"),
  CHECKS_FAILED("checks failed"),
  FAILED("failed"),
  /** Something before it failed, or a condition did not hold. */
  SKIPPED("skipped"),
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
}

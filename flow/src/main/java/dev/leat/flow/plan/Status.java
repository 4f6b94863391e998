package dev.leat.flow.plan;

/** Why a step would be carried out, or not. */
public enum Status {
  /** Its dataset does not exist. */
  NEW("new"),
  /** What it does was changed. */
  CHANGED("changed"),
  /** What it reads changed, or may have. */
  DATA("new data"),
  /** It depends on the time, or on tables that nothing is known of. */
  ALWAYS("always"),
  /** It was asked for. */
  REQUESTED("requested"),
  /** Nothing would change. */
  UP_TO_DATE("up to date");

  private final String words;

  Status(String words) {
    this.words = words;
  }

  /** For people. */
  public String words() {
    return words;
  }
}

package dev.leat.spi.plugin;

/**
 * A value that must not be shown. It prints as {@code ***}; {@link #reveal()} is for the call that
 * needs it.
 */
public final class Secret {
  private final String value;

  public Secret(String value) {
    this.value = value;
  }

  public String reveal() {
    return value;
  }

  @Override
  public String toString() {
    return "***";
  }
}

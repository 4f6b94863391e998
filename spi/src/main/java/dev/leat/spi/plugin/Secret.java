package dev.leat.spi.plugin;

import java.util.function.Supplier;

/**
 * A value that must not be shown. It prints as {@code ***}; {@link #reveal()} is for the call that
 * needs it.
 */
public final class Secret {
  private final Supplier<String> value;

  public Secret(String value) {
    this.value = () -> value;
  }

  private Secret(Supplier<String> value) {
    this.value = value;
  }

  /**
   * A value that is looked up when it is needed, each time.
   *
   * @param value may throw {@link dev.leat.spi.error.LeatException}; called by several threads
   */
  public static Secret later(Supplier<String> value) {
    return new Secret(value);
  }

  /**
   * The value itself.
   *
   * @throws dev.leat.spi.error.LeatException if it is kept elsewhere and cannot be had
   */
  public String reveal() {
    return value.get();
  }

  @Override
  public String toString() {
    return "***";
  }
}

package dev.leat.config;

import dev.leat.spi.credential.KeyPrompt;
import java.util.Map;

/**
 * What a flow file refers to outside of itself.
 *
 * @param environment what {@code env:NAME} refers to
 * @param prompt asks for the key of the secrets that {@code secret:NAME} refers to
 */
public record Surroundings(Map<String, String> environment, KeyPrompt prompt) {
  public Surroundings {
    environment = Map.copyOf(environment);
  }

  /** With no one to ask. */
  public static Surroundings of(Map<String, String> environment) {
    return new Surroundings(environment, KeyPrompt.NONE);
  }
}

package dev.leat.flow.model;

/**
 * {@code [env.NAME]}.
 *
 * @param name what {@code --env} says
 * @param prefix of the schemas that steps write into there; never empty
 */
public record EnvironmentModel(String name, String prefix) {
  public EnvironmentModel {
    if (prefix.isEmpty()) {
      throw new IllegalArgumentException("an environment needs a prefix of its own");
    }
  }
}

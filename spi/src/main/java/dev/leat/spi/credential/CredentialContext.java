package dev.leat.spi.credential;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * What a credential store is opened with.
 *
 * @param flowFolder the folder of the flow file, in which no key may be; empty without a flow
 * @param environment variables of the process
 * @param prompt asks for the key where nothing else gives it
 */
public record CredentialContext(
    Optional<Path> flowFolder, Map<String, String> environment, KeyPrompt prompt) {
  public CredentialContext {
    environment = Map.copyOf(environment);
  }

  /** With no one to ask. */
  public static CredentialContext of(Map<String, String> environment) {
    return new CredentialContext(Optional.empty(), environment, KeyPrompt.NONE);
  }
}

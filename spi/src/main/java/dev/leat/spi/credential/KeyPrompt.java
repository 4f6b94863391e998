package dev.leat.spi.credential;

import dev.leat.spi.plugin.Secret;
import java.util.Optional;

/** Asks a person for a key. */
@FunctionalInterface
public interface KeyPrompt {

  /** Nobody is there. */
  KeyPrompt NONE = (_, _) -> Optional.empty();

  /**
   * Asks, without showing what is typed.
   *
   * @param what for, such as {@code keystore /home/ann/.config/leat/credentials}
   * @param isNew whether the key is not known yet; it is asked for twice then
   * @return empty if nobody can be asked
   */
  Optional<Secret> ask(String what, boolean isNew);
}

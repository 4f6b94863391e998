package dev.leat.spi.credential;

import dev.leat.spi.plugin.Secret;
import java.util.function.Supplier;

/** A store that encrypts by itself, under a key that a person keeps elsewhere. */
public interface EncryptedCredentialStore extends CredentialStore {

  /**
   * Encrypts everything again under another key. After a crash all of it is under the one or all
   * under the other.
   *
   * @param newKey asked for once, after the key that was used so far was found to be right
   * @return how many values there are
   * @throws dev.leat.spi.error.LeatException with code {@link Credentials#KEY_WRONG} if the key
   *     that was used so far is wrong, category CONFIG if there is nothing to encrypt
   */
  int rotate(Supplier<Secret> newKey);
}

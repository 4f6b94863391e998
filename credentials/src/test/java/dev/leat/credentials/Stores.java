package dev.leat.credentials;

import dev.leat.spi.credential.CredentialContext;
import dev.leat.spi.credential.EncryptedCredentialStore;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** Encrypted stores whose keys cost little. */
final class Stores {
  static final String KEY = "correct horse battery";

  /** The least that Argon2 takes seriously. */
  static final KeyDerivation.Cost CHEAP = new KeyDerivation.Cost(1024, 1);

  private Stores() {}

  static EncryptedCredentialStore keystore(Path file, String key) {
    return store(new KeystoreFile(file), key);
  }

  static EncryptedCredentialStore store(VaultMedium medium, String key) {
    CredentialContext context = CredentialContext.of(Map.of(KeySource.KEY, key));
    return new SealedStore(medium, new KeySource(context, Optional.empty()), CHEAP);
  }
}

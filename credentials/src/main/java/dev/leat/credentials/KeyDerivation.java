package dev.leat.credentials;

import dev.leat.spi.plugin.Secret;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.text.Normalizer;
import java.util.Arrays;
import java.util.Base64;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.params.Argon2Parameters;

/**
 * Makes an AES key of what a person types: Argon2id, version 1.3 (RFC 9106).
 *
 * @param memory in KiB
 * @param salt 16 random bytes, in base64
 */
record KeyDerivation(int memory, int iterations, int parallelism, String salt) {
  static final String ALGORITHM = "argon2id";

  /** What a guess costs. */
  record Cost(int memory, int iterations) {
    /** More than OWASP's least of 46 MiB once; half a second of one core. */
    static final Cost USUAL = new Cost(64 * 1024, 2);
  }

  private static final int LEAST_MEMORY = 8;
  private static final int MOST_MEMORY = 1024 * 1024;
  private static final int MOST_ITERATIONS = 100;
  private static final int MOST_LANES = 16;
  private static final int SALT_BYTES = 16;
  private static final int KEY_BYTES = 32;

  KeyDerivation {
    if (memory < LEAST_MEMORY * parallelism
        || memory > MOST_MEMORY
        || iterations < 1
        || iterations > MOST_ITERATIONS
        || parallelism < 1
        || parallelism > MOST_LANES) {
      throw new IllegalArgumentException("no cost of Argon2id that Leat uses");
    }
    if (Base64.getDecoder().decode(salt).length < SALT_BYTES) {
      throw new IllegalArgumentException("a salt has at least " + SALT_BYTES + " bytes");
    }
  }

  /** With a new salt. */
  static KeyDerivation fresh(Cost cost, SecureRandom random) {
    byte[] salt = new byte[SALT_BYTES];
    random.nextBytes(salt);
    return new KeyDerivation(
        cost.memory(), cost.iterations(), 1, Base64.getEncoder().encodeToString(salt));
  }

  /** The same characters give the same key, however the keyboard composes them. */
  SecretKey derive(Secret key) {
    Argon2BytesGenerator generator = new Argon2BytesGenerator();
    generator.init(
        new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id)
            .withVersion(Argon2Parameters.ARGON2_VERSION_13)
            .withMemoryAsKB(memory)
            .withIterations(iterations)
            .withParallelism(parallelism)
            .withSalt(Base64.getDecoder().decode(salt))
            .build());
    byte[] typed =
        Normalizer.normalize(key.reveal(), Normalizer.Form.NFC).getBytes(StandardCharsets.UTF_8);
    byte[] derived = new byte[KEY_BYTES];
    generator.generateBytes(typed, derived);
    SecretKey result = new SecretKeySpec(derived, "AES");
    Arrays.fill(typed, (byte) 0);
    Arrays.fill(derived, (byte) 0);
    return result;
  }
}

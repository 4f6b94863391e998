package dev.leat.credentials;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;

/** AES-256-GCM, with a random nonce in front and what the text belongs to authenticated with it. */
final class Sealing {
  private static final String TRANSFORMATION = "AES/GCM/NoPadding";
  private static final int NONCE_BYTES = 12;
  private static final int TAG_BITS = 128;

  private final SecretKey key;
  private final SecureRandom random;

  Sealing(SecretKey key, SecureRandom random) {
    this.key = key;
    this.random = random;
  }

  /**
   * Encrypts.
   *
   * @param context what the text is and where it belongs; opening needs the same
   * @return in base64
   */
  String seal(List<String> context, String text) {
    byte[] nonce = new byte[NONCE_BYTES];
    random.nextBytes(nonce);
    try {
      Cipher cipher = cipher(Cipher.ENCRYPT_MODE, nonce, 0, context);
      byte[] encrypted = cipher.doFinal(text.getBytes(StandardCharsets.UTF_8));
      byte[] sealed = Arrays.copyOf(nonce, NONCE_BYTES + encrypted.length);
      System.arraycopy(encrypted, 0, sealed, NONCE_BYTES, encrypted.length);
      return Base64.getEncoder().encodeToString(sealed);
    } catch (GeneralSecurityException e) {
      throw missing(e);
    }
  }

  /** Decrypts; empty if it was sealed with another key or in another context, or was changed. */
  Optional<String> open(List<String> context, String sealed) {
    byte[] bytes;
    try {
      bytes = Base64.getDecoder().decode(sealed);
    } catch (IllegalArgumentException _) {
      return Optional.empty();
    }
    if (bytes.length < NONCE_BYTES + TAG_BITS / 8) {
      return Optional.empty();
    }
    try {
      Cipher cipher = cipher(Cipher.DECRYPT_MODE, bytes, 0, context);
      byte[] text = cipher.doFinal(bytes, NONCE_BYTES, bytes.length - NONCE_BYTES);
      return Optional.of(new String(text, StandardCharsets.UTF_8));
    } catch (AEADBadTagException _) {
      return Optional.empty();
    } catch (GeneralSecurityException e) {
      throw missing(e);
    }
  }

  private Cipher cipher(int mode, byte[] nonce, int offset, List<String> context)
      throws GeneralSecurityException {
    Cipher cipher = Cipher.getInstance(TRANSFORMATION);
    cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce, offset, NONCE_BYTES));
    for (String part : context) {
      // Each with its length, so that no two contexts are the same bytes.
      byte[] bytes = part.getBytes(StandardCharsets.UTF_8);
      cipher.updateAAD((bytes.length + ":").getBytes(StandardCharsets.UTF_8));
      cipher.updateAAD(bytes);
    }
    return cipher;
  }

  private static IllegalStateException missing(GeneralSecurityException e) {
    return new IllegalStateException("this Java has no " + TRANSFORMATION, e);
  }
}

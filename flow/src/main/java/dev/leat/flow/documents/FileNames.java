package dev.leat.flow.documents;

import dev.leat.flow.instruction.Fingerprint;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Optional;

/**
 * Names of files for keys: small letters, digits, {@code -}, {@code _} and {@code %} only, so that
 * they differ where a file system ignores case and are never one of Windows' device names. A key
 * that would be too long has a hash for its end; it is in its file.
 */
final class FileNames {
  static final String SUFFIX = ".doc";
  private static final String WHOLE = "k_";
  private static final String HASHED = "h_";
  private static final int LONGEST = 200;
  private static final int KEPT = 100;

  private FileNames() {}

  static String of(String key) {
    String name = encode(key);
    return name.length() <= LONGEST
        ? WHOLE + name + SUFFIX
        : HASHED + name.substring(0, KEPT) + "_" + Fingerprint.of(key) + SUFFIX;
  }

  /** Whether the key of a file is in the file only. */
  static boolean isHashed(String file) {
    return file.startsWith(HASHED);
  }

  /** The key that {@link #of} named a file for; empty if it is no such name. */
  static Optional<String> key(String file) {
    if (!file.startsWith(WHOLE) || !file.endsWith(SUFFIX)) {
      return Optional.empty();
    }
    return decoded(file.substring(WHOLE.length(), file.length() - SUFFIX.length()))
        .filter(key -> of(key).equals(file));
  }

  /** What {@link #encode} was given; empty if it gives no such thing. */
  static Optional<String> decoded(String name) {
    try {
      return Optional.of(decode(name));
    } catch (CharacterCodingException | IllegalArgumentException | IndexOutOfBoundsException _) {
      return Optional.empty();
    }
  }

  static String encode(String text) {
    StringBuilder name = new StringBuilder();
    for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
      if (isPlain(b)) {
        name.append((char) b);
      } else {
        name.append('%').append(HexFormat.of().toHexDigits(b));
      }
    }
    return name.toString();
  }

  private static String decode(String name) throws CharacterCodingException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (int i = 0; i < name.length(); i++) {
      if (name.charAt(i) == '%') {
        bytes.write(HexFormat.fromHexDigits(name, i + 1, i + 3));
        i += 2;
      } else {
        bytes.write(name.charAt(i));
      }
    }
    return StandardCharsets.UTF_8
        .newDecoder()
        .decode(ByteBuffer.wrap(bytes.toByteArray()))
        .toString();
  }

  private static boolean isPlain(byte b) {
    return (b >= 'a' && b <= 'z') || (b >= '0' && b <= '9') || b == '-' || b == '_';
  }
}

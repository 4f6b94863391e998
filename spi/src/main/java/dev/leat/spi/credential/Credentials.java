package dev.leat.spi.credential;

import dev.leat.spi.error.ErrorCategory;
import dev.leat.spi.error.ErrorCode;
import dev.leat.spi.error.LeatException;
import dev.leat.spi.plugin.Secret;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/** What names and values of secrets may be, and the errors that all stores have. */
public final class Credentials {
  public static final ErrorCode NAME = new ErrorCode("CREDENTIALS_NAME", ErrorCategory.CONFIG);
  public static final ErrorCode VALUE = new ErrorCode("CREDENTIALS_VALUE", ErrorCategory.CONFIG);

  /** Others write here. */
  public static final ErrorCode READ_ONLY =
      new ErrorCode("CREDENTIALS_READ_ONLY", ErrorCategory.CONFIG);

  /** Nothing gives the key that a store is encrypted with. */
  public static final ErrorCode KEY_MISSING =
      new ErrorCode("CREDENTIALS_KEY_MISSING", ErrorCategory.CONFIG);

  public static final ErrorCode KEY_WRONG =
      new ErrorCode("CREDENTIALS_KEY_WRONG", ErrorCategory.AUTH);

  /** A store was cut off or changed by something else than Leat. */
  public static final ErrorCode DAMAGED =
      new ErrorCode("CREDENTIALS_DAMAGED", ErrorCategory.CONFIG);

  public static final ErrorCode UNAVAILABLE =
      new ErrorCode("CREDENTIALS_UNAVAILABLE", ErrorCategory.CONFIG);

  /** The longest name, in characters. */
  public static final int LONGEST_NAME = 200;

  /** The longest value, in bytes of UTF-8. */
  public static final int LONGEST_VALUE = 64 * 1024;

  private static final String PART = "[A-Za-z0-9_-][A-Za-z0-9._-]*";
  private static final Pattern NAMES = Pattern.compile(PART + "(/" + PART + ")*");

  private Credentials() {}

  /** Whether it may be the name of a secret. */
  public static boolean isName(String name) {
    return name.length() <= LONGEST_NAME && NAMES.matcher(name).matches();
  }

  /**
   * The name, if it may be one: letters, digits, {@code _}, {@code -} and {@code .}, in parts with
   * {@code /} between them, none of which begins with a dot.
   *
   * @throws LeatException with code {@link #NAME}
   */
  public static String requireName(String name) {
    if (!isName(name)) {
      // Somebody may have typed the secret itself.
      throw new LeatException(
          NAME,
          "that cannot be the name of a secret",
          "use letters, digits, _, -, . and / between parts, at most %d, such as shop_pg or prod/shop"
              .formatted(LONGEST_NAME));
    }
    return name;
  }

  /**
   * The text of a value, if it may be one: not empty, no line break at its end, no NUL, at most
   * {@link #LONGEST_VALUE} bytes.
   *
   * @throws LeatException with code {@link #VALUE}
   */
  public static String requireValue(Secret value) {
    String text = value.reveal();
    if (text.isEmpty()) {
      throw new LeatException(VALUE, "the value is empty", "give one");
    }
    if (text.endsWith("\n") || text.endsWith("\r")) {
      throw new LeatException(VALUE, "the value ends with a line break", "leave it out");
    }
    if (text.indexOf('\0') >= 0 || !StandardCharsets.UTF_8.newEncoder().canEncode(text)) {
      throw new LeatException(VALUE, "the value is not text", "encode it, for example with base64");
    }
    if (text.getBytes(StandardCharsets.UTF_8).length > LONGEST_VALUE) {
      throw new LeatException(
          VALUE,
          "the value has more than %d bytes".formatted(LONGEST_VALUE),
          "keep the secret in a file, readable for you only, and refer to it by file:PATH");
    }
    return text;
  }
}

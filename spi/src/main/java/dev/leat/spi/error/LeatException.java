package dev.leat.spi.error;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The one exception of Leat: a code, one sentence with the cause, what to do about it, and where it
 * happened.
 *
 * <p>Message and context never hold a secret or the value of a user's cell.
 */
public final class LeatException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient ErrorCode code;
  private final String fix;
  private final transient Map<String, String> context;

  /**
   * @param code the kind of error
   * @param message one sentence: what is wrong, and where
   * @param fix what a person can do, ideally a statement or command to type; empty where there is
   *     nothing to do
   */
  public LeatException(ErrorCode code, String message, String fix) {
    this(code, message, fix, Map.of(), null);
  }

  public LeatException(ErrorCode code, String message, String fix, @Nullable Throwable cause) {
    this(code, message, fix, Map.of(), cause);
  }

  private LeatException(
      ErrorCode code,
      String message,
      String fix,
      Map<String, String> context,
      @Nullable Throwable cause) {
    super(message, cause);
    this.code = code;
    this.fix = fix;
    this.context = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(context));
  }

  /**
   * The same error with one more fact about where it happened, such as {@code table=public.orders}.
   */
  public LeatException with(String key, Object value) {
    Map<String, String> more = new LinkedHashMap<>(context);
    more.put(key, String.valueOf(value));
    LeatException result = new LeatException(code, message(), fix, more, getCause());
    result.setStackTrace(getStackTrace());
    for (Throwable suppressed : getSuppressed()) {
      result.addSuppressed(suppressed);
    }
    return result;
  }

  public ErrorCode code() {
    return code;
  }

  public ErrorCategory category() {
    return code.category();
  }

  /** The sentence without context, code or fix. */
  public String message() {
    return String.valueOf(super.getMessage());
  }

  /** What to do about it; empty where nothing can be said. */
  public String fix() {
    return fix;
  }

  /** Where it happened, in the order the facts were added. */
  public Map<String, String> context() {
    return context;
  }
}

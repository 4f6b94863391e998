package dev.leat.spi.error;

/**
 * A stable name for one kind of error, so that errors can be counted, searched for and documented.
 *
 * @param name upper-case words joined by underscores, beginning with the system, such as {@code
 *     PG_WAL_LEVEL}
 * @param category what the runtime does about it
 */
public record ErrorCode(String name, ErrorCategory category) {
  /** A defect; the message has to say what was expected. */
  public static final ErrorCode INTERNAL = new ErrorCode("INTERNAL", ErrorCategory.INTERNAL);

  public ErrorCode {
    if (!name.matches("[A-Z][A-Z0-9_]+")) {
      throw new IllegalArgumentException("not an error code name: " + name);
    }
  }
}

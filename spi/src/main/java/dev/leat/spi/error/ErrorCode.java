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

  /** A destination that is only to be looked at is not there; a run would make it. */
  public static final ErrorCode DESTINATION_MISSING =
      new ErrorCode("DESTINATION_MISSING", ErrorCategory.CONFIG);

  /** Work stopped because its {@link dev.leat.spi.engine.Cancellation} was cancelled. */
  public static final ErrorCode CANCELLED =
      new ErrorCode("ENGINE_CANCELLED", ErrorCategory.TRANSIENT);

  public ErrorCode {
    if (!name.matches("[A-Z][A-Z0-9_]+")) {
      throw new IllegalArgumentException("not an error code name: " + name);
    }
  }
}

package dev.leat.sqlite.engine;

/** A value that a type or a function cannot take; the message says why and holds no value. */
final class ValueException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  ValueException(String message) {
    super(message, null, false, false);
  }
}

package dev.leat.flow.repository;

import dev.leat.spi.error.LeatException;

/**
 * An error as it was told.
 *
 * @param code see {@link dev.leat.spi.error.ErrorCode#name()}
 * @param message with the facts of where it happened
 * @param fix what to do; may be empty
 */
public record ErrorRecord(String code, String message, String fix) {
  public static ErrorRecord of(LeatException error) {
    StringBuilder message = new StringBuilder(error.message());
    error
        .context()
        .forEach((key, value) -> message.append(' ').append(key).append('=').append(value));
    return new ErrorRecord(error.code().name(), message.toString(), error.fix());
  }
}

package dev.leat.postgres.connect;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/**
 * What a server said went wrong (PostgreSQL documentation, "Error and Notice Message Fields").
 *
 * @param severity such as ERROR or FATAL
 * @param sqlState five characters
 * @param message the primary message, perhaps translated
 * @param hint empty if there is none
 * @param routine the function in the server's source, which is never translated; may be empty
 */
record ServerError(String severity, String sqlState, String message, String hint, String routine) {

  /** Reads the payload of an ErrorResponse or NoticeResponse. */
  static ServerError parse(byte[] buffer, int offset, int length) {
    Map<Character, String> fields = new HashMap<>();
    int i = offset;
    int end = offset + length;
    while (i < end && buffer[i] != 0) {
      char field = (char) buffer[i++];
      int start = i;
      while (i < end && buffer[i] != 0) {
        i++;
      }
      fields.put(field, new String(buffer, start, i - start, StandardCharsets.UTF_8));
      i++;
    }
    return new ServerError(
        fields.getOrDefault('V', fields.getOrDefault('S', "")),
        fields.getOrDefault('C', ""),
        fields.getOrDefault('M', ""),
        fields.getOrDefault('H', ""),
        fields.getOrDefault('R', ""));
  }

  /** What pgjdbc knows of the server's answer; null if the server did not answer at all. */
  static @Nullable ServerError of(java.sql.SQLException e) {
    if (e instanceof PSQLException psql) {
      ServerErrorMessage message = psql.getServerErrorMessage();
      if (message != null) {
        return new ServerError(
            orEmpty(message.getSeverity()),
            orEmpty(message.getSQLState()),
            orEmpty(message.getMessage()),
            orEmpty(message.getHint()),
            orEmpty(message.getRoutine()));
      }
    }
    return null;
  }

  private static String orEmpty(@Nullable String text) {
    return text == null ? "" : text;
  }
}

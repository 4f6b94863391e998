package dev.leat.app.output;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Messages and logs as JSON, one object on each line: {@code time} (UTC, milliseconds), {@code
 * level}, {@code message}, then what else there is to know.
 */
public final class MessageJson {
  private MessageJson() {}

  /** A message of now. */
  static String of(String level, String message, Map<String, ?> facts) {
    return of(Instant.now(), level, message, facts);
  }

  /** A message. */
  public static String of(Instant time, String level, String message, Map<String, ?> facts) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("time", time.truncatedTo(ChronoUnit.MILLIS).toString());
    json.put("level", level);
    json.put("message", message);
    json.putAll(facts);
    return Json.write(json);
  }

  static String of(Problem problem) {
    Map<String, Object> facts = problem.json();
    facts.remove("severity");
    facts.remove("message");
    String level = problem.severity().equals(Problem.ERROR) ? "ERROR" : "WARN";
    return of(level, problem.sentence(), facts);
  }
}

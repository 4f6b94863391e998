package dev.leat.app.output;

import dev.leat.spi.error.LeatException;
import dev.leat.spi.source.Finding;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Something to tell a person: a code, one sentence, where, and what to do.
 *
 * @param severity {@code error} or {@code warning}
 * @param code a stable name
 * @param sentence what is wrong
 * @param place {@code file:line:column}; empty where there is no file
 * @param context facts about where it happened
 * @param fix what to do; empty if nothing can be said
 */
public record Problem(
    String severity,
    String code,
    String sentence,
    String place,
    Map<String, String> context,
    String fix) {
  public static final String ERROR = "error";
  public static final String WARNING = "warning";

  public static Problem error(LeatException e) {
    return of(ERROR, e);
  }

  public static Problem warning(LeatException e) {
    return of(WARNING, e);
  }

  public static Problem of(Finding finding) {
    return switch (finding.severity()) {
      case ERROR -> error(finding.problem());
      case WARNING -> warning(finding.problem());
    };
  }

  private static Problem of(String severity, LeatException e) {
    return new Problem(severity, e.code().name(), e.message(), "", e.context(), e.fix());
  }

  /** The lines to print. */
  public List<String> lines(boolean color) {
    List<String> lines = new ArrayList<>();
    Style style = severity.equals(ERROR) ? Style.RED : Style.YELLOW;
    lines.add(style.of(severity + "[" + code + "]", color) + ": " + sentence);
    if (!place.isEmpty()) {
      lines.add(Style.CYAN.of("  --> ", color) + place);
    }
    context.forEach((key, value) -> lines.add(Style.CYAN.of("  ", color) + key + ": " + value));
    if (!fix.isEmpty()) {
      String[] parts = fix.split("\n", -1);
      lines.add(Style.GREEN.of("  fix: ", color) + parts[0]);
      for (int i = 1; i < parts.length; i++) {
        lines.add("       " + parts[i]);
      }
    }
    return lines;
  }

  /** For {@code --json}. */
  public Map<String, Object> json() {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("severity", severity);
    json.put("code", code);
    json.put("message", sentence);
    if (!place.isEmpty()) {
      json.put("place", place);
    }
    if (!context.isEmpty()) {
      json.put("context", context);
    }
    if (!fix.isEmpty()) {
      json.put("fix", fix);
    }
    return json;
  }
}

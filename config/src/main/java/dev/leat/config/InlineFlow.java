package dev.leat.config;

import java.util.List;
import java.util.stream.Collectors;
import org.tomlj.Toml;

/** The text of a flow that nobody has written. */
public final class InlineFlow {
  private InlineFlow() {}

  /**
   * PostgreSQL tables into a DuckDB file.
   *
   * @param connection a reference
   */
  public static String text(String flow, String connection, List<String> tables, String path) {
    return """
        flow = "%s"

        [source.main]
        from       = "postgres"
        connection = %s
        tables     = [%s]

        [destination.main]
        to   = "duckdb"
        path = %s
        """
        .formatted(
            flow,
            quoted(connection),
            tables.stream().map(InlineFlow::quoted).collect(Collectors.joining(", ")),
            quoted(path));
  }

  private static String quoted(String text) {
    return '"' + Toml.tomlEscape(text).toString() + '"';
  }
}

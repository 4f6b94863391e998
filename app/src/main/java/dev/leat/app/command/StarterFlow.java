package dev.leat.app.command;

import org.jspecify.annotations.Nullable;

/** The text of the first flow file. */
final class StarterFlow {
  /** Holds the address of the source, password included. */
  static final String VARIABLE = "LEAT_SOURCE_URL";

  private StarterFlow() {}

  /**
   * @param url without a password; null to refer to {@link #VARIABLE}
   */
  static String text(String flow, @Nullable String url) {
    String connection = url == null ? "env:" + VARIABLE : url;
    return """
        # What is read, where it goes, and how. `leat check` says what is wrong with it.
        flow = "%s"

        [source.main]
        from       = "postgres"
        connection = "%s"
        # Names or patterns; * stands for any characters.
        tables     = ["public.*"]
        # exclude  = ["public.tmp_*"]

        [destination.main]
        to   = "duckdb"
        path = "%s.duckdb"
        """
        .formatted(flow, connection, flow);
  }
}

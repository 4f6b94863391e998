package dev.leat.generate.sql;

import dev.leat.generate.GeneratedFlow;
import dev.leat.spi.schema.TableId;
import java.util.ArrayList;
import java.util.List;

/** The program that runs all scripts in order. */
final class RunScript {
  private final GeneratedFlow flow;
  private final Client client;
  private final Bookkeeping bookkeeping;
  private final List<Step> steps;

  RunScript(GeneratedFlow flow, Client client, Bookkeeping bookkeeping, List<Step> steps) {
    this.flow = flow;
    this.client = client;
    this.bookkeeping = bookkeeping;
    this.steps = steps;
  }

  /**
   * A dataset that is made or checked.
   *
   * @param name of its scripts
   * @param suffixes of its scripts; empty for one that is only checked
   * @param previous datasets that have to be there for rows to be kept
   * @param keepsRows whether rows of its own are
   */
  record Step(
      String name,
      TableId dataset,
      List<String> suffixes,
      List<TableId> previous,
      boolean keepsRows,
      List<Check> checks) {}

  /**
   * A check.
   *
   * @param file with its query
   * @param blocks whether nothing goes on if it fails
   */
  record Check(String name, String file, boolean blocks) {}

  String text(String mark) {
    List<String> lines = new ArrayList<>();
    lines.add("#!/bin/sh");
    lines.add("# " + mark);
    lines.add("# Runs the scripts beside it with " + client.program() + ", in order.");
    lines.add("#");
    lines.add(
        "# LEAT_DATABASE      "
            + (client.inFile() ? "the database file" : "the server, as psql -d takes it"));
    lines.add("# LEAT_CLIENT        the program; " + client.program());
    lines.add("# LEAT_FULL_REFRESH  1 makes all tables anew from all that is read");
    lines.add("#");
    lines.add("# Ends with 0 if all is done, 1 if a script failed, 2 if it cannot begin, 3 if a");
    lines.add("# check failed; the table that was checked is made then, what comes behind is not.");
    lines.add("set -eu");
    lines.add("");
    lines.add("here=$(CDPATH= cd -- \"$(dirname -- \"$0\")\" && pwd -P)");
    lines.add("client=${LEAT_CLIENT:-" + client.program() + "}");
    if (client.inFile()) {
      lines.add("database=${LEAT_DATABASE:-}");
      lines.add("if [ -z \"$database\" ]; then");
      lines.add("  database=$here/" + word(flow.database().orElse(flow.model().name() + ".db")));
      lines.add("fi");
    } else {
      lines.add("database=${LEAT_DATABASE:-}");
      lines.add("if [ -z \"$database\" ]; then");
      lines.add("  echo \"LEAT_DATABASE is not set; set it to the server's address\" >&2");
      lines.add("  exit 2");
      lines.add("fi");
    }
    lines.add("if ! command -v \"$client\" >/dev/null; then");
    lines.add(
        "  echo \"$client is not installed; install it, or name another one in LEAT_CLIENT\" >&2");
    lines.add("  exit 2");
    lines.add("fi");
    lines.add("");
    lines.add("file() {");
    lines.add("  " + client.file());
    lines.add("}");
    lines.add("");
    lines.add("ask() {");
    lines.add("  " + client.ask());
    lines.add("}");
    lines.add("");
    lines.addAll(FUNCTIONS.lines().toList());
    lines.add("");
    lines.add("run 00_begin");
    for (Step step : steps) {
      if (!step.suffixes().isEmpty()) {
        lines.add("step " + step.name() + arguments(step));
      }
      step.checks()
          .forEach(
              check ->
                  lines.add(
                      "check %s %s %s"
                          .formatted(
                              check.blocks() ? "error" : "warn",
                              word(step.dataset() + " " + check.name()),
                              word(check.file()))));
    }
    return String.join("\n", lines) + "\n";
  }

  private static final String FUNCTIONS =
      """
      run() {
        echo "$1" >&2
        if ! file "$here/$1.sql"; then
          echo "$1.sql failed" >&2
          exit 1
        fi
      }

      # A table: its scripts, a query that gives 1 if rows that are there are kept, and one that gives
      # 1 if something was read.
      step() {
        suffix=
        if [ -n "${2:-}" ] && [ -z "${LEAT_FULL_REFRESH:-}" ] && [ "$(ask "$2")" = 1 ]; then
          suffix=.next
          if [ -n "${3:-}" ] && [ "$(ask "$3")" != 1 ]; then
            suffix=.again
          fi
        fi
        run "$1$suffix"
      }

      # A query that has to give no rows. Only their number is told.
      check() {
        query=$(sed -e '/^-- /d' -e '$s/;$//' "$here/$3")
        rows=$(ask "SELECT COUNT(*) FROM ($query
      ) AS c")
        if [ "$rows" != 0 ]; then
          echo "check $2 failed: $rows rows ($1, $3)" >&2
          if [ "$1" = error ]; then
            exit 3
          fi
        fi
      }""";

  private String arguments(Step step) {
    if (!step.suffixes().contains(StepScripts.NEXT)) {
      return "";
    }
    List<TableId> needed = new ArrayList<>(step.previous());
    if (step.keepsRows()) {
      needed.add(step.dataset());
    }
    String there =
        "SELECT 1 WHERE "
            + String.join(
                " AND ",
                needed.stream()
                    .distinct()
                    .map(table -> "EXISTS (" + bookkeeping.isThere(table) + ")")
                    .toList());
    return " "
        + word(there)
        + (step.suffixes().contains(StepScripts.AGAIN)
            ? " " + word(bookkeeping.isMarked(step.dataset()))
            : "");
  }

  private static String word(String text) {
    return text.matches("[A-Za-z0-9_./:-]+") ? text : "'" + text.replace("'", "'\\''") + "'";
  }
}

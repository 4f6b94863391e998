package dev.leat.app.command;

import dev.leat.app.control.RowsJson;
import dev.leat.app.output.Json;
import dev.leat.app.output.Numbers;
import dev.leat.app.output.Problem;
import dev.leat.app.output.Style;
import dev.leat.app.output.Terminal;
import dev.leat.app.output.TextTable;
import dev.leat.spi.destination.Rows;
import dev.leat.spi.error.LeatException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;

/** One subcommand; {@link #call} gives the exit code. */
abstract class LeatCommand implements Callable<Integer> {
  final CommandContext context;

  @Mixin CommonOptions common = new CommonOptions();

  LeatCommand(CommandContext context) {
    this.context = context;
  }

  /** As the command line and the environment say, before anything is written. */
  void setUpMessages() {
    if (common.verbose) {
      Logging.verbose();
    }
    Logging.Format format = common.logFormat;
    if (format == null) {
      format = Logging.Format.of(context.environment().get("LEAT_LOG_FORMAT"));
    }
    if (format == Logging.Format.JSON) {
      terminal().writeMessagesAsJson();
      Logging.json();
    }
  }

  boolean verbose() {
    return common.verbose;
  }

  boolean json() {
    return common.json;
  }

  Terminal terminal() {
    return context.terminal().get();
  }

  void say(String line) {
    terminal().say(line);
  }

  void say(Style style, String line) {
    say(style.of(line, terminal().errColor()));
  }

  void say(Problem problem) {
    terminal().say(problem);
  }

  void printJson(Object value) {
    terminal().out().println(Json.write(value));
  }

  /** As a table, or as JSON if that is wanted; says so if there may be more rows. */
  void print(Rows rows, int limit) {
    if (json()) {
      printJson(RowsJson.write(rows));
      return;
    }
    TextTable table = new TextTable(rows.columns());
    for (List<@Nullable String> row : rows.rows()) {
      table.row(row.stream().map(value -> value == null ? "NULL" : value).toList());
    }
    terminal().print(table);
    if (rows.rows().size() == limit) {
      say("the first " + Numbers.count(limit, "row"));
    }
  }

  /**
   * Tells what is wrong with parts of a flow, at their places in the file; the exit code.
   *
   * @throws LeatException that one, if it is about no part
   */
  int refused(LeatException first, StepPlaces places) {
    if (!StepPlaces.knows(first)) {
      throw first;
    }
    List<Problem> problems = places.problems(first);
    problems.forEach(this::say);
    if (json()) {
      printJson(Map.of("ok", false, "problems", problems.stream().map(Problem::json).toList()));
    }
    return Failures.exitCode(first);
  }
}

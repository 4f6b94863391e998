package dev.leat.app.command;

import dev.leat.app.output.Json;
import dev.leat.app.output.Problem;
import dev.leat.app.output.Style;
import dev.leat.app.output.Terminal;
import java.util.concurrent.Callable;
import picocli.CommandLine.Mixin;

/** One subcommand; {@link #call} gives the exit code. */
abstract class LeatCommand implements Callable<Integer> {
  final CommandContext context;

  @Mixin CommonOptions common = new CommonOptions();

  LeatCommand(CommandContext context) {
    this.context = context;
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
    terminal().err().println(line);
  }

  void say(Style style, String line) {
    say(style.of(line, terminal().errColor()));
  }

  void say(Problem problem) {
    problem.lines(terminal().errColor()).forEach(this::say);
  }

  void printJson(Object value) {
    terminal().out().println(Json.write(value));
  }
}

package dev.leat.app.command;

import dev.leat.app.output.ExitCode;
import dev.leat.library.Flow;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code leat status}. */
@Command(
    name = "status",
    description = "Says how far a flow is, also while it runs elsewhere. Changes nothing.",
    mixinStandardHelpOptions = true,
    footer = {"", "Example:", "  leat status shop.toml --watch"})
final class StatusCommand extends LeatCommand {
  @Mixin private FlowArgument flow = new FlowArgument();

  @Option(names = "--watch", description = "show it again every second until Ctrl-C")
  private boolean watch;

  StatusCommand(CommandContext context) {
    super(context);
  }

  @Override
  public Integer call() throws InterruptedException {
    Flow read = context.flow(flow);
    if (!watch) {
      show(FlowStatus.of(read), false);
      return ExitCode.DONE;
    }
    CountDownLatch stopped = new CountDownLatch(1);
    Signals.onInterrupt(stopped::countDown);
    do {
      show(FlowStatus.of(read), terminal().outIsTerminal());
    } while (!stopped.await(1, TimeUnit.SECONDS));
    return ExitCode.DONE;
  }

  private void show(FlowStatus status, boolean overwrite) {
    StatusView view = new StatusView(status, context.show(status.flow().file()));
    if (json()) {
      printJson(view.json());
      return;
    }
    int width = terminal().outWidth();
    List<String> lines = view.lines(width, terminal().outColor());
    StringBuilder text = new StringBuilder(overwrite ? "\u001b[H\u001b[2J" : "");
    lines.forEach(line -> text.append(line).append('\n'));
    terminal().out().print(text);
    terminal().out().flush();
  }
}

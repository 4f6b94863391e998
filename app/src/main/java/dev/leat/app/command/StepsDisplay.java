package dev.leat.app.command;

import dev.leat.app.output.Numbers;
import dev.leat.app.output.Style;
import dev.leat.app.output.Terminal;
import dev.leat.flow.check.CheckResult;
import dev.leat.flow.repository.StepState;
import dev.leat.flow.run.RunListener;
import dev.leat.flow.run.StepResult;
import dev.leat.spi.error.LeatException;
import dev.leat.spi.schema.TableId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Shows what the steps of a run do: a line for each that ends, live lines for those under way. */
final class StepsDisplay implements RunListener, AutoCloseable {
  private static final long REDRAW_MILLIS = 200;

  private final Terminal terminal;
  private final Map<String, Instant> running = new LinkedHashMap<>();
  private final ScheduledExecutorService clock =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().name("leat-display").daemon().factory());
  private int all;
  private int done;

  StepsDisplay(Terminal terminal) {
    this.terminal = terminal;
    if (terminal.canShowLive()) {
      var unused =
          clock.scheduleAtFixedRate(
              this::draw, REDRAW_MILLIS, REDRAW_MILLIS, TimeUnit.MILLISECONDS);
    }
  }

  @Override
  public synchronized void began(List<String> nodes) {
    all = nodes.size();
  }

  @Override
  public synchronized void started(String node, TableId dataset, String unit, int attempt) {
    running.put(label(node, unit), Instant.now());
  }

  @Override
  public void retrying(String node, LeatException e, long waitMillis) {
    terminal.say(
        Style.YELLOW.of("↻ ", terminal.errColor())
            + node
            + ": "
            + e.message().replaceFirst("\\.$", "")
            + "; again in "
            + Numbers.millis(waitMillis),
        Map.of("step", node, "code", e.code().name()));
  }

  @Override
  public synchronized void ended(StepResult result) {
    running.remove(label(result.node(), result.unit()));
    boolean color = terminal.errColor();
    StringBuilder line = new StringBuilder(sign(result.state(), color));
    line.append(label(result.node(), result.unit()));
    if (!result.dataset().table().equals(result.node())) {
      line.append(Style.DIM.of("  " + result.dataset(), color));
    }
    line.append("  ").append(result.state() == StepState.SUCCEEDED ? "" : result.state().words());
    if (result.rowsOut() >= 0) {
      line.append(" ").append(Numbers.count(result.rowsOut(), "row"));
    }
    if (result.rowsAfter() >= 0 && result.rowsAfter() != result.rowsOut()) {
      line.append(" of ").append(Numbers.count(result.rowsAfter()));
    }
    long failed = result.checks().stream().filter(check -> !check.passed()).count();
    if (!result.checks().isEmpty()) {
      line.append(", ").append(Numbers.count(result.checks().size(), "check"));
      line.append(failed == 0 ? " passed" : ", " + failed + " failed");
    }
    if (result.attempts() > 0 && result.state() != StepState.UP_TO_DATE) {
      line.append(Style.DIM.of("  " + Numbers.duration(result.time()), color));
    }
    terminal.say(line.toString().stripTrailing(), facts(result));
    for (CheckResult check : result.checks()) {
      if (!check.passed()) {
        terminal.say(
            "    "
                + (check.blocks() ? Style.RED : Style.YELLOW)
                    .of(check.blocks() ? "error " : "warning ", color)
                + check.check().name()
                + ": "
                + check.message());
      }
    }
  }

  private static Map<String, Object> facts(StepResult result) {
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("step", result.node());
    facts.put("dataset", result.dataset().toString());
    facts.put("state", result.state().name());
    facts.put("milliseconds", result.time().toMillis());
    return facts;
  }

  private static String sign(StepState state, boolean color) {
    return switch (state) {
      case SUCCEEDED -> Style.GREEN.of("✓ ", color);
      case UP_TO_DATE -> Style.DIM.of("= ", color);
      case FAILED, CHECKS_FAILED -> Style.RED.of("✗ ", color);
      case SKIPPED, CANCELLED, PENDING, RUNNING -> Style.YELLOW.of("- ", color);
    };
  }

  private static String label(String node, String unit) {
    return unit.isEmpty() ? node : node + " " + unit;
  }

  @Override
  public synchronized void finished(String node, StepState state) {
    done++;
  }

  private void draw() {
    List<String> lines = new ArrayList<>();
    synchronized (this) {
      running.forEach(
          (label, since) ->
              lines.add(
                  "▸ " + label + "  " + Numbers.duration(Duration.between(since, Instant.now()))));
      if (all > 0 && done < all) {
        lines.add(done + " of " + Numbers.count(all, "step") + " done");
      }
    }
    int width = terminal.size().columns();
    terminal.live(
        lines.stream().map(l -> l.length() < width ? l : l.substring(0, width - 1)).toList());
  }

  @Override
  public void close() {
    clock.shutdownNow();
    if (terminal.canShowLive()) {
      terminal.live(List.of());
    }
    terminal.endLive();
  }
}

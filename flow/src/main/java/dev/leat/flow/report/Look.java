package dev.leat.flow.report;

import dev.leat.flow.repository.RunState;
import dev.leat.flow.repository.StepState;
import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;

/** How a state looks: a sign and words, for those who do not see its colour. From worst to best. */
enum Look {
  FAILED("failed", "✕"),
  CHECKS_FAILED("checks failed", "!"),
  INTERRUPTED("interrupted", "⚡"),
  CANCELLED("cancelled", "■"),
  RUNNING("running", "▸"),
  SKIPPED("skipped", "–"),
  PENDING("waiting", "…"),
  DONE("done", "✓"),
  UP_TO_DATE("up to date", "="),
  /** A dataset that the run only read. */
  SOURCE("read only", "○");

  private final String words;
  private final String sign;

  Look(String words, String sign) {
    this.words = words;
    this.sign = sign;
  }

  String words() {
    return words;
  }

  String sign() {
    return sign;
  }

  /** The class of elements that look like it. */
  String style() {
    return "s-" + name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /**
   * How a step looks.
   *
   * @param interrupted whether the run's process is gone
   */
  static Look of(StepState state, boolean interrupted) {
    return switch (state) {
      case PENDING -> PENDING;
      case RUNNING -> interrupted ? INTERRUPTED : RUNNING;
      case SUCCEEDED -> DONE;
      case FAILED -> FAILED;
      case CHECKS_FAILED -> CHECKS_FAILED;
      case SKIPPED -> SKIPPED;
      case UP_TO_DATE -> UP_TO_DATE;
      case CANCELLED -> CANCELLED;
    };
  }

  static Look of(RunState state, boolean interrupted) {
    return switch (state) {
      case RUNNING -> interrupted ? INTERRUPTED : RUNNING;
      case SUCCEEDED -> DONE;
      case FAILED -> FAILED;
      case CANCELLED -> CANCELLED;
      case CHECKS_FAILED -> CHECKS_FAILED;
    };
  }

  /** What several parts look like together: as the worst of them. */
  static Look worst(Collection<Look> looks) {
    return looks.stream().min(Comparator.naturalOrder()).orElse(PENDING);
  }
}

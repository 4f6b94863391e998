package dev.leat.benchmarks;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * One figure that is no ratio of speeds.
 *
 * @param what for people
 * @param figure what was measured, a median unless {@code what} says otherwise
 * @param unit of the figure and of what it is held against
 * @param reach what has to be reached
 * @param aim what is aimed at
 */
record Bar(String what, double figure, String unit, double reach, double aim) {

  static List<String> table(List<Bar> bars) {
    List<String> lines = new ArrayList<>();
    lines.add("| what | Leat | reach | aim |");
    lines.add("| --- | --- | --- | --- |");
    for (Bar bar : bars) {
      lines.add(
          String.format(
              Locale.ROOT,
              "| %s | %s | %s | %s |",
              bar.what,
              bar.text(bar.figure),
              bar.text(bar.reach),
              bar.text(bar.aim)));
    }
    return lines;
  }

  private String text(double value) {
    return String.format(Locale.ROOT, value >= 10 ? "%.0f %s" : "%.2f %s", value, unit).strip();
  }
}

package dev.leat.benchmarks;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * One line of the table: what Leat reached beside a reference that ran in turn with it.
 *
 * @param what for people
 * @param rows how many rows or changes either moved
 * @param leat its runs
 * @param reference the reference's runs, in the same order
 * @param reach what has to be reached
 * @param aim what is aimed at
 */
record Ratio(
    String what,
    int rows,
    List<Measured> leat,
    List<Measured> reference,
    double reach,
    double aim) {

  static List<String> table(List<Ratio> ratios) {
    List<String> lines = new ArrayList<>();
    lines.add("| what | Leat, krows/s | reference, krows/s | ratio | reach | aim | peak MB |");
    lines.add("| --- | --- | --- | --- | --- | --- | --- |");
    ratios.forEach(ratio -> lines.add(ratio.line()));
    return lines;
  }

  private String line() {
    double[] quotients = new double[leat.size()];
    for (int round = 0; round < quotients.length; round++) {
      quotients[round] = reference.get(round).seconds() / leat.get(round).seconds();
    }
    return String.format(
        Locale.ROOT,
        "| %s | %.0f | %.0f | %.2f | %.2f | %.2f | %d |",
        what,
        thousandRowsPerSecond(leat),
        thousandRowsPerSecond(reference),
        Measured.median(quotients),
        reach,
        aim,
        leat.stream().mapToLong(Measured::peakMegabytes).max().orElse(0));
  }

  private double thousandRowsPerSecond(List<Measured> runs) {
    return rows / Measured.median(runs.stream().mapToDouble(Measured::seconds).toArray()) / 1000;
  }
}

package dev.leat.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Flows beside SQL by hand: {@code leat run} as a person types it, beside a process that opens the
 * same DuckDB file and does no more than run the statements.
 */
public final class FlowBenchmarks {
  private FlowBenchmarks() {}

  /** The launcher of Leat, then what to measure; everything by default. */
  public static void main(String[] arguments)
      throws IOException, InterruptedException, SQLException {
    Set<String> wanted = new TreeSet<>(List.of(arguments).subList(1, arguments.length));
    boolean quick = wanted.remove("--quick");
    if (wanted.isEmpty()) {
      wanted.addAll(List.of("change_feed", "latest", "plan", "scd2", "steps", "tpch"));
    }
    Path leat = Path.of(arguments[0]);
    Path folder = Files.createTempDirectory("leat-benchmarks");
    int rows = quick ? 1_000_000 : 10_000_000;
    List<Ratio> ratios = new ArrayList<>();
    List<Bar> bars = new ArrayList<>();
    for (String name : wanted) {
      FlowPrograms programs = FlowPrograms.in(leat, folder, name);
      switch (name) {
        case "change_feed" -> ratios.add(new KindsByHand(programs, rows).changeFeed());
        case "latest" -> ratios.add(new KindsByHand(programs, rows).latest());
        case "scd2" -> ratios.addAll(new KindsByHand(programs, rows).scd2());
        case "tpch" -> ratios.add(new TpcH(programs, quick ? 1 : 4).measure());
        case "steps" -> bars.add(ManySteps.run(programs, 50));
        case "plan" -> bars.add(ManySteps.plan(programs, 1_000));
        default ->
            throw new IllegalArgumentException(
                name + " is none of change_feed, latest, plan, scd2, steps, tpch");
      }
    }
    Folders.remove(folder);
    if (!ratios.isEmpty()) {
      System.out.println();
      Ratio.table(ratios).forEach(System.out::println);
    }
    if (!bars.isEmpty()) {
      System.out.println();
      Bar.table(bars).forEach(System.out::println);
    }
  }
}

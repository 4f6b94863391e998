package dev.leat.benchmarks;

import dev.leat.testkit.postgres.EmbeddedPostgresServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Whole processes against whole processes, in turn: {@code leat run --until-caught-up} as a person
 * types it, its start and end included, beside PostgreSQL's own client and beside Debezium's
 * engine, which both throw everything away.
 */
public final class Benchmarks {
  private Benchmarks() {}

  /** The launcher of Leat, then what to measure; everything by default. */
  public static void main(String[] arguments) throws Exception {
    Set<String> wanted = new TreeSet<>(List.of(arguments).subList(1, arguments.length));
    boolean quick = wanted.remove("--quick");
    if (wanted.isEmpty()) {
      wanted.addAll(List.of("backfill", "growth", "inserts", "latency", "memory", "start", "tpcb"));
    }
    Path folder = Files.createTempDirectory("leat-benchmarks");
    List<Ratio> ratios = new ArrayList<>();
    List<Bar> bars = new ArrayList<>();
    try (EmbeddedPostgresServer server =
        EmbeddedPostgresServer.builder()
            .setting("wal_level", "logical")
            .setting("shared_buffers", "1GB")
            .setting("max_wal_size", "16GB")
            .setting("checkpoint_timeout", "1h")
            .setting("autovacuum", "off")
            .start()) {
      Programs programs = new Programs(Path.of(arguments[0]), folder, server);
      int divisor = quick ? 10 : 1;
      for (String name : wanted) {
        switch (name) {
          case "growth" ->
              ratios.addAll(
                  new Growth(programs, 1_000_000, 20_000_000 / divisor, 200_000).measure());
          case "latency" ->
              bars.addAll(new Latency(programs, 5_000_000 / divisor, 3_000 / divisor).measure());
          case "memory" -> bars.addAll(new Resident(programs, 1_000_000).measure());
          case "start" -> bars.addAll(new Start(programs).measure());
          case "backfill" -> ratios.addAll(new Backfill(programs, 3_000_000 / divisor).measure());
          case "inserts" -> ratios.addAll(Drain.inserts(programs, 2_000_000 / divisor).measure());
          case "tpcb" -> ratios.addAll(Drain.tpcb(programs, 800_000 / divisor).measure());
          default ->
              throw new IllegalArgumentException(
                  name
                      + " is none of backfill, growth, inserts, latency, memory, start, tpcb (decoder"
                      + " stands alone)");
        }
      }
    }
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

package dev.leat.benchmarks;

import dev.leat.testkit.postgres.EmbeddedPostgresServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
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
  public static void main(String[] arguments)
      throws IOException, InterruptedException, SQLException {
    Set<String> wanted = new TreeSet<>(List.of(arguments).subList(1, arguments.length));
    boolean quick = wanted.remove("--quick");
    if (wanted.isEmpty()) {
      wanted.addAll(List.of("backfill", "inserts", "tpcb"));
    }
    Path folder = Files.createTempDirectory("leat-benchmarks");
    List<Ratio> ratios = new ArrayList<>();
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
          case "backfill" -> ratios.addAll(new Backfill(programs, 3_000_000 / divisor).measure());
          case "inserts" -> ratios.addAll(Drain.inserts(programs, 2_000_000 / divisor).measure());
          case "tpcb" -> ratios.addAll(Drain.tpcb(programs, 800_000 / divisor).measure());
          default ->
              throw new IllegalArgumentException(
                  name + " is none of backfill, inserts, tpcb (decoder stands alone)");
        }
      }
    }
    System.out.println();
    Ratio.table(ratios).forEach(System.out::println);
  }
}

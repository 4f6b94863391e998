package dev.leat.benchmarks;

import dev.leat.duckdb.DuckDbPlugin;
import dev.leat.library.Leat;
import dev.leat.spi.destination.Destination;
import dev.leat.spi.engine.Queryable;
import dev.leat.spi.plugin.DestinationConnector.Access;
import dev.leat.spi.plugin.OpenContext;
import dev.leat.spi.plugin.OptionValues;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.apache.arrow.memory.BufferAllocator;
import org.jspecify.annotations.Nullable;

/**
 * From the end of a commit at the source until a query at the destination sees it, at a hundred
 * transactions a second that each change one row of a large table. The query is asked again every
 * few milliseconds by the same process, and what it takes counts.
 */
final class Latency {
  private static final int PER_SECOND = 100;
  private static final long POLL_NANOS = 2_000_000;
  private static final int WARM_UP = 500;

  private final Programs programs;
  private final int rows;
  private final int transactions;

  Latency(Programs programs, int rows, int transactions) {
    this.programs = programs;
    this.rows = rows;
    this.transactions = transactions + WARM_UP;
  }

  List<Bar> measure() throws Exception {
    programs
        .server()
        .execute(
            "CREATE TABLE watched (id int8 PRIMARY KEY, seq int8, note text)",
            "INSERT INTO watched SELECT i, 0, 'note ' || i FROM generate_series(1, %d) AS i"
                .formatted(rows));
    Path file = programs.folder().resolve("latency.duckdb");
    AtomicLongArray committed = new AtomicLongArray(transactions + 1);
    double[] millis = new double[transactions + 1];
    AtomicReference<Queryable> engine = new AtomicReference<>();
    try (Leat leat =
        Leat.replication("latency")
            .fromPostgres(programs.server().url())
            .tables("public.watched")
            .into(
                memory -> {
                  Destination destination = destination(file, memory);
                  engine.set(destination.queries().orElseThrow());
                  return destination;
                })
            .stateIn(programs.folder().resolve("latency"))
            .start()) {
      leat.awaitCaughtUp(Duration.ofMinutes(10));
      Thread writer = Thread.ofPlatform().start(() -> write(committed));
      watch(engine.get(), committed, millis);
      writer.join();
    }
    double[] sorted = Arrays.copyOfRange(millis, WARM_UP + 1, millis.length);
    Arrays.sort(sorted);
    String what =
        "commit → visible in DuckDB, 100 transactions/s, %d M rows, p".formatted(rows / 1_000_000);
    return List.of(
        new Bar(what + "50", sorted[sorted.length / 2], "ms", 150, 60),
        new Bar(what + "99", sorted[sorted.length * 99 / 100], "ms", 150, 60));
  }

  private void write(AtomicLongArray committed) {
    SplittableRandom random = new SplittableRandom(1);
    try (Connection session = programs.server().connection();
        PreparedStatement update =
            session.prepareStatement("UPDATE watched SET seq = ? WHERE id = ?")) {
      long start = System.nanoTime();
      for (int i = 1; i <= transactions; i++) {
        LockSupport.parkNanos(start + i * (1_000_000_000L / PER_SECOND) - System.nanoTime());
        update.setLong(1, i);
        update.setLong(2, random.nextLong(1, rows + 1L));
        int unused = update.executeUpdate();
        committed.set(i, System.nanoTime());
      }
    } catch (java.sql.SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Destination destination(Path file, BufferAllocator memory) {
    return new DuckDbPlugin()
        .destination()
        .orElseThrow()
        .open(
            new OpenContext("main", "latency", new OptionValues(Map.of("path", file)), memory),
            Access.WRITE);
  }

  private void watch(Queryable engine, AtomicLongArray committed, double[] millis) {
    long seen = 0;
    while (seen < transactions) {
      @Nullable String found =
          engine
              .query("SELECT max(seq) FROM public.watched WHERE seq > " + seen, 1)
              .rows()
              .getFirst()
              .getFirst();
      long time = System.nanoTime();
      long now = found == null ? seen : Long.parseLong(found);
      for (long i = seen + 1; i <= now; i++) {
        // A change may be here before the writer has heard of its commit.
        long from = committed.get((int) i);
        millis[(int) i] = from == 0 ? 0 : Math.max(0, time - from) / 1e6;
      }
      seen = now;
      LockSupport.parkNanos(POLL_NANOS);
    }
  }
}

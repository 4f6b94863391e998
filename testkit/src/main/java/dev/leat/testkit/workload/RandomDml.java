package dev.leat.testkit.workload;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Random transactions on PostgreSQL tables from several sessions: inserts, updates of some columns,
 * updates of the key, deletes, keys that come back, large values that later updates leave alone,
 * savepoints and transactions that are rolled back, truncates.
 *
 * <p>The seed decides every statement of every session, whatever the server answers; how sessions
 * interleave is up to the server. Each session has keys of its own, so that sessions do not wait
 * for each other's rows. A session whose connection breaks connects again and goes on with its next
 * transaction.
 */
public final class RandomDml {
  private final String jdbcUrl;
  private final List<String> tables = new ArrayList<>();
  private long seed = new SplittableRandom().nextLong();
  private int sessions = 4;
  private long transactions = Long.MAX_VALUE;
  private Duration limit = Duration.ofDays(1);
  private boolean truncates = true;
  private Duration pause = Duration.ZERO;
  private volatile boolean stopped;

  private RandomDml(String jdbcUrl) {
    this.jdbcUrl = jdbcUrl;
  }

  /** A workload on the tables of this PostgreSQL database. */
  public static RandomDml on(String jdbcUrl) {
    return new RandomDml(jdbcUrl);
  }

  /**
   * Creates tables that between them have most types: {@code dml_numbers}, {@code dml_texts} and
   * {@code dml_times}, each with the key {@code id}.
   */
  public static List<String> createTables(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(
          """
          CREATE TABLE dml_numbers (id bigint PRIMARY KEY, flag boolean, small smallint NOT NULL, normal integer,
            large bigint, single real, twice double precision, amount numeric(12, 2), any_number numeric,
            list integer[])
          """);
      statement.execute(
          """
          CREATE TABLE dml_texts (id integer PRIMARY KEY, body text, title varchar(50) NOT NULL, raw bytea,
            document jsonb, source json, token uuid, words text[])
          """);
      statement.execute(
          """
          CREATE TABLE dml_times (id bigint PRIMARY KEY, day date, at_time time, at timestamp, at_zone timestamptz,
            took interval, seen timestamptz[], note text)
          """);
    }
    return List.of("dml_numbers", "dml_texts", "dml_times");
  }

  /**
   * Adds tables; each needs a primary key of one integer column. Columns of types unknown here keep
   * their default.
   */
  public RandomDml tables(List<String> names) {
    tables.addAll(names);
    return this;
  }

  /** The seed of an earlier run; a new one by default. */
  public RandomDml seed(long value) {
    this.seed = value;
    return this;
  }

  /** How many sessions work at the same time; 4 by default. */
  public RandomDml sessions(int count) {
    this.sessions = count;
    return this;
  }

  /** Ends each session after this many transactions. */
  public RandomDml transactions(long eachSession) {
    this.transactions = eachSession;
    return this;
  }

  /** Ends all sessions after this time, each with a whole transaction. */
  public RandomDml during(Duration time) {
    this.limit = time;
    return this;
  }

  /** How long each session rests after a transaction; not at all by default. */
  public RandomDml pause(Duration time) {
    this.pause = time;
    return this;
  }

  public RandomDml withoutTruncates() {
    this.truncates = false;
    return this;
  }

  /** Makes {@link #run} return soon, each session with a whole transaction; from any thread. */
  public void stop() {
    stopped = true;
  }

  /**
   * Prints the seed, works, and returns when all sessions are done.
   *
   * @throws SQLException what a statement failed with, other than a lost connection
   */
  public DmlSummary run() throws SQLException, InterruptedException {
    System.out.printf("RandomDml seed=%d sessions=%d tables=%s%n", seed, sessions, tables);
    List<DmlSession> workers = workers();
    long deadline = System.nanoTime() + limit.toNanos();
    DmlSummary total = new DmlSummary(seed, 0, 0, 0, 0);
    try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<DmlSummary>> results = new ArrayList<>();
      for (DmlSession worker : workers) {
        results.add(executor.submit(() -> work(worker, deadline)));
      }
      for (Future<DmlSummary> result : results) {
        total = total.plus(result.get());
      }
      return total;
    } catch (ExecutionException e) {
      throw new SQLException("the workload failed with the seed " + seed, e.getCause());
    }
  }

  private DmlSummary work(DmlSession worker, long deadline)
      throws SQLException, InterruptedException {
    boolean done = false;
    try {
      DmlSummary summary =
          worker.run(transactions, () -> stopped || System.nanoTime() - deadline > 0);
      done = true;
      return summary;
    } finally {
      if (!done) {
        stopped = true;
      }
    }
  }

  private List<DmlSession> workers() throws SQLException {
    List<DmlSession> workers = new ArrayList<>();
    SplittableRandom random = new SplittableRandom(seed);
    try (Connection connection = DriverManager.getConnection(jdbcUrl)) {
      List<DmlTable> read = new ArrayList<>();
      for (String name : tables) {
        read.add(DmlTable.read(connection, name));
      }
      for (int session = 0; session < sessions; session++) {
        List<KeyPool> keys = new ArrayList<>();
        for (DmlTable table : read) {
          keys.add(KeyPool.of(connection, table, session, sessions));
        }
        // One session truncates, or they would mostly find empty tables.
        boolean truncating = truncates && session == 0;
        workers.add(new DmlSession(jdbcUrl, seed, random.split(), keys, truncating, pause));
      }
    }
    return workers;
  }
}

package dev.leat.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * {@code leat run} as a person types it, and a process with DuckDB that runs one statement on the
 * same files, each beginning with nothing.
 *
 * @param leat its launcher
 * @param folder for the flow, the files and the databases
 */
record FilePrograms(Path leat, Path folder) {
  private static final int ROUNDS = 5;
  private static final String ROWS =
      """
      SELECT i AS id, hash(i, 1) %% 1000000 AS customer_id, TIMESTAMP '2024-01-01' + to_milliseconds(i * 1500) AS ordered_at,
        DATE '2024-01-01' + CAST(hash(i, 2) %% 700 AS INTEGER) AS ship_date, hash(i, 3) %% 1000 AS quantity,
        CAST(hash(i, 4) %% 10000000 / 100.0 AS DECIMAL(12, 2)) AS amount, CAST(hash(i, 5) %% 10000 AS DOUBLE) / 100 AS discount,
        ['EUR', 'USD', 'SEK', 'PLN'][1 + CAST(hash(i, 6) %% 4 AS INTEGER)] AS currency, 'city ' || hash(i, 7) %% 5000 AS city,
        'ordered by phone, number ' || hash(i, 8) %% 1000000 AS note
      FROM range(%d, %d) AS r (i)""";
  private static final String DESTINATION =
      """
      flow = "benchmark"

      [destination.file]
      to   = "duckdb"
      path = "leat.duckdb"

      """;
  private static final String SOURCE =
      """
      [source.orders]
      from = "files"
      path = "drops/*.csv"
      into = "bronze.orders"

      """;

  private Path drops() {
    return folder.resolve("drops");
  }

  private String names() {
    return "'" + drops() + "/*.csv'";
  }

  private void files(int files, int rowsEach) throws IOException, SQLException {
    Files.createDirectories(drops());
    try (Connection connection = HandWritten.open(folder.resolve("made.duckdb"));
        Statement statement = connection.createStatement()) {
      for (int file = 0; file < files; file++) {
        statement.execute(
            "COPY (%s) TO '%s' (HEADER)"
                .formatted(
                    ROWS.formatted(file * (long) rowsEach, (file + 1L) * rowsEach),
                    drops().resolve("orders_%05d.csv".formatted(file))));
      }
    }
  }

  Ratio csvToTable(int rows) throws IOException, InterruptedException, SQLException {
    files(1, rows);
    return compare(
        "%d MB of CSV into a table, beside DuckDB alone".formatted(megabytes()),
        rows,
        DESTINATION + SOURCE,
        "CREATE TABLE orders AS SELECT *, now() AS loaded_at FROM read_csv(%s, filename = true)"
            .formatted(names()));
  }

  /**
   * Leat's export reads the table that was loaded, and so does what is written by hand, in the
   * compression that Leat takes.
   */
  Ratio csvToParquet(int rows) throws IOException, InterruptedException, SQLException {
    files(1, rows);
    return compare(
        "%d MB of CSV into a table and Parquet, beside DuckDB alone into both"
            .formatted(megabytes()),
        rows,
        DESTINATION
            + SOURCE
            + """
            [step.lake]
            kind = "export"
            from = "bronze.orders"
            path = "out/orders.parquet"
            """,
        """
        CREATE TABLE orders AS SELECT *, now() AS loaded_at FROM read_csv(%s, filename = true);
        COPY orders TO '%s/hand.parquet' (COMPRESSION zstd)"""
            .formatted(names(), folder));
  }

  Ratio smallFiles(int files) throws IOException, InterruptedException, SQLException {
    files(files, 100);
    return compare(
        "%,d files of CSV with 100 rows, beside DuckDB alone".formatted(files),
        files * 100,
        DESTINATION + SOURCE,
        "CREATE TABLE orders AS SELECT *, now() AS loaded_at FROM read_csv(%s, filename = true)"
            .formatted(names()));
  }

  /** One large file by a process whose memory is limited by the system; by hand it is not. */
  Ratio withinLimit(int rows) throws IOException, InterruptedException, SQLException {
    files(1, rows);
    flow(DESTINATION.replace("leat.duckdb\"", "leat.duckdb\"\nmemory_limit = \"1 GB\"") + SOURCE);
    Measured limited =
        Measured.run(
            folder,
            Map.of("LEAT_JAVA_OPTS", "-Xmx256m"),
            List.of(
                "prlimit",
                "--data=2147483648",
                leat.toString(),
                "run",
                folder.resolve("flow.toml").toString()));
    Measured hand =
        hand(
            "CREATE TABLE orders AS SELECT *, now() AS loaded_at FROM read_csv(%s, filename = true)"
                .formatted(names()));
    String what = "%d MB of CSV within 2 GB of memory, once".formatted(megabytes());
    Map<String, Measured> measured = new LinkedHashMap<>();
    measured.put("Leat", limited);
    measured.put("by hand", hand);
    Programs.progress(what, 0, measured);
    return new Ratio(what, rows, List.of(limited), List.of(hand), 0.9, 1.0);
  }

  private Ratio compare(String what, int rows, String flow, String sql)
      throws IOException, InterruptedException {
    flow(flow);
    List<Measured> ours = new ArrayList<>();
    List<Measured> hand = new ArrayList<>();
    for (int round = 0; round < ROUNDS; round++) {
      hand.add(hand(sql));
      ours.add(ours());
      Map<String, Measured> measured = new LinkedHashMap<>();
      measured.put("Leat", ours.getLast());
      measured.put("by hand", hand.getLast());
      Programs.progress(what, round, measured);
    }
    return new Ratio(what, rows, ours, hand, 0.9, 1.0);
  }

  private void flow(String text) throws IOException {
    Files.writeString(folder.resolve("flow.toml"), text);
  }

  private Measured ours() throws IOException, InterruptedException {
    for (String name : List.of("leat.duckdb", "leat.duckdb.wal")) {
      Files.deleteIfExists(folder.resolve(name));
    }
    Folders.remove(folder.resolve(".leat"));
    Folders.remove(folder.resolve("out"));
    return Measured.run(
        folder, Map.of(), List.of(leat.toString(), "run", folder.resolve("flow.toml").toString()));
  }

  private Measured hand(String sql) throws IOException, InterruptedException {
    Path database = folder.resolve("hand.duckdb");
    Files.deleteIfExists(database);
    return HandWritten.run(folder, database, sql);
  }

  private long megabytes() throws IOException {
    long bytes = 0;
    try (Stream<Path> all = Files.list(drops())) {
      for (Path file : all.toList()) {
        bytes += Files.size(file);
      }
    }
    return Math.round(bytes / 1e6);
  }
}

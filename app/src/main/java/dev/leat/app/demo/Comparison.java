package dev.leat.app.demo;

import dev.leat.testkit.compare.TableComparison;
import dev.leat.testkit.compare.TableDifference;
import dev.leat.testkit.postgres.EmbeddedPostgresServer;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Compares every table of the shop with its copy, by key and by a hash of all values. */
final class Comparison {
  private final EmbeddedPostgresServer server;
  private final Path database;

  Comparison(EmbeddedPostgresServer server, Path database) {
    this.server = server;
    this.database = database;
  }

  /** What a comparison of one table found. */
  record Result(String table, TableDifference difference) {}

  List<Result> run() throws SQLException, InterruptedException {
    try (ExecutorService threads = Executors.newFixedThreadPool(2)) {
      List<Future<Result>> running = new ArrayList<>();
      for (Shop.Table table : Shop.TABLES) {
        running.add(threads.submit(() -> compare(table)));
      }
      List<Result> results = new ArrayList<>();
      for (Future<Result> result : running) {
        try {
          results.add(result.get());
        } catch (ExecutionException e) {
          throw DemoErrors.failed("the comparison failed", e.getCause());
        }
      }
      return results;
    }
  }

  static Connection open(Path database) throws SQLException {
    Properties readOnly = new Properties();
    readOnly.setProperty("duckdb.read_only", "true");
    return DriverManager.getConnection("jdbc:duckdb:" + database, readOnly);
  }

  private Result compare(Shop.Table table) throws SQLException {
    String query = "SELECT * FROM public." + table.name();
    try (Connection source = server.connection();
        Connection copy = open(database)) {
      return new Result(
          "public." + table.name(),
          TableComparison.between(source, query, copy, query)
              .key(table.key().toArray(String[]::new))
              .difference());
    }
  }
}

package dev.leat.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;

/** Runs statements in a DuckDB file, with the settings that Leat gives it. */
final class HandWritten {
  private HandWritten() {}

  /** The database, then a file with statements, each ended by a semicolon and a new line. */
  public static void main(String[] arguments) throws IOException, SQLException {
    try (Connection connection = open(Path.of(arguments[0]));
        Statement statement = connection.createStatement()) {
      for (String sql : Files.readString(Path.of(arguments[1])).split(";\n", -1)) {
        if (!sql.isBlank()) {
          statement.execute(sql);
        }
      }
    }
  }

  /** A process of its own that runs statements, each separated by a semicolon and a new line. */
  static Measured run(Path folder, Path database, String statements)
      throws IOException, InterruptedException {
    Path file = folder.resolve("hand.sql");
    Files.writeString(file, statements);
    return Measured.run(
        folder,
        Map.of(),
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "--enable-native-access=ALL-UNNAMED",
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-cp",
            System.getProperty("java.class.path"),
            HandWritten.class.getName(),
            database.toString(),
            file.toString()));
  }

  static Connection open(Path database) throws SQLException {
    Connection connection = DriverManager.getConnection("jdbc:duckdb:" + database);
    try (Statement statement = connection.createStatement()) {
      statement.execute("SET memory_limit = '2000MB'");
      statement.execute("SET threads = 2");
      statement.execute("SET preserve_insertion_order = false");
      return connection;
    } catch (SQLException e) {
      connection.close();
      throw e;
    }
  }
}

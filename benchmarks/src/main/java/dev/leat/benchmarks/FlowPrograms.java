package dev.leat.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A flow and statements written by hand that do the same, each in a process of its own on a copy of
 * one DuckDB file.
 *
 * @param leat its launcher
 * @param folder for the flow, the databases and what is printed
 */
record FlowPrograms(Path leat, Path folder) {
  static final int ROUNDS = 5;

  static FlowPrograms in(Path leat, Path parent, String name) throws IOException {
    return new FlowPrograms(leat, Files.createDirectory(parent.resolve(name)));
  }

  Path data() {
    return folder.resolve("data.duckdb");
  }

  private Path work() {
    return folder.resolve("leat.duckdb");
  }

  /** Statements on what both begin with. */
  void prepare(String... statements) throws SQLException {
    try (Connection connection = HandWritten.open(data());
        Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }

  void flow(String steps) throws IOException {
    Files.writeString(
        folder.resolve("flow.toml"),
        """
        flow = "benchmark"

        [destination.file]
        to   = "duckdb"
        path = "leat.duckdb"

        %s"""
            .formatted(steps));
  }

  /** Has the flow done on what both begin with, which stays. */
  void runOnData() throws IOException, InterruptedException {
    Files.move(data(), work(), StandardCopyOption.REPLACE_EXISTING);
    Measured unused = leat("run", 0);
    Files.move(work(), data());
  }

  Measured leat(String command, int expected) throws IOException, InterruptedException {
    return Measured.run(
        folder,
        Map.of(),
        List.of(leat.toString(), command, folder.resolve("flow.toml").toString()),
        expected);
  }

  Measured runFlow() throws IOException, InterruptedException {
    Files.copy(data(), work(), StandardCopyOption.REPLACE_EXISTING);
    return leat("run", 0);
  }

  Measured runByHand(List<String> statements) throws IOException, InterruptedException {
    Path database = folder.resolve("hand.duckdb");
    Files.copy(data(), database, StandardCopyOption.REPLACE_EXISTING);
    return HandWritten.run(folder, database, String.join(";\n", statements));
  }

  /** Both in turn, several times. */
  Ratio compare(String what, int rows, List<String> statements)
      throws IOException, InterruptedException {
    List<Measured> leat = new ArrayList<>();
    List<Measured> hand = new ArrayList<>();
    for (int round = 0; round < ROUNDS; round++) {
      hand.add(runByHand(statements));
      leat.add(runFlow());
      Map<String, Measured> measured = new LinkedHashMap<>();
      measured.put("Leat", leat.getLast());
      measured.put("by hand", hand.getLast());
      Programs.progress(what, round, measured);
    }
    return new Ratio(what + ", beside SQL by hand", rows, leat, hand, 0.9, 1.0);
  }
}

package dev.leat.app.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A flow of steps without a source in {@code flow.toml}, and the DuckDB file in which they run. */
final class Flows {
  private final Path folder;

  Flows(Path folder) {
    this.folder = folder;
  }

  Path file() {
    return folder.resolve("flow.toml");
  }

  Flows write(String steps) throws Exception {
    Files.writeString(file(), "flow = \"steps\"\n\n" + steps);
    return this;
  }

  Cli.Result run(String... options) {
    return leat("run", options);
  }

  Cli.Result leat(String command, String... arguments) {
    List<String> all = new ArrayList<>(List.of(command));
    all.addAll(Arrays.asList(arguments));
    return new Cli(folder, Map.of()).run(all.toArray(String[]::new));
  }

  /** What came of each step, and of each of its units, of a run with {@code --json}. */
  static Map<String, String> states(Cli.Result result) throws Exception {
    Map<String, String> states = new LinkedHashMap<>();
    for (JsonNode step : steps(result)) {
      String unit = step.path("unit").asText();
      states.put(
          step.path("step").asText() + (unit.isEmpty() ? "" : " " + unit),
          step.path("state").asText());
    }
    return states;
  }

  static JsonNode steps(Cli.Result result) throws Exception {
    return new ObjectMapper().readTree(result.out()).path("steps");
  }

  void execute(String... statements) throws Exception {
    try (Connection connection = open();
        Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }

  /** Rows, with blanks between their values. */
  List<String> query(String sql) throws Exception {
    List<String> rows = new ArrayList<>();
    try (Connection connection = open();
        Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(sql)) {
      while (result.next()) {
        List<String> row = new ArrayList<>();
        for (int i = 1; i <= result.getMetaData().getColumnCount(); i++) {
          row.add(String.valueOf(result.getString(i)));
        }
        rows.add(String.join(" ", row));
      }
    }
    return rows;
  }

  private Connection open() throws Exception {
    return DriverManager.getConnection("jdbc:duckdb:" + folder.resolve("steps.duckdb"));
  }
}

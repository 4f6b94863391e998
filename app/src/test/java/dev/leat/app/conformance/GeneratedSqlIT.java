package dev.leat.app.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.leat.app.command.Cli;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Scripts that are generated from flows, run by the engines' own clients beside Leat. */
class GeneratedSqlIT {
  private static final String FLOW =
      """
      flow = "scripts"

      [run]
      engine = "ENGINE"

      CONNECTION
      [step.customers]
      kind        = "sql"
      into        = "silver.customers"
      write       = { mode = "merge", key = ["customer_id"] }
      dedupe      = { key = ["customer_id"], by = "updated_at" }
      incremental = { column = "updated_at" }
      description = "One row per customer"
      sql         = "SELECT customer_id, TRIM(name) AS name, segment, updated_at FROM bronze.customers"

      [step.log]
      kind        = "sql"
      into        = "silver.log"
      write       = { mode = "append" }
      incremental = { column = "updated_at" }
      sql         = "SELECT customer_id, name, updated_at FROM bronze.customers"

      [step.days]
      kind  = "sql"
      into  = "silver.days"
      write = { mode = "replace_partition", partition = "day", lookback = "2d" }
      sql   = "SELECT day, COUNT(*) AS n FROM bronze.visits GROUP BY day"

      [step.dim_customer]
      kind       = "scd2"
      from       = "silver.customers"
      into       = "gold.dim_customer"
      key        = ["customer_id"]
      track      = ["name"]
      valid_from = "updated_at"

      [step.segments]
      kind = "sql"
      into = "gold.segments"
      sql  = "SELECT COALESCE(segment, 'none') AS segment, COUNT(*) AS customers FROM silver.customers GROUP BY COALESCE(segment, 'none')"

      [check."gold.segments"]
      not_null = ["segment"]
      unique   = ["segment"]
      rows     = { min = MIN }
      """;

  /** What scripts need of DuckDB's own client, which is on few machines. */
  private static final String DUCKDB_CLIENT =
      """
      import sys
      import duckdb
      words = [word for word in sys.argv[1:] if word not in ("-bail", "-noheader", "-list")]
      connection = duckdb.connect(words[0])
      connection.execute(words[2] if len(words) > 1 else sys.stdin.read())
      if len(words) > 1:
          for row in connection.fetchall():
              print("" if row[0] is None else row[0])
      """;

  /** What SQLite's own client cannot do. */
  private static final String BEYOND_SQLITE = "dim_customer";

  private static final Pattern STATEMENT_END = Pattern.compile(";\\s*\n");

  private static final List<String> TABLES =
      List.of(
          "silver.customers", "silver.log", "silver.days", "gold.dim_customer", "gold.segments");

  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"duckdb", "sqlite", "postgres"})
  void makesTheSameRowsAsRunsDo(String engine) throws Exception {
    Database leat = database(engine, "leat");
    Database scripts = database(engine, "scripts");
    String client = client(engine);
    for (Database each : List.of(leat, scripts)) {
      each.execute(
          create(engine)
              + """
              INSERT INTO CUSTOMERS VALUES
                (1, ' Ada ', 'gold', '2024-05-01 08:00:00.000000'), (2, 'It''s {{ x }}', NULL, '2024-05-01 09:00:00.000000');
              INSERT INTO VISITS VALUES ('2024-05-01'), ('2024-05-04'), ('2024-05-05');
              """);
    }
    round(engine, client, leat, scripts);
    for (Database each : List.of(leat, scripts)) {
      each.execute(
          """
          UPDATE CUSTOMERS SET name = 'Ada L.', updated_at = '2024-05-03 08:00:00.000000' WHERE customer_id = 1;
          INSERT INTO CUSTOMERS VALUES (3, 'Eve', 'gold', '2024-05-02 08:00:00.000000');
          DELETE FROM VISITS;
          INSERT INTO VISITS VALUES ('2024-05-01'), ('2024-05-01'), ('2024-05-04'), ('2024-05-06');
          """);
    }
    round(engine, client, leat, scripts);

    generate(engine, leat, 9);
    PythonTools.Result refused = script(client, scripts);
    assertThat(refused.exitCode()).as(refused.output()).isEqualTo(3);
    assertThat(refused.output()).contains("check gold.segments rows failed: 1 rows");
  }

  private void round(String engine, String client, Database leat, Database scripts)
      throws Exception {
    generate(engine, leat, 1);
    Cli.Result run = cli(leat).run("run", "flow.toml");
    assertThat(run.exitCode()).as(run.err()).isZero();
    PythonTools.Result ran = script(client, scripts);
    assertThat(ran.exitCode()).as(ran.output()).isZero();
    assertThat(scripts.rows()).as(ran.output()).isEqualTo(leat.rows());
  }

  private void generate(String engine, Database leat, int fewest) throws IOException {
    String connection =
        engine.equals("postgres")
            ? "[engine.postgres]\ntype = \"postgres\"\nconnection = \"env:SCRIPTS_PG\"\n\n"
            : "[engine.%s]\ntype = \"%s\"\npath = \"%s\"\n\n"
                .formatted(engine, engine, leat.file().getFileName());
    Files.writeString(
        folder.resolve("flow.toml"),
        FLOW.replace("ENGINE", engine)
            .replace("CONNECTION\n", connection)
            .replace("MIN", String.valueOf(fewest)));
    List<String> command = new ArrayList<>(List.of("generate", "sql", "flow.toml", "--out", "sql"));
    if (engine.equals("sqlite")) {
      Cli.Result refused = cli(leat).run(command.toArray(String[]::new));
      assertThat(refused.exitCode()).isEqualTo(2);
      assertThat(refused.err())
          .contains("step dim_customer needs leat_", "add --exclude dim_customer");
      command.addAll(List.of("--exclude", BEYOND_SQLITE));
    }
    Cli.Result generated = cli(leat).run(command.toArray(String[]::new));
    assertThat(generated.exitCode()).as(generated.err()).isZero();
  }

  private Cli cli(Database leat) {
    return new Cli(folder, Map.of("SCRIPTS_PG", leat.address()));
  }

  private PythonTools.Result script(String client, Database scripts) throws Exception {
    Map<String, String> environment = new HashMap<>();
    environment.put("LEAT_CLIENT", client);
    environment.put("LEAT_DATABASE", scripts.address());
    return PythonTools.attempt(folder, environment, List.of("sql/run.sh"));
  }

  private static String create(String engine) {
    String text = engine.equals("sqlite") ? "VARCHAR" : "TEXT";
    return (engine.equals("sqlite") ? "" : "CREATE SCHEMA bronze;\n")
        + """
        CREATE TABLE CUSTOMERS (customer_id BIGINT, name TYPE, segment TYPE, updated_at TIMESTAMP);
        CREATE TABLE VISITS (day DATE);
        """
            .replace("TYPE", text);
  }

  private Database database(String engine, String name) {
    return engine.equals("postgres")
        ? new Database(engine, folder, SuiteServer.create(name))
        : new Database(engine, folder.resolve(name + "." + engine), "");
  }

  /** The client's program; the test is skipped where there is none. */
  private String client(String engine) throws Exception {
    if (!engine.equals("duckdb")) {
      String program = engine.equals("sqlite") ? "sqlite3" : "psql";
      assumeTrue(
          PythonTools.attempt(folder, Map.of(), List.of("sh", "-c", "command -v " + program))
                  .exitCode()
              == 0,
          program + " is not on this machine");
      return program;
    }
    Path program = folder.resolve("duckdb");
    Files.writeString(
        program, "#!" + PythonTools.programs("dbt").resolve("python") + "\n" + DUCKDB_CLIENT);
    Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
    return program.toString();
  }

  /**
   * Where an engine has its data.
   *
   * @param file of engines that are in one
   * @param name of PostgreSQL
   */
  private record Database(String engine, Path file, String name) {
    String address() {
      return name.isEmpty() ? file.toString() : SuiteServer.url(name);
    }

    private Connection open() throws SQLException {
      return name.isEmpty()
          ? DriverManager.getConnection("jdbc:" + engine + ":" + file)
          : SuiteServer.connection(name);
    }

    private String named(String table) {
      return engine.equals("sqlite") ? '"' + table + '"' : table;
    }

    void execute(String statements) throws SQLException {
      try (Connection connection = open();
          Statement statement = connection.createStatement()) {
        for (String each :
            STATEMENT_END
                .splitAsStream(
                    statements
                        .replace("CUSTOMERS", named("bronze.customers"))
                        .replace("VISITS", named("bronze.visits")))
                .toList()) {
          if (!each.isBlank()) {
            statement.execute(each);
          }
        }
      }
    }

    Map<String, List<String>> rows() throws SQLException {
      Map<String, List<String>> tables = new TreeMap<>();
      try (Connection connection = open();
          Statement statement = connection.createStatement()) {
        for (String table : TABLES) {
          if (engine.equals("sqlite") && table.endsWith(BEYOND_SQLITE)) {
            continue;
          }
          List<String> rows = new ArrayList<>();
          try (ResultSet result = statement.executeQuery("SELECT * FROM " + named(table))) {
            int columns = result.getMetaData().getColumnCount();
            while (result.next()) {
              StringBuilder row = new StringBuilder();
              for (int i = 1; i <= columns; i++) {
                row.append(result.getString(i)).append(" | ");
              }
              rows.add(row.toString());
            }
          }
          rows.sort(null);
          tables.put(table, rows);
        }
      }
      return tables;
    }
  }
}

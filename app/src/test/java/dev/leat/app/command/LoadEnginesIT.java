package dev.leat.app.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.leat.app.Main;
import dev.leat.app.output.ExitCode;
import dev.leat.testkit.postgres.EmbeddedPostgresServer;
import dev.leat.testkit.process.ChildJvm;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Files at engines that do not read files themselves: the same comes of them as at DuckDB. */
final class LoadEnginesIT {
  private static final String COLUMNS =
      "{ id = \"bigint\", small = \"smallint\", ok = \"boolean\", amount = \"decimal(12, 3)\","
          + " ratio = \"double\", day = \"date\", at = \"timestamp\", zoned = \"timestamptz\","
          + " name = \"text\", doc = \"json\", uid = \"uuid\" }";

  private static EmbeddedPostgresServer server;

  @TempDir private Path folder;
  private Flows flow;

  @BeforeAll
  static void start() {
    server = EmbeddedPostgresServer.builder().setting("timezone", "Asia/Tokyo").start();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @BeforeEach
  void setUp() throws Exception {
    flow = new Flows(folder);
    Files.createDirectories(folder.resolve("drops"));
    server.execute("DROP SCHEMA IF EXISTS bronze CASCADE", "DROP SCHEMA IF EXISTS _leat CASCADE");
    Files.writeString(folder.resolve("pg"), server.url());
  }

  private void drop(String name, String text) throws Exception {
    Files.writeString(folder.resolve("drops").resolve(name), text);
  }

  private void dropAll() throws Exception {
    drop(
        "a.csv",
        """
        id,small,ok,amount,ratio,day,at,zoned,name,doc,uid
        1,32767,true,12.345,0.1,2026-05-01,2026-05-01 10:00:00.123456,2026-05-01T10:00:00.5+02:00,"Käthe ""K"" 日本 😀","{""b"": [1, null], ""a"": ""ü""}",5f0c8a3e-6c57-4d11-9a5a-0f2d3c4b5a69
        2,,,,,,,,,,
        3,-5,false,-0.001,-1.5e300,0001-01-01,1969-12-31 23:59:59.999999,1969-12-31 23:59:59.999999Z,"two
        lines",[],00000000-0000-0000-0000-000000000000
        4,0,true,999999999.999,1e-300,9999-12-31,9999-12-31 23:59:59.999999,9999-12-31 23:59:59Z,\\N,\"\"\"x\"\"\",
        x,1,,,,,,,bad id,,
        5,1,maybe,,,,,,bad boolean,,
        6,1,,1234567890,,,,,too large,,
        7,1,,,,2026-02-30,,,no such day,,
        8,1,,,,,,,bad json,{,
        9,1,,,,,,,bad uuid,,123
        10,40000,,,,,,,too large for smallint,,
        11,1
        """);
    drop(
        "b.jsonl",
        """
        {"id": 20, "name": "json \\u00fc \\t", "doc": {"deep": {"n": 12345678901234567890.5}}, "ok": true}
        {"id": 21, "at": "2026-05-01T10:00:00", "zoned": "2026-05-01T10:00:00Z", "ratio": 1, "amount": "1.5"}
        {"id": "y"}
        {nope
        """);
    flow.execute(
        "COPY (SELECT * FROM (VALUES ('30', 1.5, TIMESTAMPTZ '2026-05-01 10:00:00Z', {'a': [1, 2]}),"
            + " ('z', 2.5, NULL, NULL)) t(id, amount, zoned, doc)) TO '"
            + folder.resolve("drops/c.parquet")
            + "'");
  }

  private static String source(String name, String engine, String more) {
    return """
    [source.%s]
    from    = "files"
    path    = "drops/*"
    into    = "bronze.%s"
    engine  = "%s"
    columns = %s
    %s

    """
        .formatted(name, name, engine, COLUMNS, more);
  }

  private static final String POSTGRES =
      "[engine.postgres]\ntype = \"postgres\"\nconnection = \"file:pg\"\n\n";

  /** A dataset of an engine beside the same of DuckDB, to which the first is brought. */
  private void write(String engine, String more) throws Exception {
    flow.write(
        POSTGRES
            + source("duck", "duckdb", more)
            + source("other", engine, more)
            + """
            [step.brought]
            kind   = "sql"
            into   = "silver.brought"
            engine = "duckdb"
            sql    = "SELECT * FROM bronze.other"
            """);
  }

  private Cli.Result succeed(String... options) {
    Cli.Result result = flow.run(options);
    assertThat(result.exitCode()).as(result.err()).isEqualTo(ExitCode.DONE);
    return result;
  }

  private List<String> preview(String dataset, String... columns) throws Exception {
    Cli.Result result = flow.leat("preview", dataset, "--limit", "1000", "--json");
    assertThat(result.exitCode()).as(result.err()).isZero();
    JsonNode json = new ObjectMapper().readTree(result.out());
    List<String> names = new ArrayList<>();
    json.path("columns").forEach(name -> names.add(name.asText()));
    List<String> rows = new ArrayList<>();
    for (JsonNode row : json.path("rows")) {
      List<String> values = new ArrayList<>();
      for (String column : columns) {
        String value = row.path(names.indexOf(column)).asText();
        // Engines write times in ways of their own.
        values.add(value.matches("\\d{4}-.*") ? value.replaceFirst("[.0]*([+]00)?$", "") : value);
      }
      rows.add(String.join(" | ", values));
    }
    rows.sort(null);
    return rows;
  }

  private void requireTheSame() throws Exception {
    assertThat(
            flow.query(
                "SELECT column_name, data_type FROM duckdb_columns() WHERE table_name = 'brought'"))
        .isEqualTo(
            flow.query(
                "SELECT column_name, data_type FROM duckdb_columns() WHERE table_name = 'duck'"));
    assertThat(flow.query("FROM bronze.duck EXCEPT ALL FROM silver.brought")).isEmpty();
    assertThat(flow.query("FROM silver.brought EXCEPT ALL FROM bronze.duck")).isEmpty();
    String[] parked = {"file", "line", "reason", "raw", "parked_at"};
    assertThat(preview("bronze.other_parked", parked))
        .isEqualTo(preview("bronze.duck_parked", parked));
    String[] ledger = {"file", "size", "version", "modified", "rows", "parked", "format"};
    assertThat(preview("bronze.other_files", ledger))
        .isEqualTo(preview("bronze.duck_files", ledger));
  }

  @ParameterizedTest
  @ValueSource(strings = {"postgres", "sqlite"})
  void loadsTheSameRowsAndParksTheSameRows(String engine) throws Exception {
    write(engine, "");
    dropAll();
    succeed();
    assertThat(flow.query("SELECT id FROM bronze.duck ORDER BY id"))
        .containsExactly("1", "2", "3", "4", "20", "21", "30");
    assertThat(flow.query("SELECT file, line FROM bronze.duck_parked ORDER BY file, line"))
        .containsExactly(
            "a.csv 7",
            "a.csv 8",
            "a.csv 9",
            "a.csv 10",
            "a.csv 11",
            "a.csv 12",
            "a.csv 13",
            "a.csv 14",
            "b.jsonl 3",
            "b.jsonl 4",
            "c.parquet 2");
    requireTheSame();
    assertThat(Flows.states(succeed("--json")).values()).containsOnly("up_to_date");
    drop("d.csv", "id,name\n40,new\n");
    succeed();
    assertThat(flow.query("SELECT id, name FROM silver.brought WHERE id >= 40"))
        .containsExactly("40 new");
    drop("a.csv", "id,name,more\n50,changed,1.5\nq,bad,\n");
    succeed();
    assertThat(flow.query("SELECT id, name, more FROM bronze.duck ORDER BY id"))
        .containsExactly(
            "20 json ü \t null", "21 null null", "30 null null", "40 new null", "50 changed 1.5");
    requireTheSame();
    succeed("--reload", "b.jsonl");
    requireTheSame();
    drop("a.csv", "");
    succeed();
    assertThat(flow.query("SELECT id FROM bronze.duck ORDER BY id"))
        .containsExactly("20", "21", "30", "40");
    requireTheSame();
  }

  @ParameterizedTest
  @CsvSource({
    "postgres, before-publish",
    "postgres, after-publish",
    "postgres, before-publish:2",
    "postgres, after-publish:2",
    "sqlite, before-publish:2",
    "sqlite, engine-published"
  })
  void loadsEveryRowOnceWhenItIsKilled(String engine, String place) throws Exception {
    flow.write(POSTGRES + source("other", engine, "max_files = 2\nafter = \"delete\""));
    for (int i = 0; i < 5; i++) {
      drop("f" + i + ".csv", "id,name\n" + i + ",a\nbad" + i + ",b\n");
    }
    try (ChildJvm leat =
        ChildJvm.of(Main.class).failpoint(place).arguments("run", flow.file().toString()).start()) {
      assertThat(leat.awaitExit(Duration.ofSeconds(60))).as("%s", leat.output()).isNotZero();
    }
    succeed();
    assertThat(preview("bronze.other", "id")).containsExactly("0", "1", "2", "3", "4");
    assertThat(preview("bronze.other_parked", "raw"))
        .containsExactly("bad0,b", "bad1,b", "bad2,b", "bad3,b", "bad4,b");
    assertThat(preview("bronze.other_files", "file", "rows", "parked")).hasSize(5);
    assertThat(folder.resolve("drops")).isEmptyDirectory();
  }

  @ParameterizedTest
  @ValueSource(strings = {"duckdb", "postgres", "sqlite"})
  void leavesTheTableAsItWasWhenAChangedFileIsKeptBack(String engine) throws Exception {
    flow.write(
        POSTGRES
            + source("other", engine, "")
            + "[check.\"bronze.other\"]\nunique = [\"id\"]\nnot_null = [\"name\"]\n");
    drop("a.csv", "id,name\n1,a\nx,b\n");
    drop("b.csv", "id,name\n2,b\n");
    succeed();
    drop("a.csv", "id,name\n2,a\n");
    assertThat(flow.run().exitCode()).isEqualTo(ExitCode.CHECKS_FAILED);
    assertThat(preview("bronze.other", "id", "name")).containsExactly("1 | a", "2 | b");
    assertThat(preview("bronze.other_parked", "raw")).containsExactly("x,b");
    drop("a.csv", "id,name,more\n3,a,1\n");
    succeed();
    assertThat(preview("bronze.other", "id", "name")).containsExactly("2 | b", "3 | a");
    assertThat(preview("bronze.other_parked", "raw")).isEmpty();
  }

  @Test
  void loadsNothingOfWhatAnEngineCannotHoldAndSaysSo() throws Exception {
    flow.write(POSTGRES + source("other", "sqlite", ""));
    drop("a.jsonl", "{\"id\": 1}\n{\"id\": 2, \"ratio\": \"nan\"}\n");
    Cli.Result sqlite = flow.run();
    assertThat(sqlite.exitCode()).isEqualTo(ExitCode.FAILED);
    assertThat(sqlite.err()).contains("column ratio of type FLOAT64: NaN");
    flow.write(POSTGRES + source("other", "postgres", ""));
    drop("a.jsonl", "{\"id\": 1}\n{\"id\": 2, \"doc\": {\"a\": NaN}}\n");
    Cli.Result postgres = flow.run();
    assertThat(postgres.exitCode()).isEqualTo(ExitCode.FAILED);
    assertThat(postgres.err()).contains("refused a value");
    drop("a.jsonl", "{\"id\": 1}\n{\"id\": 2, \"ratio\": \"nan\"}\n");
    succeed();
    assertThat(preview("bronze.other", "id", "ratio")).containsExactly("1 | null", "2 | NaN");
  }
}

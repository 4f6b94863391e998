package dev.leat.app.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.leat.app.Main;
import dev.leat.app.output.ExitCode;
import dev.leat.testkit.process.ChildJvm;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Sources of files: what is loaded, once, and what becomes of all else. */
final class FilesIT {
  private static final String CUSTOMERS =
      """
      [source.customers]
      from = "files"
      path = "drops/customers_{day:yyyy-MM-dd}*.csv"
      into = "bronze.customers"
      """;

  private static final String ANY =
      """
      [source.any]
      from = "files"
      path = "drops/*"
      into = "bronze.any"
      columns = { id = "bigint", name = "text", amount = "double" }
      """;

  @TempDir private Path folder;
  private Flows flow;

  @BeforeEach
  void setUp() throws Exception {
    flow = new Flows(folder);
    Files.createDirectories(folder.resolve("drops"));
  }

  private void drop(String name, String text) throws Exception {
    drop(name, text.getBytes(StandardCharsets.UTF_8));
  }

  private void drop(String name, byte[] content) throws Exception {
    Files.write(folder.resolve("drops").resolve(name), content);
  }

  private Cli.Result succeed(String... options) {
    Cli.Result result = flow.run(options);
    assertThat(result.exitCode()).as(result.err()).isEqualTo(ExitCode.DONE);
    return result;
  }

  @Test
  void loadsEachFileOnceWithItsDayAndWhatReadsItAfterwards() throws Exception {
    flow.write(
        CUSTOMERS
            + """

            [step.clean]
            kind = "sql"
            into = "silver.customers"
            sql  = "SELECT id, UPPER(name) AS name FROM bronze.customers"

            [check."bronze.customers"]
            not_null = ["id"]
            """);
    drop("customers_2026-05-01.csv", "id,name\n1,ann\n2,bob\n");
    assertThat(flow.leat("plan").out()).contains("load customers_2026-05-01.csv", "1 file");
    succeed();
    drop("customers_2026-05-02_b.csv", "id,name\n3,cy\n");
    succeed();
    assertThat(flow.query("SELECT id, name, day, _leat_file FROM bronze.customers ORDER BY id"))
        .containsExactly(
            "1 ann 2026-05-01 customers_2026-05-01.csv",
            "2 bob 2026-05-01 customers_2026-05-01.csv",
            "3 cy 2026-05-02 customers_2026-05-02_b.csv");
    assertThat(flow.query("SELECT name FROM silver.customers ORDER BY 1"))
        .containsExactly("ANN", "BOB", "CY");
    assertThat(flow.query("SELECT file, rows, parked FROM bronze.customers_files ORDER BY 1"))
        .containsExactly("customers_2026-05-01.csv 2 0", "customers_2026-05-02_b.csv 1 0");
    assertThat(Flows.states(succeed("--json")).values()).containsOnly("up_to_date");
    assertThat(flow.leat("plan").exitCode()).isEqualTo(ExitCode.DONE);
  }

  @Test
  void stepsAndChecksReadParkedRowsAndTheListOfFilesBehindTheLoad() throws Exception {
    flow.write(
        ANY
            + """

            [step.wrong]
            kind = "sql"
            into = "silver.wrong"
            sql  = 'SELECT f.file, f."rows", COUNT(p.reason) AS wrong FROM bronze.any_files f LEFT JOIN bronze.any_parked p ON p.file = f.file GROUP BY f.file, f."rows"'

            [check."bronze.any_parked"]
            rows = { max = 1 }
            """);
    drop("a.csv", "id,name,amount\n1,a,1\nx,b,2\n");
    assertThat(flow.leat("plan").exitCode()).isEqualTo(ExitCode.CHANGES_PENDING);
    succeed();
    assertThat(flow.query("FROM silver.wrong")).containsExactly("a.csv 1 1");
    drop("b.csv", "id,name,amount\ny,c,3\n4,d,4\n");
    Cli.Result failed = flow.run();
    assertThat(failed.exitCode()).isEqualTo(ExitCode.CHECKS_FAILED);
    assertThat(flow.query("FROM silver.wrong")).containsExactly("a.csv 1 1");
    drop("b.csv", "id,name,amount\n3,c,3\n4,d,4\n");
    succeed();
    assertThat(flow.query("FROM silver.wrong ORDER BY ALL"))
        .containsExactly("a.csv 1 1", "b.csv 2 0");
  }

  @Test
  void archivedFilesGoAtTheirAgeThoughNoNewOnesCome() throws Exception {
    flow.write(
        ANY + "after = \"archive\"\narchive = \"archive/{date:yyyy-MM}\"\nretention = \"10d\"\n");
    drop("a.csv", "id,name,amount\n1,a,1\n");
    succeed();
    Path archived;
    try (Stream<Path> all = Files.walk(folder.resolve("archive"))) {
      archived = all.filter(Files::isRegularFile).findFirst().orElseThrow();
    }
    succeed();
    assertThat(archived).exists();
    Files.setLastModifiedTime(archived, FileTime.from(Instant.now().minus(Duration.ofDays(11))));
    succeed();
    assertThat(archived).doesNotExist();
    assertThat(flow.query("SELECT id FROM bronze.any")).containsExactly("1");
  }

  @Test
  void replacesTheRowsOfAFileThatChangedOrIsReloaded() throws Exception {
    flow.write(ANY);
    drop("a.csv", "id,name,amount\n1,a,1\nx,b,2\n");
    drop("b.csv", "id,name,amount\n5,e,5\n");
    succeed();
    drop("a.csv", "id,name,amount\n1,a,1.5\n2,b,2\n3,c,3\n");
    succeed();
    assertThat(flow.query("SELECT id, amount FROM bronze.any ORDER BY 1"))
        .containsExactly("1 1.5", "2 2.0", "3 3.0", "5 5.0");
    assertThat(flow.query("FROM bronze.any_parked")).isEmpty();
    succeed("--reload", "b.csv");
    assertThat(flow.query("SELECT count(*) FROM bronze.any")).containsExactly("4");
    drop("b.csv", "id,name,amount\n");
    succeed();
    assertThat(flow.query("SELECT id FROM bronze.any ORDER BY 1")).containsExactly("1", "2", "3");
  }

  @Test
  void parksBadRowsWithTheirLineAndLosesNone() throws Exception {
    flow.write(ANY);
    drop(
        "bad.csv",
        "id,name,amount\n1,a,1.5\n2,\"b\nx\",2.5\nabc,c,3\n3,d\n4,e,1,extra\n5,\"f\"g,2\n6,h,7\n7,\"open,8\n9,z,9\n1.5,i,1\n");
    Cli.Result result = succeed();
    assertThat(result.err()).contains("6 rows parked");
    assertThat(flow.query("SELECT id, name, amount FROM bronze.any ORDER BY id"))
        .containsExactly("1 a 1.5", "2 b\nx 2.5", "6 h 7.0", "9 z 9.0");
    assertThat(flow.query("SELECT line, reason, raw FROM bronze.any_parked ORDER BY line"))
        .containsExactly(
            "5 column id: not a whole number of bigint abc,c,3",
            "6 2 values instead of 3 3,d",
            "7 4 values instead of 3 4,e,1,extra",
            "8 there is something behind a closing quote 5,\"f\"g,2",
            "10 a quote is not closed 7,\"open,8",
            "12 column id: not a whole number of bigint 1.5,i,1");
  }

  @Test
  void stopsAtABadRowWithItsPlaceIfThatIsWanted() throws Exception {
    flow.write(ANY + "on_bad_row = \"stop\"\n");
    drop("a.csv", "id,name,amount\n1,a,1\nx,b,2\n");
    Cli.Result result = flow.run();
    assertThat(result.exitCode()).isEqualTo(ExitCode.FAILED);
    assertThat(result.err()).contains("a.csv:3: column id: not a whole number");
    assertThat(flow.query("SELECT count(*) FROM duckdb_tables() WHERE schema_name = 'bronze'"))
        .containsExactly("0");
    flow.write(ANY + "max_bad = \"10 %\"\n");
    assertThat(flow.run().err()).contains("raise max_bad");
    flow.write(ANY + "max_bad = 1\n");
    succeed();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "id,name,amount\r1,a,1\r2,b,2\r",
        "\ufeffid,name,amount\n1,a,1\n2,b,2",
        "id;name;amount\r\n1;a;1\r\n\r\n2;b;2\r\n",
        "name\tid\tamount\na\t1\t1\nb\t2\t2\n",
        "amount,id,name,\n1,1,a,\n2,2,b,\n",
        "1,a,1\n2,b,2\n",
        "{\"id\": 1, \"name\": \"a\", \"amount\": 1}\n\n{\"amount\": 2, \"id\": 2, \"name\": \"b\"}",
        "[{\"id\": 1, \"name\": \"a\", \"amount\": 1},\n {\"id\": 2, \"name\": \"b\", \"amount\": 2}]"
      })
  void readsTheSameHoweverItIsWritten(String text) throws Exception {
    boolean json = text.startsWith("{") || text.startsWith("[");
    flow.write(ANY);
    drop(json ? "f.json" : "f.csv", text);
    succeed();
    assertThat(flow.query("SELECT id, name, amount FROM bronze.any ORDER BY 1"))
        .containsExactly("1 a 1.0", "2 b 2.0");
    assertThat(flow.query("FROM bronze.any_parked")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"windows-1252", "utf-16le", "utf-16", "iso-8859-2"})
  void readsOtherEncodings(String encoding) throws Exception {
    flow.write(ANY + "format = { encoding = \"" + encoding + "\" }\n");
    drop("f.csv", "id,name,amount\n1,Käthe,1\n".getBytes(Charset.forName(encoding)));
    succeed();
    assertThat(flow.query("SELECT name FROM bronze.any")).containsExactly("Käthe");
  }

  @Test
  void parksWhatIsNotUtf8AndNulCharacters() throws Exception {
    flow.write(ANY);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write("id,name,amount\n1,a,1\n2,b".getBytes(StandardCharsets.UTF_8));
    out.write(0xff);
    out.write(",2\n3,c\0c,3\n4,d,4\n".getBytes(StandardCharsets.UTF_8));
    drop("f.csv", out.toByteArray());
    succeed();
    assertThat(flow.query("SELECT id FROM bronze.any ORDER BY 1")).containsExactly("1", "4");
    assertThat(flow.query("SELECT line, reason FROM bronze.any_parked ORDER BY 1"))
        .containsExactly(
            "3 not valid UTF-8; see format.encoding", "4 column name: a NUL character in a text");
  }

  @Test
  void parksLinesThatAreNoJsonAndValuesThatDoNotFit() throws Exception {
    flow.write(ANY);
    drop(
        "f.jsonl",
        "{\"id\":1,\"name\":\"a\"}\n{bad\n{\"id\":\"x\"}\n[1]\n\n{\"id\":2} more\n{\"id\":3,\"amount\":null}\n{\"id\":1.5}\n"
            + "{\"name\":"
            + "[".repeat(100_000)
            + "]".repeat(100_000)
            + "}\n");
    succeed();
    assertThat(flow.query("SELECT id FROM bronze.any ORDER BY 1")).containsExactly("1", "3");
    assertThat(flow.query("SELECT line, reason FROM bronze.any_parked ORDER BY 1"))
        .containsExactly(
            "2 this is not JSON",
            "3 column id: not a whole number of bigint",
            "4 this is not a JSON object",
            "6 this is not JSON",
            "8 column id: not a whole number of bigint",
            "9 more than 100 levels, see format.max_depth");
  }

  @Test
  void givesUpAFileThatIsNotWholeAndLoadsTheOthers() throws Exception {
    flow.write(ANY);
    drop("a.csv", "id,name,amount\n1,a,1\n");
    byte[] zipped = gzip("id,name,amount\n" + "2,b,2\n".repeat(5000));
    drop("b.csv.gz", java.util.Arrays.copyOf(zipped, zipped.length - 20));
    drop("c.parquet", "PAR1 and no more".getBytes(StandardCharsets.UTF_8));
    drop("d.csv.gz", gzip("id,name,amount\n4,d,4\n"));
    Cli.Result result = flow.run();
    assertThat(result.exitCode()).isEqualTo(ExitCode.FAILED);
    assertThat(result.err()).contains("2 of 4 files", "b.csv.gz ends in the middle");
    assertThat(flow.query("SELECT id FROM bronze.any ORDER BY 1")).containsExactly("1", "4");
    flow.write(ANY + "on_bad_file = \"skip\"\n");
    assertThat(succeed().err()).contains("2 files left out: b.csv.gz ends in the middle");
    drop("b.csv.gz", zipped);
    Files.delete(folder.resolve("drops/c.parquet"));
    succeed();
    assertThat(flow.query("SELECT count(*) FROM bronze.any")).containsExactly("5002");
  }

  @Test
  void decompressesNoBombs() throws Exception {
    flow.write(ANY + "max_expansion = 2\n");
    drop(
        "a.csv.gz",
        gzip("id,name,amount\n" + "1,aaaaaaaaaaaaaaaaaaaaaaaaaa,2\n".repeat(3_000_000)));
    Cli.Result result = flow.run();
    assertThat(result.exitCode()).isEqualTo(ExitCode.FAILED);
    assertThat(result.err()).contains("more than 2 times as large", "max_expansion");
  }

  private static byte[] gzip(String text) throws Exception {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (OutputStream out = new GZIPOutputStream(bytes)) {
      out.write(text.getBytes(StandardCharsets.UTF_8));
    }
    return bytes.toByteArray();
  }

  @Test
  void readsParquetByNameAndKeepsOrFlattensJson() throws Exception {
    flow.write(
        """
        [source.parquet]
        from = "files"
        path = "drops/*.parquet"
        into = "bronze.p"

        [source.kept]
        from = "files"
        path = "drops/*.jsonl"
        into = "bronze.kept"

        [source.flat]
        from   = "files"
        path   = "drops/*.jsonl"
        into   = "bronze.flat"
        format = { nested = "flatten" }
        """);
    String drops = folder.resolve("drops").toString();
    flow.execute(
        "COPY (SELECT 1 AS id, DATE '2026-05-01' AS d, {'a': 1} AS s) TO '" + drops + "/a.parquet'",
        "COPY (SELECT {'a': 2} AS s, 2::BIGINT AS id) TO '" + drops + "/b.parquet'");
    drop(
        "a.jsonl",
        "{\"id\":1,\"at\":\"2026-05-01T10:00:00Z\",\"addr\":{\"city\":\"X\",\"geo\":{\"lat\":1.5}}}\n");
    succeed();
    assertThat(flow.query("SELECT id, d, s FROM bronze.p ORDER BY 1"))
        .containsExactly("1 2026-05-01 {\"a\":1}", "2 null {\"a\":2}");
    assertThat(flow.query("SELECT id, addr FROM bronze.kept"))
        .containsExactly("1 {\"city\":\"X\",\"geo\":{\"lat\":1.5}}");
    assertThat(flow.query("SELECT id, addr_city, addr_geo_lat FROM bronze.flat"))
        .containsExactly("1 X 1.5");
  }

  @Test
  void addsParksOrRefusesNewColumns() throws Exception {
    String source = CUSTOMERS.replace("customers_{day:yyyy-MM-dd}*.csv", "*.csv");
    flow.write(source);
    drop("a.csv", "id,name\n1,a\n");
    succeed();
    drop("b.csv", "name,id,tier\nb,2,7\n");
    succeed();
    assertThat(flow.query("SELECT id, name, tier FROM bronze.customers ORDER BY 1"))
        .containsExactly("1 a null", "2 b 7");
    drop("c.csv", "id,more\n3,x\n");
    flow.write(source + "new_columns = \"stop\"\n");
    assertThat(flow.run().err()).contains("c.csv: column more is new in bronze.customers");
    flow.write(source + "new_columns = \"park\"\n");
    succeed();
    assertThat(flow.query("SELECT line, raw FROM bronze.customers_parked"))
        .containsExactly("2 3,x");
    flow.write(source + "missing_columns = \"stop\"\n");
    drop("d.csv", "id\n4\n");
    assertThat(flow.run().err()).contains("d.csv has no column name, tier");
  }

  @ParameterizedTest
  @ValueSource(strings = {"before-publish", "after-publish", "before-publish:2", "after-publish:2"})
  void loadsEveryRowOnceWhenItIsKilled(String place) throws Exception {
    flow.write(ANY + "max_files = 2\nafter = \"archive\"\narchive = \"done\"\n");
    for (int i = 0; i < 5; i++) {
      drop("f" + i + ".csv", "id,name,amount\n" + i + ",a,1\nbad" + i + ",b,2\n");
    }
    try (ChildJvm leat =
        ChildJvm.of(Main.class).failpoint(place).arguments("run", flow.file().toString()).start()) {
      assertThat(leat.awaitExit(Duration.ofSeconds(60))).as("%s", leat.output()).isNotZero();
    }
    succeed();
    assertThat(flow.query("SELECT id, count(*) FROM bronze.any GROUP BY 1 ORDER BY 1"))
        .containsExactly("0 1", "1 1", "2 1", "3 1", "4 1");
    assertThat(flow.query("SELECT count(*), count(DISTINCT raw) FROM bronze.any_parked"))
        .containsExactly("5 5");
    try (Stream<Path> left = Files.list(folder.resolve("drops"))) {
      assertThat(left).isEmpty();
    }
    try (Stream<Path> archived = Files.list(folder.resolve("done"))) {
      assertThat(archived).hasSize(5);
    }
  }

  @Test
  void tellsWhatFilesHaveAndWhatIsParked() throws Exception {
    flow.write(CUSTOMERS.replace("customers_{day:yyyy-MM-dd}*.csv", "*.csv"));
    StringBuilder text = new StringBuilder("id;at;code\n");
    for (int i = 0; i < 200; i++) {
      text.append(i).append(";2026-05-01 10:00:00;0").append(i).append('\n');
    }
    drop("a.csv", text + "x;2026-05-01 10:00:00;1\n3;4\n");
    Cli.Result result = flow.leat("infer", "flow.toml:customers");
    assertThat(result.out())
        .contains("columns = { id = \"bigint\", at = \"timestamp\", code = \"text\" }");
    assertThat(flow.leat("infer", "drops/a.csv").out()).isEqualTo(result.out());
    succeed();
    assertThat(flow.query("SELECT count(*), sum(id) FROM bronze.customers"))
        .containsExactly("200 19900");
    assertThat(flow.leat("parked").out()).contains("2 values instead of 3", "not a whole number");
    assertThat(flow.leat("parked", "--show").out()).contains("202", "x;2026-05-01");
  }

  @Test
  void onlyWhatWasArchivedIsRemovedForItsAge() throws Exception {
    flow.write(
        ANY.replace("drops/*", "drops/*.csv")
            + "after = \"archive\"\narchive = \"{date:yyyy-MM}\"\nretention = \"10d\"\n");
    FileTime old = FileTime.from(Instant.now().minus(Duration.ofDays(20)));
    Path month = Files.createDirectory(folder.resolve("2026-01"));
    List<Path> others =
        List.of(
            folder.resolve("own.csv"),
            month.resolve("notes.txt"),
            Files.createDirectory(folder.resolve("reports")).resolve("a.csv"));
    Path archived = month.resolve("a.csv");
    for (Path file : others) {
      Files.writeString(file, "mine");
      Files.setLastModifiedTime(file, old);
    }
    Files.writeString(archived, "id,name,amount\n");
    Files.setLastModifiedTime(archived, old);
    drop("b.csv", "id,name,amount\n1,a,1\n");
    succeed();
    assertThat(archived).doesNotExist();
    assertThat(others).allSatisfy(file -> assertThat(file).exists());
  }

  @Test
  void anEnvironmentReadsFilesAndLeavesThemToTheRealRun() throws Exception {
    flow.write(ANY + "after = \"delete\"\n\n[env.dev]\n");
    drop("a.csv", "id,name,amount\n1,a,1\n");
    succeed("--env", "dev");
    assertThat(flow.query("SELECT id FROM dev_bronze.any")).containsExactly("1");
    assertThat(folder.resolve("drops/a.csv")).exists();
    succeed();
    assertThat(flow.query("SELECT id FROM bronze.any")).containsExactly("1");
    assertThat(folder.resolve("drops/a.csv")).doesNotExist();
  }

  @Test
  void anEmptyFileHasNoRowsOnceColumnsAreKnown() throws Exception {
    flow.write(CUSTOMERS.replace("customers_{day:yyyy-MM-dd}*.csv", "*.csv"));
    drop("a.csv", "");
    Cli.Result first = flow.run();
    assertThat(first.exitCode()).isEqualTo(ExitCode.FAILED);
    assertThat(first.err())
        .contains("a.csv is empty, and nothing says what columns there are")
        .contains("columns = { id = \"bigint\" }");
    drop("b.csv", "id,name\n1,a\n");
    succeed();
    assertThat(flow.query("SELECT count(*) FROM bronze.customers")).containsExactly("1");
    assertThat(flow.query("SELECT file, rows FROM bronze.customers_files ORDER BY file"))
        .containsExactly("a.csv 0", "b.csv 1");
  }

  @Test
  void aRowThatIsTooLongIsParkedAndTheOthersAreLoaded() throws Exception {
    flow.write(ANY);
    drop("a.csv", "id,name,amount\n1," + "x".repeat(20_000_000) + ",1\n2,b,2\n");
    succeed();
    assertThat(flow.query("SELECT id, name FROM bronze.any")).containsExactly("2 b");
    assertThat(flow.query("SELECT line FROM bronze.any_parked")).containsExactly("2");
  }

  @Test
  void noPartOfARowThatIsTooLongIsARow() throws Exception {
    flow.write(ANY.replace("id = \"bigint\", name = \"text\"", "id = \"text\", name = \"text\""));
    drop("a.csv", "id,name,amount\n" + "x".repeat(9_000_000) + ",a,1\n2,b,2\n");
    succeed();
    assertThat(flow.query("SELECT id, name FROM bronze.any")).containsExactly("2 b");
    drop("b.csv", "id,name,amount\n\"" + "x".repeat(9_000_000) + "\n3,c,3\n\",a,1\n");
    Cli.Result quoted = flow.run();
    assertThat(quoted.exitCode()).isEqualTo(ExitCode.FAILED);
    assertThat(quoted.err()).contains("b.csv:2: the row is longer than 2097152 bytes");
    assertThat(flow.query("SELECT id FROM bronze.any")).containsExactly("2");
  }

  @Test
  void whatIsNoTextIsRefusedByItsName() throws Exception {
    flow.write(CUSTOMERS.replace("customers_{day:yyyy-MM-dd}*.csv", "*.csv"));
    byte[] noise = new byte[100_000];
    new java.util.Random(7).nextBytes(noise);
    drop("noise.csv", noise);
    Cli.Result result = flow.run();
    assertThat(result.exitCode()).isEqualTo(ExitCode.FAILED);
    assertThat(result.err()).contains("noise.csv is no text").doesNotContain("DuckDB");
  }

  @Test
  void namesMayHaveQuotes() throws Exception {
    flow.write(ANY.replace("into = \"bronze.any\"", "into = 'bronze.\"a\"\"b\"'"));
    drop("it's \"one\".csv", "id,name,amount\n1,a,1\nx,b,2\n");
    succeed();
    succeed("--reload", "it's \"one\".csv");
    assertThat(flow.query("SELECT id FROM bronze.\"a\"\"b\"")).containsExactly("1");
    assertThat(flow.query("SELECT line FROM bronze.\"a\"\"b_parked\"")).containsExactly("3");
  }

  @Test
  void removesWhatIsTooOld() throws Exception {
    flow.write(ANY + "retention = \"10d\"\n");
    drop("old.csv", "id,name,amount\n1,a,1\n");
    drop("new.csv", "id,name,amount\n2,a,1\n");
    Files.setLastModifiedTime(
        folder.resolve("drops/old.csv"), FileTime.from(Instant.now().minus(Duration.ofDays(20))));
    succeed();
    assertThat(flow.leat("plan").out()).contains("remove old.csv, for its age");
    succeed();
    assertThat(folder.resolve("drops/old.csv")).doesNotExist();
    assertThat(folder.resolve("drops/new.csv")).exists();
    assertThat(flow.query("SELECT count(*) FROM bronze.any")).containsExactly("2");
  }

  @Test
  void changesNothingWhileItOnlyLooks() throws Exception {
    flow.write(ANY + "after = \"delete\"\n");
    drop("a.csv", "id,name,amount\n1,a,1\n");
    Map<String, String> before = content();
    assertThat(flow.leat("plan").exitCode()).isEqualTo(ExitCode.CHANGES_PENDING);
    assertThat(flow.run("--dry-run").exitCode()).isEqualTo(ExitCode.CHANGES_PENDING);
    assertThat(content()).isEqualTo(before);
    succeed();
    drop("b.csv", "id,name,amount\n2,a,1\n");
    before = content();
    assertThat(flow.leat("plan").exitCode()).isEqualTo(ExitCode.CHANGES_PENDING);
    assertThat(flow.run("--dry-run").exitCode()).isEqualTo(ExitCode.CHANGES_PENDING);
    assertThat(content()).isEqualTo(before);
  }

  private Map<String, String> content() throws Exception {
    Map<String, String> content = new TreeMap<>();
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path file : all.filter(Files::isRegularFile).toList()) {
        content.put(
            folder.relativize(file).toString(),
            java.util.HexFormat.of()
                .formatHex(
                    java.security.MessageDigest.getInstance("SHA-256")
                        .digest(Files.readAllBytes(file))));
      }
    }
    return content;
  }

  @Test
  void loadsTheSameIntoAnotherEngine() throws Exception {
    List<List<String>> rows = new ArrayList<>();
    drop("a.csv", "id,name,amount\n1,a,1.5\nx,b,2\n3,c\n");
    drop("b.jsonl", "{\"id\":4,\"name\":\"d\"}\nnope\n");
    for (String engine : List.of("duckdb", "sqlite")) {
      flow.write(ANY + "engine = \"" + engine + "\"\n");
      succeed();
      succeed();
      Cli.Result loaded = flow.leat("preview", "bronze.any", "--json");
      assertThat(loaded.exitCode()).as(loaded.err()).isZero();
      rows.add(List.of(loaded.out().replaceAll("\"20\\d\\d-[^\"]*\"|\"types\":\\[[^\\]]*]", "")));
    }
    assertThat(rows.get(1)).isEqualTo(rows.get(0));
  }
}

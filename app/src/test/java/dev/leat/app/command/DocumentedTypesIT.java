package dev.leat.app.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.leat.testkit.junit.PostgresVersionArguments;
import dev.leat.testkit.postgres.EmbeddedPostgresServer;
import dev.leat.testkit.postgres.PostgresVersion;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TimeZone;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ArgumentsSource;

/** What docs/types.md says of each type is what happens, to hard values, by copy and by stream. */
@ParameterizedClass(name = "{0}")
@ArgumentsSource(PostgresVersionArguments.class)
final class DocumentedTypesIT {
  private static final Path PAGE = Path.of("..", "docs", "types.md");
  private static final Pattern ROW = Pattern.compile("\\| `([^`]+)` \\| `([^`]+)` \\|.*");
  private static final int FIRST_WITH_NEGATIVE_SCALES = 15;

  @TempDir private Path folder;
  private final PostgresVersion version;
  private final TimeZone zone = TimeZone.getDefault();

  DocumentedTypesIT(PostgresVersion version) {
    this.version = version;
  }

  @AfterEach
  void resetZone() {
    TimeZone.setDefault(zone);
  }

  /** Values as PostgreSQL reads them; each type of the page has some. */
  private static List<String> values(String type) {
    return switch (type) {
      case "boolean" -> List.of("t", "f");
      case "smallint" -> List.of("-32768", "32767");
      case "integer" -> List.of("-2147483648", "2147483647");
      case "bigint" -> List.of("-9223372036854775808", "9007199254740993", "9223372036854775807");
      case "oid", "xid" -> List.of("0", "4294967295");
      case "xid8" -> List.of("0", "18446744073709551615");
      case "real" -> List.of("NaN", "Infinity", "-Infinity", "-0", "1e-45", "3.4028235e38", "0.1");
      case "double precision" ->
          List.of("NaN", "-Infinity", "-0", "5e-324", "1.7976931348623157e308", "0.1");
      case "numeric(10,2)", "cents" -> List.of("-99999999.99", "0.01", "0");
      case "numeric(3,-2)" -> List.of("99900", "-100");
      case "numeric(39,2)" -> List.of("1234567890123456789012345678901234567.89", "NaN", "-0.10");
      case "numeric" ->
          List.of(
              "NaN",
              "Infinity",
              "-Infinity",
              "0.000",
              "9".repeat(131_072),
              "-0." + "0".repeat(16_382) + "1",
              "1" + "0".repeat(50) + ".50");
      case "money" -> List.of("-12.34", "92233720368547758.07");
      case "text", "citext" ->
          List.of(
              "", " a ", "ä€😀", "a\tb\r\n\\N\"'", "\u0001\u007f", "\ufeffx", "\u202e", "e\u0301");
      case "varchar(20)" -> List.of("", "it''s", "ünï");
      case "char(5)" -> List.of("", "ab", "abcde");
      case "name" -> List.of("", "n".repeat(63));
      case "\"char\"" -> List.of("", "a");
      case "bytea" -> List.of("\\x", "\\x00ff5c27220a", "\\x" + "00".repeat(70_000));
      case "json" ->
          List.of(
              "{\"b\" :1, \"b\":2}",
              "null",
              "\"\\u00e4\\ud83d\\ude00\"",
              "\"\\u0000\"",
              "\"\\ud800\"",
              "9007199254740993",
              "1e400",
              "[".repeat(100) + "]".repeat(100));
      case "jsonb" ->
          List.of("{\"b\": [1, 2.50]}", "null", "12345678901234567890.10", "\"a\\\"\\\\\"");
      case "jsonpath" -> List.of("$.a[*] ? (@ > 1)");
      case "uuid" ->
          List.of("00000000-0000-0000-0000-000000000000", "ffffffff-1234-5678-9abc-def012345678");
      case "date" ->
          List.of("infinity", "-infinity", "4713-01-01 BC", "0001-12-31 BC", "5874897-12-31");
      case "time" -> List.of("00:00", "24:00:00", "23:59:59.999999");
      case "time with time zone" -> List.of("12:00+05:30", "24:00:00-15:59:59");
      case "timestamp" ->
          List.of(
              "infinity",
              "-infinity",
              "4713-01-01 00:00:00 BC",
              "1969-12-31 23:59:59.999999",
              "2024-03-31 02:30:00",
              "294246-12-31 23:59:59.5");
      case "timestamp with time zone" ->
          List.of(
              "infinity",
              "-infinity",
              "0044-03-15 12:00:00+00 BC",
              "2024-03-31 02:30:00 Europe/Berlin",
              "2024-10-27 02:30:00+01",
              "1883-11-18 12:03:58-04:56:02");
      case "interval" ->
          List.of("0", "1 year -2 mons +3 days -04:05:06.789", "178000000 years", "-100:00:00");
      case "integer[]" -> List.of("{}", "{1,NULL,-3}");
      case "text[]" -> List.of("{}", "{\"a,b\",\"NULL\",NULL,\"\",\"\\\"\\\\\"}");
      case "numeric(10,2)[]" -> List.of("{1.5,NULL}");
      case "inet[]" -> List.of("{::1,NULL,10.0.0.0/8}");
      case "box[]" -> List.of("{(3,4),(1,2);NULL;(6,7),(5,5)}");
      case "integer[][]" -> List.of("{}", "{{1,2},{3,NULL}}", "{1}", "[0:1]={1,2}");
      case "mood" -> List.of("sad", "it''s");
      case "pair" -> List.of("(1,\"a b\")", "(,)", "(2,\"\")");
      case "int4range" -> List.of("[1,5)", "empty", "(,)");
      case "int8range" -> List.of("[-9223372036854775808,9223372036854775807)");
      case "numrange" -> List.of("(1.50,2.500]", "[NaN,NaN]");
      case "daterange" -> List.of("[2024-02-28,2024-03-01)", "[4713-01-01 BC,infinity)");
      case "tsrange" -> List.of("[2024-01-01 00:00:00.5,infinity]", "(,0044-03-15 BC)");
      case "tstzrange" -> List.of("[2024-01-01 00:00:00+02,)");
      case "int4multirange" -> List.of("{}", "{[1,3),[7,9)}");
      case "tstzmultirange" -> List.of("{[2024-01-01 00:00+00,2024-01-02 00:00+00)}");
      case "inet" -> List.of("10.0.0.1/8", "192.168.1.255", "::ffff:1.2.3.4", "fe80::/10");
      case "cidr" -> List.of("10.0.0.0/8", "192.168.1.1/32", "2001:db8::/32");
      case "macaddr" -> List.of("08:00:2b:01:02:03");
      case "macaddr8" -> List.of("08:00:2b:01:02:03:04:05");
      case "bit(3)" -> List.of("101");
      case "bit varying" -> List.of("", "10101010", "111111110");
      case "xml" -> List.of("<a b=\"1\">ä</a>", "<?xml version=\"1.0\"?><a/>");
      case "tsvector" -> List.of("", "'fat':2A 'rat':3", "'it''s':1");
      case "tsquery" -> List.of("fat & (rat | !cat:A*) <-> dog");
      case "point" -> List.of("(1.5,-2e300)", "(1e-7,1e15)", "(NaN,Infinity)");
      case "line" -> List.of("{1,2,3}");
      case "lseg", "path" -> List.of("[(1,2),(3,4)]");
      case "box" -> List.of("(3,4),(1,2)");
      case "polygon" -> List.of("((1,2),(3,4),(5,6))");
      case "circle" -> List.of("<(1,2),3>");
      case "hstore" -> List.of("", "a=>1, \"b \\\" \\\\\"=>NULL");
      case "ltree" -> List.of("", "a.b.c");
      case "pg_lsn" -> List.of("0/0", "16/B374D848");
      case "tid" -> List.of("(0,1)", "(4294967295,65535)");
      case "regclass" -> List.of("pg_class");
      case "aclitem" -> List.of("postgres=arwdDxt/postgres");
      default -> throw new AssertionError("no values for the documented type " + type);
    };
  }

  /** The types of the page, with what it says they become. */
  private Map<String, String> documented() throws Exception {
    Map<String, String> types = new LinkedHashMap<>();
    for (String line : Files.readAllLines(PAGE)) {
      Matcher row = ROW.matcher(line);
      if (row.matches()) {
        types.put(row.group(1), row.group(2));
      }
    }
    if (version.major() < FIRST_WITH_NEGATIVE_SCALES) {
      types.remove("numeric(3,-2)");
    }
    assertThat(types).hasSizeGreaterThan(60);
    return types;
  }

  @Test
  void arriveAsDocumented() throws Exception {
    Map<String, String> types = documented();
    List<String> names = List.copyOf(types.keySet());
    try (EmbeddedPostgresServer server =
        EmbeddedPostgresServer.builder().version(version).start()) {
      server.execute(
          "CREATE TYPE mood AS ENUM ('sad', 'it''''s')",
          "CREATE DOMAIN cents AS numeric(10,2)",
          "CREATE TYPE pair AS (a int, b text)",
          "CREATE EXTENSION hstore",
          "CREATE EXTENSION citext",
          "CREATE EXTENSION ltree");
      for (int i = 0; i < names.size(); i++) {
        server.execute("CREATE TABLE t%d (id int PRIMARY KEY, v %s)".formatted(i, names.get(i)));
        insert(server, i, names.get(i), 100);
      }
      Files.writeString(
          folder.resolve("flow.toml"),
          """
          flow = "types"

          [source.main]
          from       = "postgres"
          connection = "env:TYPES_URL"
          tables     = ["public.*"]

          [destination.main]
          to   = "duckdb"
          path = "copy.duckdb"
          """);
      Cli leat = new Cli(folder, Map.of("TYPES_URL", server.url()));
      TimeZone.setDefault(TimeZone.getTimeZone("Asia/Kathmandu"));
      expectSuccess(leat.run("run", "--until-caught-up"));
      TimeZone.setDefault(TimeZone.getTimeZone("America/St_Johns"));
      for (int i = 0; i < names.size(); i++) {
        insert(server, i, names.get(i), 200);
        // A value by the copy becomes one by the stream, and the other way round.
        server.execute(
            "UPDATE t%d SET v = NULL WHERE id = 100".formatted(i),
            "DELETE FROM t%d WHERE id = 101".formatted(i));
      }
      expectSuccess(leat.run("run", "--until-caught-up"));

      assertThat(typesAtDestination(names)).isEqualTo(new TreeMap<>(types));
      assertSameText(server, names);
      expectSuccess(leat.run("diff"));
    }
  }

  private static void expectSuccess(Cli.Result result) {
    assertThat(result.out() + result.err()).doesNotContain("error[", "not compared");
    assertThat(result.exitCode()).as(result.out() + result.err()).isZero();
  }

  private static void insert(EmbeddedPostgresServer server, int table, String type, int firstId)
      throws Exception {
    List<String> values = values(type);
    try (Connection session = server.connection();
        PreparedStatement statement =
            session.prepareStatement(
                "INSERT INTO t%d VALUES (?, cast(?::text AS %s))".formatted(table, type))) {
      statement.setInt(1, firstId - 1);
      statement.setString(2, null);
      statement.execute();
      for (int i = 0; i < values.size(); i++) {
        statement.setInt(1, firstId + i);
        statement.setString(2, values.get(i));
        statement.execute();
      }
    }
  }

  private Connection copy() throws SQLException {
    return DriverManager.getConnection("jdbc:duckdb:" + folder.resolve("copy.duckdb"));
  }

  private Map<String, String> typesAtDestination(List<String> names) throws Exception {
    Map<String, String> types = new TreeMap<>();
    try (Connection copy = copy();
        Statement statement = copy.createStatement();
        ResultSet row =
            statement.executeQuery(
                "SELECT table_name, data_type FROM duckdb_columns() WHERE schema_name = 'public' AND"
                    + " column_name = 'v'")) {
      while (row.next()) {
        types.put(names.get(Integer.parseInt(row.getString(1).substring(1))), row.getString(2));
      }
    }
    return types;
  }

  /** What is text at the destination is what the server's output functions write. */
  private void assertSameText(EmbeddedPostgresServer server, List<String> names) throws Exception {
    try (Connection source = server.connection();
        Connection copy = copy();
        Statement settings = source.createStatement()) {
      settings.execute("SET TimeZone = 'UTC'");
      for (int i = 0; i < names.size(); i++) {
        List<String> expected =
            column(
                source,
                "SELECT id || ':' || concat(v) FROM t%d WHERE v IS DISTINCT FROM NULL ORDER BY id"
                    .formatted(i));
        List<String> text =
            column(
                copy,
                ("SELECT id || ':' || v::VARCHAR FROM public.t%d WHERE v IS NOT NULL AND typeof(v) IN"
                        + " ('VARCHAR', 'JSON') ORDER BY id")
                    .formatted(i));
        if (!text.isEmpty()) {
          assertThat(text).as(names.get(i)).isEqualTo(expected);
        }
      }
    }
  }

  private static List<String> column(Connection session, String query) throws SQLException {
    List<String> values = new ArrayList<>();
    try (Statement statement = session.createStatement();
        ResultSet row = statement.executeQuery(query)) {
      while (row.next()) {
        values.add(row.getString(1));
      }
    }
    return values;
  }
}

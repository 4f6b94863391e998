package dev.leat.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.leat.spi.batch.RowBatch;
import dev.leat.spi.error.ErrorCategory;
import dev.leat.spi.error.LeatException;
import dev.leat.spi.schema.Column;
import dev.leat.spi.schema.TableSchema;
import dev.leat.spi.source.BatchReader;
import dev.leat.spi.source.ChangeStream;
import dev.leat.spi.source.Snapshot;
import dev.leat.spi.source.Source;
import dev.leat.spi.source.StreamStart;
import dev.leat.spi.source.TableSelection;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.VarCharVector;
import org.apache.arrow.vector.complex.ListVector;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Values of every type, with PostgreSQL itself as the judge. */
class TypesIT {

  private static String template = "";
  private static final int RANDOM_VALUES = 40;
  private static final Set<String> WITHOUT_ORDER =
      Set.of(
          "aclitem",
          "box",
          "circle",
          "jsonpath",
          "line",
          "lseg",
          "path",
          "point",
          "polygon",
          "xid",
          "xml");

  /** A type with values that are easy to get wrong. */
  record Sample(String type, List<String> values) {
    Sample(String type, String... values) {
      this(type, List.of(values));
    }

    boolean isArray() {
      return type.endsWith("[]");
    }

    @Override
    public String toString() {
      return type;
    }
  }

  static List<Sample> samples() {
    return List.of(
        new Sample("boolean", "t", "f"),
        new Sample("smallint", "-32768", "0", "32767"),
        new Sample("integer", "-2147483648", "-1", "0", "2147483647"),
        new Sample(
            "bigint", "-9223372036854775808", "0", "9007199254740993", "9223372036854775807"),
        new Sample("oid", "0", "4294967295"),
        new Sample("real", "NaN", "Infinity", "-Infinity", "1e-45", "3.4028235e38", "0", "-1.5"),
        new Sample(
            "double precision", "NaN", "Infinity", "-Infinity", "5e-324", "1.7976931348623157e308"),
        new Sample(
            "numeric(10,2)", "0", "-0.01", "99999999.99", "12345678.90", "-99999999.99", "1"),
        new Sample("numeric(5,5)", "0", "0.00001", "-0.99999", "0.1"),
        new Sample("numeric(18,3)", "999999999999999.999", "-999999999999999.999", "10000"),
        new Sample(
            "numeric(38,10)",
            "9999999999999999999999999999.9999999999",
            "-9999999999999999999999999999.9999999999",
            "0.0000000001",
            "100000000"),
        new Sample("numeric(38,0)", "99999999999999999999999999999999999999", "-1", "10000"),
        new Sample(
            "numeric",
            "NaN",
            "Infinity",
            "-Infinity",
            "0.000",
            "100",
            "12345.678900",
            "0.00001234",
            "-10000",
            "1e131071",
            "1e-16383",
            "100000000.000000001"),
        new Sample("text", "", "a'b\\c\"d", "\u00e4\u20ac\ud83d\ude00", "null", "{,}"),
        new Sample("varchar(20)", "", "x"),
        new Sample("char(5)", "", "ab"),
        new Sample("name", "n"),
        new Sample(
            "date",
            "infinity",
            "-infinity",
            "4713-01-01 BC",
            "0001-12-31 BC",
            "0001-01-01",
            "1969-12-31",
            "1970-01-01",
            "5874897-12-31"),
        new Sample("time", "00:00", "24:00:00", "23:59:59.999999", "00:00:00.000001"),
        new Sample(
            "timestamp",
            "infinity",
            "-infinity",
            "4713-01-01 00:00:00 BC",
            "0001-12-31 23:59:59.999999 BC",
            "1969-12-31 23:59:59.999999",
            "294246-12-31 23:59:59.5"),
        new Sample(
            "timestamptz",
            "infinity",
            "-infinity",
            "0044-03-15 12:00:00+00 BC",
            "2024-03-31 02:30:00+01",
            "1883-11-18 12:03:58-04:56:02"),
        new Sample(
            "interval",
            "0",
            "1 year -2 mons +3 days -04:05:06.789",
            "-1 days",
            "178000000 years",
            "00:00:00.000001",
            "-100:00:00"),
        new Sample(
            "uuid", "00000000-0000-0000-0000-000000000000", "ffffffff-1234-5678-9abc-def012345678"),
        new Sample("bytea", "\\x", "\\x00ff5c27"),
        new Sample("mood", "sad", "it's"),
        new Sample("positive", "1", "2147483647"),
        new Sample(
            "inet",
            "10.0.0.1/8",
            "192.168.1.255",
            "::1",
            "::",
            "::1.2.3.4",
            "::ffff:1.2.3.4",
            "1:0:0:2:0:0:0:3/64",
            "fe80::/10",
            "1:2:3:4:5:6:7:0",
            "0:2:3:4:5:6:7:8"),
        new Sample("cidr", "10.0.0.0/8", "192.168.1.1/32", "::/0", "2001:db8::/32"),
        new Sample("macaddr", "08:00:2b:01:02:03", "ff:ff:ff:ff:ff:ff"),
        new Sample("macaddr8", "08:00:2b:01:02:03:04:05"),
        new Sample("time with time zone", "12:00:00+05:30", "24:00:00-15:59:59", "0:0:0.10-08"),
        new Sample("bit(3)", "101", "000"),
        new Sample("bit varying", "", "1", "10101010", "111111110"),
        new Sample("money", "-12.34", "92233720368547758.07"),
        new Sample("xml", "<a b=\"1\">\u00e4</a>", "<?xml version=\"1.0\"?><a/>", "text"),
        new Sample("jsonpath", "$.a[*] ? (@ > 1)"),
        new Sample("pg_lsn", "0/0", "16/B374D848", "FFFFFFFF/FFFFFFFF"),
        new Sample("xid", "0", "4294967295"),
        new Sample("xid8", "18446744073709551615"),
        new Sample("tid", "(0,1)", "(4294967295,65535)"),
        new Sample("\"char\"", "a", ""),
        new Sample("regclass", "pg_class", "pg_type"),
        new Sample("tsvector", "", "'a':1A,2B,3C,4 'b''s \\\\':16383", "plain words"),
        new Sample("tsquery", "a & (b | !c:A*) <-> d"),
        new Sample("point", "(1.5,-2e300)", "(1e-7,1e15)", "(NaN,Infinity)"),
        new Sample("line", "{1,2,3}"),
        new Sample("lseg", "[(1,2),(3,4)]"),
        new Sample("box", "(3,4),(1,2)"),
        new Sample("path", "((1,2),(3,4))", "[(1,2),(3,4)]"),
        new Sample("polygon", "((1,2),(3,4),(5,6))"),
        new Sample("circle", "<(1,2),3>"),
        new Sample("int4range", "[1,5)", "empty", "(,)", "[,7]"),
        new Sample("int8range", "[-9223372036854775808,9223372036854775807)"),
        new Sample("numrange", "(1.50,2.500]", "[NaN,NaN]", "[,1e-20)"),
        new Sample("daterange", "[2024-02-28,2024-03-01)", "[4713-01-01 BC,infinity)"),
        new Sample("tsrange", "[2024-01-01 00:00:00.5,infinity]", "(,0044-03-15 BC)"),
        new Sample("tstzrange", "[2024-01-01 00:00:00+02,)"),
        new Sample("textrange", "[\"\",\"a,b\"]", "[\"q\"\"\\\\\",\"\u00e4 b\")"),
        new Sample("int4multirange", "{}", "{[1,3),[7,9)}"),
        new Sample("tstzmultirange", "{[2024-01-01,2024-01-02),(2025-01-01,)}"),
        new Sample("pair", "(1,\"x, \"\"y\"\"\")", "(,)"),
        new Sample("amount", "1.50", "-99999999.99"),
        new Sample("address", "10.0.0.1"),
        new Sample("aclitem", "postgres=arwdDxt/postgres"),
        new Sample("citext", "Abc", ""),
        new Sample("ltree", "a.b.c", ""),
        new Sample("hstore", "", "a=>1, \"b \\\" \\\\ c\"=>NULL, \"\"=>\"\u00e4\""));
  }

  @BeforeAll
  static void makeTypes() throws Exception {
    template =
        TestDatabase.create()
            .execute(
                "CREATE TYPE mood AS ENUM ('sad', 'it''s')",
                "CREATE DOMAIN positive AS int CHECK (value > 0)",
                "CREATE DOMAIN amount AS numeric(10,2)",
                "CREATE DOMAIN address AS inet",
                "CREATE TYPE pair AS (a int, b text)",
                "CREATE TYPE textrange AS RANGE (subtype = text)",
                "CREATE EXTENSION hstore",
                "CREATE EXTENSION citext",
                "CREATE EXTENSION ltree")
            .asTemplate();
  }

  private static TestDatabase database() throws Exception {
    return TestDatabase.copyOf(template);
  }

  private static TableSchema table(Source source, String name) {
    return source
        .discover(new TableSelection(List.of("public." + name), List.of()))
        .getFirst()
        .schema();
  }

  private static RowBatch copy(Source source, TableSchema table) {
    try (Snapshot snapshot = source.openSnapshot("types", false);
        BatchReader reader = snapshot.read(table, snapshot.plan(table, 1).ranges().getFirst())) {
      return Objects.requireNonNull(reader.next());
    }
  }

  private static void insert(TestDatabase database, String table, Sample sample) throws Exception {
    try (var session = database.connection();
        var statement =
            session.prepareStatement(
                "INSERT INTO " + table + " VALUES (cast(?::text AS " + sample.type() + "))")) {
      for (String value : sample.values()) {
        statement.setString(1, value);
        statement.execute();
      }
    }
  }

  /** Types that can be keys. */
  static List<Sample> keys() {
    return samples().stream().filter(sample -> !WITHOUT_ORDER.contains(sample.type())).toList();
  }

  /** A value read and written as a literal has to be equal to the one that is there. */
  @ParameterizedTest
  @MethodSource("keys")
  void findsEveryValueAgainByWhatWasRead(Sample sample) throws Exception {
    try (TestDatabase database = database();
        Source source = database.source()) {
      database.execute("CREATE TABLE t (v " + sample.type() + " PRIMARY KEY)");
      insert(database, "t", sample);
      TableSchema table = table(source, "t");
      try (RowBatch rows = copy(source, table)) {
        assertThat(rows.rows()).isEqualTo(sample.values().size());
        try (RowBatch again = Objects.requireNonNull(source.lookUp(table, rows))) {
          assertThat(again.rows()).isEqualTo(rows.rows());
        }
      }
    }
  }

  /** A copy, a stream in binary and one in text give the same. */
  @ParameterizedTest
  @MethodSource("samples")
  void readsTheSameFromCopyAndBothStreams(Sample sample) throws Exception {
    try (TestDatabase database = database();
        Source source = database.source()) {
      database.execute(
          "CREATE TABLE t (v " + sample.type() + ", a " + sample.type() + "[])",
          "ALTER TABLE t REPLICA IDENTITY FULL",
          "CREATE TABLE as_text (v int PRIMARY KEY, force inet)");
      List<String> binary = streamed(database, source, sample, List.of(table(source, "t")));
      List<String> text =
          streamed(database, source, sample, List.of(table(source, "t"), table(source, "as_text")));
      assertThat(text).isEqualTo(binary);
      List<String> copied = new ArrayList<>();
      try (RowBatch rows = copy(source, table(source, "t"))) {
        for (int row = 0; row < rows.rows(); row++) {
          List<String> values = new ArrayList<>();
          for (FieldVector vector : rows.root().getFieldVectors()) {
            values.add(RecordingSink.text(vector, row));
          }
          copied.add("I t" + values);
          if (rows.root().getVector(0) instanceof VarCharVector texts) {
            String written =
                database.value(
                    "SELECT pg_catalog.concat(v) FROM t ORDER BY ctid OFFSET " + row + " LIMIT 1");
            assertThat(new String(texts.get(row), StandardCharsets.UTF_8)).isEqualTo(written);
          }
          if (rows.root().getVector(1) instanceof ListVector list && !sample.isArray()) {
            // Both columns have the value, the second one with a NULL behind it.
            int first = list.getElementStartIndex(row);
            assertThat(list.getElementEndIndex(row)).isEqualTo(first + 2);
            FieldVector elements = list.getDataVector();
            assertThat(RecordingSink.text(elements, first))
                .isEqualTo(RecordingSink.text(rows.root().getVector(0), row));
            assertThat(elements.isNull(first + 1)).isTrue();
          }
        }
      }
      assertThat(copied).isEqualTo(binary);
    }
  }

  static List<Sample> randomSamples() {
    long seed = System.nanoTime();
    RandomLiterals literals = new RandomLiterals(seed);
    return RandomLiterals.types().stream()
        .map(type -> new Sample(type, literals.of(type, RANDOM_VALUES)))
        .toList();
  }

  /** A failure shows the value, which is all that is needed to see it again. */
  @ParameterizedTest
  @MethodSource("randomSamples")
  void readsRandomValuesTheSame(Sample sample) throws Exception {
    readsTheSameFromCopyAndBothStreams(sample);
  }

  private static List<String> streamed(
      TestDatabase database, Source source, Sample sample, List<TableSchema> tables)
      throws Exception {
    var ids = tables.stream().map(TableSchema::table).toList();
    StreamStart start = source.startStream(database.name(), ids, true);
    start.snapshot().close();
    database.execute("TRUNCATE t");
    try (var session = database.connection();
        var statement =
            session.prepareStatement(
                (sample.isArray()
                        ? "INSERT INTO t VALUES (cast(?::text AS %1$s), cast(?::text AS %1$s))"
                        : "INSERT INTO t VALUES (cast(?::text AS %1$s), ARRAY[cast(?::text AS"
                            + " %1$s), NULL])")
                    .formatted(sample.type()))) {
      session.setAutoCommit(false);
      for (String value : sample.values()) {
        statement.setString(1, value);
        statement.setString(2, value);
        statement.execute();
      }
      session.commit();
    }
    RecordingSink sink = new RecordingSink(database.allocator);
    try (ChangeStream stream =
        source.resumeStream(
            start.identity(), start.snapshot().position(), TestDatabase.unknown(ids))) {
      Awaitility.await()
          .pollInSameThread()
          .pollInterval(Duration.ofMillis(1))
          .until(
              () -> {
                boolean unused = stream.receive(sink, Duration.ofMillis(100));
                return sink.commits >= 2;
              });
    }
    assertThat(sink.failures).isEmpty();
    return sink.events.stream().filter(event -> event.startsWith("I ")).toList();
  }

  @Test
  void readsArraysJsonAndTypesOfTheDatabase() throws Exception {
    try (TestDatabase database = database();
        Source source = database.source(Map.of("text_columns", List.of("public.t.forced")))) {
      database.execute(
          "CREATE TABLE t (i int[], s text[], e mood[], j jsonb, k json, p pair, f numeric[],"
              + " forced timestamp, n inet[])",
          """
          INSERT INTO t VALUES ('{1,NULL,-3}', ARRAY['a,b', 'NULL', NULL, '"\\', ''], '{sad,it''s}',
            '{"a": [1, 2.50]}', '{"b" :1}', ROW(1, 'x y'), '{1.50,NaN}', '2020-01-01 BC',
            '{::1,NULL}'),
            ('{}', '{}', NULL, 'null', NULL, NULL, NULL, NULL, NULL)""");
      try (RowBatch rows = copy(source, table(source, "t"))) {
        List<String> first = new ArrayList<>();
        List<String> second = new ArrayList<>();
        for (FieldVector vector : rows.root().getFieldVectors()) {
          first.add(String.valueOf(vector.getObject(0)));
          second.add(String.valueOf(vector.getObject(1)));
        }
        assertThat(first)
            .containsExactly(
                "[1,null,-3]",
                "[\"a,b\",\"NULL\",null,\"\\\"\\\\\",\"\"]",
                "[\"sad\",\"it's\"]",
                "{\"a\": [1, 2.50]}",
                "{\"b\" :1}",
                "(1,\"x y\")",
                "[\"1.50\",\"NaN\"]",
                "2020-01-01 00:00:00 BC",
                "[\"::1\",null]");
        assertThat(second)
            .containsExactly("[]", "[]", "null", "null", "null", "null", "null", "null", "null");
      }
    }
  }

  @Test
  void keepsArraysDeclaredWithSeveralDimensionsAsText() throws Exception {
    try (TestDatabase database = database();
        Source source = database.source()) {
      database.execute(
          "CREATE TABLE t (m int[][], n int[3][3][3], d amount[])",
          "ALTER TABLE t REPLICA IDENTITY FULL");
      TableSchema table = table(source, "t");
      assertThat(table.columns().stream().map(Column::sourceType))
          .containsExactly("integer[][]", "integer[][][]", "public.amount[]");
      assertThat(table.columns().stream().map(column -> column.type().toString()))
          .containsExactly("TEXT", "TEXT", "DECIMAL(10,2)[]");
      var ids = List.of(table.table());
      StreamStart start = source.startStream(database.name(), ids, true);
      start.snapshot().close();
      database.execute(
          "INSERT INTO t VALUES ('{{1,NULL},{3,4}}', '[0:0][1:1][1:2]={{{1,2}}}', '{1.5}')");
      RecordingSink sink = new RecordingSink(database.allocator);
      try (ChangeStream stream =
          source.resumeStream(start.identity(), start.snapshot().position(), List.of(table))) {
        Awaitility.await()
            .pollInSameThread()
            .until(
                () -> {
                  boolean unused = stream.receive(sink, Duration.ofMillis(100));
                  return sink.commits >= 1;
                });
      }
      assertThat(sink.failures).isEmpty();
      assertThat(sink.events).contains("I t[{{1,NULL},{3,4}}, [0:0][1:1][1:2]={{{1,2}}}, [1.50]]");
    }
  }

  @Test
  void namesTheColumnOfAValueThatHasNoPlace() throws Exception {
    try (TestDatabase database = database();
        Source source = database.source()) {
      database.execute(
          "CREATE TABLE n (v numeric(10,2))",
          "INSERT INTO n VALUES ('NaN')",
          "CREATE TABLE a (v int[])",
          "INSERT INTO a VALUES ('{{1},{2}}')",
          "CREATE TABLE d (v timestamp)",
          "INSERT INTO d VALUES ('294276-12-31')");
      for (String name : List.of("n", "a", "d")) {
        TableSchema table = table(source, name);
        assertThatThrownBy(() -> copy(source, table))
            .isInstanceOfSatisfying(
                LeatException.class,
                e -> {
                  assertThat(e.category()).isEqualTo(ErrorCategory.DATA);
                  assertThat(e.message()).contains("public." + name + ".v");
                  assertThat(e.fix()).contains("text_columns = [\"public." + name + ".v\"]");
                });
      }
      try (Source forced = database.source(Map.of("text_columns", List.of("public.d.v")))) {
        try (RowBatch rows = copy(forced, table(forced, "d"))) {
          assertThat(String.valueOf(rows.root().getVector(0).getObject(0)))
              .isEqualTo("294276-12-31 00:00:00");
        }
      }
    }
  }
}

package dev.leat.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.leat.postgres.engine.PostgresDialect;
import dev.leat.spi.engine.Engine;
import dev.leat.spi.schema.Column;
import dev.leat.spi.schema.LogicalType;
import dev.leat.spi.schema.LogicalType.Decimal;
import dev.leat.spi.schema.LogicalType.ListOf;
import dev.leat.spi.schema.LogicalType.Primitive;
import dev.leat.spi.schema.TableId;
import dev.leat.spi.sql.Call;
import dev.leat.spi.sql.PortableFunction;
import dev.leat.testkit.junit.PostgresVersions;
import dev.leat.testkit.postgres.EmbeddedPostgresServer;
import dev.leat.testkit.postgres.PostgresVersion;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.assertj.core.api.SoftAssertions;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What each function means, on the newest server and the oldest. */
class PostgresDialectIT {
  private static final PostgresDialect DIALECT = new PostgresDialect();
  private static final LogicalType MONEY = new Decimal(10, 2);

  /** A written operand and its type. */
  private record Operand(String sql, LogicalType type) {}

  private record Case(PortableFunction function, String expression, @Nullable String expected) {}

  private final List<Case> cases = new ArrayList<>();

  private static Operand of(LogicalType type, String value) {
    return new Operand(DIALECT.literal(type, value), type);
  }

  private static Operand text(String value) {
    return of(Primitive.TEXT, value);
  }

  private static Operand int4(int value) {
    return of(Primitive.INT32, String.valueOf(value));
  }

  private static Operand int8(long value) {
    return of(Primitive.INT64, String.valueOf(value));
  }

  private static Operand real(String value) {
    return of(Primitive.FLOAT64, value);
  }

  private static Operand money(String value) {
    return of(MONEY, value);
  }

  private static Operand nothing() {
    return new Operand("NULL", Primitive.TEXT);
  }

  private void gives(
      @Nullable String expected, PortableFunction function, LogicalType type, Operand... operands) {
    gives(expected, function, type, "", operands);
  }

  private void gives(
      @Nullable String expected,
      PortableFunction function,
      LogicalType type,
      String unit,
      Operand... operands) {
    String call = call(function, type, unit, false, "", "", operands);
    cases.add(new Case(function, DIALECT.output(call, type), expected));
  }

  private static String call(
      PortableFunction function,
      LogicalType type,
      String unit,
      boolean distinct,
      String order,
      String suffix,
      Operand... operands) {
    List<Operand> list = List.of(operands);
    return DIALECT
        .call(
            new Call(
                function,
                list.stream().map(Operand::sql).toList(),
                list.stream().map(Operand::type).toList(),
                type,
                unit,
                distinct,
                order,
                suffix))
        .orElseThrow();
  }

  @PostgresVersions
  void everyFunctionMeansWhatItIsToMean(PostgresVersion version) throws Exception {
    numbers();
    texts();
    times();
    casts();
    Set<PortableFunction> tested = EnumSet.noneOf(PortableFunction.class);
    cases.forEach(each -> tested.add(each.function()));
    try (EmbeddedPostgresServer server = EmbeddedPostgresServer.builder().version(version).start();
        TestDatabase database = TestDatabase.on(server);
        Engine engine = EngineDatabase.open(database, database.url())) {
      SoftAssertions all = new SoftAssertions();
      for (Case each : cases) {
        all.assertThatCode(
                () ->
                    assertThat(engine.query("SELECT " + each.expression(), 1).rows().getFirst())
                        .containsExactly(each.expected()))
            .as(each.expression())
            .doesNotThrowAnyException();
      }
      aggregates(engine, all, tested);
      all.assertThat(EnumSet.complementOf(EnumSet.copyOf(tested)))
          .containsExactlyInAnyOrder(
              PortableFunction.CURRENT_DATE, PortableFunction.CURRENT_TIMESTAMP);
      all.assertAll();
    }
  }

  private void numbers() {
    gives("-3", PortableFunction.DIVIDE, Primitive.INT32, int4(-7), int4(2));
    gives(null, PortableFunction.DIVIDE, Primitive.INT32, int4(1), int4(0));
    gives(null, PortableFunction.DIVIDE, Primitive.INT32, nothing(), int4(1));
    gives("3.5", PortableFunction.DIVIDE, Primitive.FLOAT64, money("7"), int4(2));
    gives(null, PortableFunction.DIVIDE, Primitive.FLOAT64, real("7"), real("0"));
    gives("-1", PortableFunction.MOD, Primitive.INT64, int8(-7), int8(3));
    gives("1.50", PortableFunction.MOD, MONEY, money("7.50"), money("2"));
    gives(null, PortableFunction.MOD, Primitive.INT32, int4(7), int4(0));
    gives("5", PortableFunction.ABS, Primitive.INT32, int4(-5));
    gives(null, PortableFunction.ABS, Primitive.INT32, nothing());
    gives("3", PortableFunction.CEIL, Primitive.FLOAT64, real("2.1"));
    gives("3.00", PortableFunction.CEIL, MONEY, money("2.10"));
    gives("2", PortableFunction.CEIL, Primitive.INT32, int4(2));
    gives("-3", PortableFunction.FLOOR, Primitive.FLOAT64, real("-2.1"));
    gives("-3.00", PortableFunction.FLOOR, MONEY, money("-2.10"));
    gives("3", PortableFunction.ROUND, Primitive.FLOAT64, real("2.5"));
    gives("-3", PortableFunction.ROUND, Primitive.FLOAT64, real("-2.5"));
    gives("0", PortableFunction.ROUND, Primitive.FLOAT64, real("0.49999999999999994"));
    gives("Infinity", PortableFunction.ROUND, Primitive.FLOAT64, real("Infinity"));
    gives("NaN", PortableFunction.ROUND, Primitive.FLOAT64, real("NaN"));
    gives("1e+300", PortableFunction.ROUND, Primitive.FLOAT64, real("1e300"));
    gives("0.13", PortableFunction.ROUND, Primitive.FLOAT64, real("0.125"), int4(2));
    gives("2.35", PortableFunction.ROUND, new Decimal(10, 2), money("2.35"), int4(2));
    gives("3.00", PortableFunction.ROUND, MONEY, money("2.50"));
    gives("1250", PortableFunction.ROUND, Primitive.INT32, int4(1245), int4(-1));
    gives("7", PortableFunction.ROUND, Primitive.INT64, int8(7));
    gives("-1", PortableFunction.SIGN, Primitive.INT32, money("-0.01"));
    gives("0", PortableFunction.SIGN, Primitive.INT32, int4(0));
    gives("1024", PortableFunction.POWER, Primitive.FLOAT64, int4(2), int4(10));
    gives("3", PortableFunction.SQRT, Primitive.FLOAT64, int4(9));
    gives(null, PortableFunction.SQRT, Primitive.FLOAT64, real("-0.5"));
    gives("1", PortableFunction.EXP, Primitive.FLOAT64, int4(0));
    gives("0", PortableFunction.EXP, Primitive.FLOAT64, int4(-1000));
    gives("0", PortableFunction.LN, Primitive.FLOAT64, int4(1));
    gives(null, PortableFunction.LN, Primitive.FLOAT64, int4(0));
    gives("3", PortableFunction.GREATEST, Primitive.INT32, int4(1), nothing(), int4(3));
    gives("a", PortableFunction.GREATEST, Primitive.TEXT, text("Z"), text("a"), nothing());
    gives("Z", PortableFunction.LEAST, Primitive.TEXT, text("Z"), text("a"));
    gives("1", PortableFunction.LEAST, Primitive.INT32, int4(1), int4(3));
  }

  private void texts() {
    gives("ab", PortableFunction.CONCAT, Primitive.TEXT, text("a"), text("b"));
    gives("a1", PortableFunction.CONCAT, Primitive.TEXT, text("a"), int4(1));
    gives(null, PortableFunction.CONCAT, Primitive.TEXT, text("a"), nothing());
    gives("ÄÖÉЖΣ", PortableFunction.UPPER, Primitive.TEXT, text("äöéжσ"));
    gives("äöéжa", PortableFunction.LOWER, Primitive.TEXT, text("ÄÖÉЖA"));
    gives("\ta b", PortableFunction.TRIM, Primitive.TEXT, text("  \ta b "));
    gives("a ", PortableFunction.LTRIM, Primitive.TEXT, text("  a "));
    gives("  a", PortableFunction.RTRIM, Primitive.TEXT, text("  a "));
    gives("3", PortableFunction.LENGTH, Primitive.INT64, text("ä𝄞x"));
    gives("𝄞x", PortableFunction.SUBSTRING, Primitive.TEXT, text("ä𝄞xy"), int8(2), int8(2));
    gives("𝄞xy", PortableFunction.SUBSTRING, Primitive.TEXT, text("ä𝄞xy"), int4(2));
    gives("2", PortableFunction.POSITION, Primitive.INT64, text("b"), text("abb"));
    gives("0", PortableFunction.POSITION, Primitive.INT64, text("c"), text("abb"));
    gives("xbx", PortableFunction.REPLACE, Primitive.TEXT, text("aba"), text("a"), text("x"));
    gives("ab", PortableFunction.LEFT, Primitive.TEXT, text("abc"), int8(2));
    gives("", PortableFunction.LEFT, Primitive.TEXT, text("abc"), int4(0));
    gives("bc", PortableFunction.RIGHT, Primitive.TEXT, text("abc"), int8(2));
    gives("xyxa", PortableFunction.LPAD, Primitive.TEXT, text("a"), int8(4), text("xy"));
    gives("ab", PortableFunction.LPAD, Primitive.TEXT, text("abc"), int4(2), text("x"));
    gives("a  ", PortableFunction.RPAD, Primitive.TEXT, text("a"), int4(3));
    gives("b", PortableFunction.SPLIT_PART, Primitive.TEXT, text("a-b"), text("-"), int8(2));
    gives("", PortableFunction.SPLIT_PART, Primitive.TEXT, text("a-b"), text("-"), int4(3));
    gives("true", PortableFunction.STARTS_WITH, Primitive.BOOLEAN, text("a%b"), text("a%"));
    gives("false", PortableFunction.LIKE, Primitive.BOOLEAN, text("abc"), text("A%"));
    gives("true", PortableFunction.LIKE, Primitive.BOOLEAN, text("a\\b"), text("a\\_"));
    gives("true", PortableFunction.LIKE, Primitive.BOOLEAN, text("a_"), text("a!_"), text("!"));
    gives("false", PortableFunction.LIKE, Primitive.BOOLEAN, text("ab"), text("a!_"), text("!"));
    gives("true", PortableFunction.REGEXP_LIKE, Primitive.BOOLEAN, text("xa12"), text("a\\d+$"));
    gives("8419b71c87a225a2c70b50486fbee545", PortableFunction.MD5, Primitive.TEXT, text("ä"));
  }

  private void times() {
    Operand day = of(Primitive.DATE, "2024-02-29");
    Operand at = of(Primitive.TIMESTAMP, "2024-12-29 13:45:59.75");
    Operand zoned = of(Primitive.TIMESTAMP_TZ, "2024-12-29 13:45:59.75");
    Operand before = of(Primitive.TIMESTAMP, "1969-12-31 23:59:59.5");
    extract("2024", "YEAR", day);
    extract("1", "QUARTER", day);
    extract("2", "MONTH", day);
    extract("52", "WEEK", at);
    extract("29", "DAY", day);
    extract("0", "DOW", at);
    extract("60", "DOY", day);
    extract("0", "HOUR", day);
    extract("13", "HOUR", zoned);
    extract("45", "MINUTE", at);
    extract("59", "SECOND", at);
    extract("13", "HOUR", of(Primitive.TIME, "13:45:00"));
    extract("1735479959", "EPOCH", zoned);
    extract("1709164800", "EPOCH", day);
    extract("-1", "EPOCH", before);
    gives("2024-01-01", PortableFunction.DATE_TRUNC, Primitive.DATE, "QUARTER", day);
    gives("2024-02-26", PortableFunction.DATE_TRUNC, Primitive.DATE, "WEEK", day);
    gives("2024-12-29 13:00:00", PortableFunction.DATE_TRUNC, Primitive.TIMESTAMP, "HOUR", at);
    gives(
        "2024-12-01 00:00:00+00",
        PortableFunction.DATE_TRUNC,
        Primitive.TIMESTAMP_TZ,
        "MONTH",
        zoned);
    gives("2025-02-28", PortableFunction.DATE_ADD, Primitive.DATE, "YEAR", day, int8(1));
    gives("2024-01-31", PortableFunction.DATE_ADD, Primitive.DATE, "DAY", day, int8(-29));
    gives(
        "2024-12-29 13:46:02.75",
        PortableFunction.DATE_ADD,
        Primitive.TIMESTAMP,
        "SECOND",
        at,
        int8(3));
    gives(
        "2025-02-28 13:45:59.75+00",
        PortableFunction.DATE_ADD,
        Primitive.TIMESTAMP_TZ,
        "MONTH",
        zoned,
        int4(2));
    gives(null, PortableFunction.DATE_ADD, Primitive.DATE, "DAY", day, nothing());
    gives(
        "304",
        PortableFunction.DATE_DIFF,
        Primitive.INT64,
        "DAY",
        day,
        of(Primitive.DATE, "2024-12-29"));
    Operand later = of(Primitive.TIMESTAMP, "2024-12-30 13:45:00");
    gives("0", PortableFunction.DATE_DIFF, Primitive.INT64, "DAY", at, later);
    gives("-23", PortableFunction.DATE_DIFF, Primitive.INT64, "HOUR", later, at);
    gives("86340", PortableFunction.DATE_DIFF, Primitive.INT64, "SECOND", at, later);
    gives("1439", PortableFunction.DATE_DIFF, Primitive.INT64, "MINUTE", at, later);
  }

  private void extract(String expected, String unit, Operand from) {
    gives(expected, PortableFunction.EXTRACT, Primitive.INT64, unit, from);
  }

  private void casts() {
    cast("12", Primitive.INT64, text("12"));
    cast("1.50", MONEY, text("1.5"));
    cast("1.50", Primitive.TEXT, money("1.5"));
    cast("true", Primitive.TEXT, of(Primitive.BOOLEAN, "true"));
    cast("1", Primitive.INT64, of(Primitive.BOOLEAN, "true"));
    cast("false", Primitive.BOOLEAN, int8(0));
    cast("2024-05-01", Primitive.TEXT, of(Primitive.DATE, "2024-05-01"));
    cast("2024-05-01 10:00:00", Primitive.TEXT, of(Primitive.TIMESTAMP, "2024-05-01 10:00:00"));
    cast("2024-05-01 10:00:00.5", Primitive.TEXT, of(Primitive.TIMESTAMP, "2024-05-01 10:00:00.5"));
    cast("2024-05-01", Primitive.DATE, of(Primitive.TIMESTAMP_TZ, "2024-05-01 23:59:59"));
    cast("2024-05-01 00:00:00+00", Primitive.TIMESTAMP_TZ, of(Primitive.DATE, "2024-05-01"));
    cast("2024-05-01 10:00:00", Primitive.TIMESTAMP, text("2024-05-01 10:00:00"));
    cast("0.30000000000000004", new Decimal(38, 17), real("0.30000000000000004"));
    cast(null, Primitive.UUID, nothing());
    cast("{1,NULL}", new ListOf(Primitive.INT32), text("{1,NULL}"));
    cast("\\x00ff", Primitive.BINARY, of(Primitive.BINARY, "00ff"));
  }

  private void cast(@Nullable String expected, LogicalType type, Operand from) {
    gives(expected, PortableFunction.CAST, type, from);
  }

  private record Aggregate(String expected, PortableFunction function, String sql) {}

  private static Aggregate of(
      String expected, PortableFunction function, LogicalType type, Operand... operands) {
    return of(expected, function, type, false, "", "", operands);
  }

  private static Aggregate of(
      String expected,
      PortableFunction function,
      LogicalType type,
      boolean distinct,
      String order,
      String suffix,
      Operand... operands) {
    String call = call(function, type, "", distinct, order, suffix, operands);
    return new Aggregate(expected, function, DIALECT.output(call, type));
  }

  private static void aggregates(Engine engine, SoftAssertions all, Set<PortableFunction> tested) {
    String rows =
        " FROM (VALUES (1, 'b', TRUE), (2, 'Z', FALSE), (2, 'b', NULL), (NULL, NULL, NULL))"
            + " AS t(n, s, b)";
    Operand n = new Operand("n", Primitive.INT32);
    Operand s = new Operand("s", Primitive.TEXT);
    Operand b = new Operand("b", Primitive.BOOLEAN);
    Operand decimal = new Operand("CAST(n AS NUMERIC(10,2))", MONEY);
    Operand four = new Operand("CAST(n AS REAL)", Primitive.FLOAT32);
    String by = "ORDER BY " + DIALECT.ordered("s") + " ASC NULLS LAST";
    String some = " FILTER (WHERE n > 1)";
    for (Aggregate each :
        List.of(
            of("4", PortableFunction.COUNT, Primitive.INT64),
            of("2", PortableFunction.COUNT, Primitive.INT64, true, "", "", n),
            of("5", PortableFunction.SUM, Primitive.INT64, n),
            of("3", PortableFunction.SUM, Primitive.INT64, true, "", "", n),
            of("4", PortableFunction.SUM, Primitive.INT64, false, "", some, n),
            of("5.00", PortableFunction.SUM, new Decimal(38, 2), decimal),
            of("5", PortableFunction.SUM, Primitive.FLOAT64, four),
            of("Z", PortableFunction.MIN, Primitive.TEXT, s),
            of("b", PortableFunction.MAX, Primitive.TEXT, s),
            of("true", PortableFunction.MAX, Primitive.BOOLEAN, b),
            of("1.6666666666666667", PortableFunction.AVG, Primitive.FLOAT64, n),
            of("0.5773502691896257", PortableFunction.STDDEV_SAMP, Primitive.FLOAT64, n),
            of("false", PortableFunction.BOOL_AND, Primitive.BOOLEAN, b),
            of("true", PortableFunction.BOOL_OR, Primitive.BOOLEAN, b),
            of("Z,b,b", PortableFunction.STRING_AGG, Primitive.TEXT, false, by, "", s, text(",")),
            of("Z,b", PortableFunction.STRING_AGG, Primitive.TEXT, true, by, "", s, text(",")))) {
      tested.add(each.function());
      all.assertThatCode(
              () ->
                  assertThat(engine.query("SELECT " + each.sql() + rows, 1).rows())
                      .containsExactly(List.of(each.expected())))
          .as(each.sql())
          .doesNotThrowAnyException();
    }
    String over = " OVER (ORDER BY n NULLS LAST, " + DIALECT.ordered("s") + ")";
    windows(engine, all, tested, rows, over, n);
  }

  private static void windows(
      Engine engine,
      SoftAssertions all,
      Set<PortableFunction> tested,
      String rows,
      String over,
      Operand n) {
    record Of(
        String expected, PortableFunction function, LogicalType type, List<Operand> operands) {}
    String frame = over.substring(0, over.length() - 1);
    String whole = frame + " ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING)";
    for (Of each :
        List.of(
            new Of("1,2,3,4", PortableFunction.ROW_NUMBER, Primitive.INT64, List.of()),
            new Of("1,2,3,4", PortableFunction.RANK, Primitive.INT64, List.of()),
            new Of("1,2,3,4", PortableFunction.DENSE_RANK, Primitive.INT64, List.of()),
            new Of("1,1,2,2", PortableFunction.NTILE, Primitive.INT64, List.of(int8(2))),
            new Of("9,1,2,2", PortableFunction.LAG, Primitive.INT32, List.of(n, int8(1), int8(9))),
            new Of("2,2,null,null", PortableFunction.LEAD, Primitive.INT32, List.of(n)),
            new Of("1,1,1,1", PortableFunction.FIRST_VALUE, Primitive.INT32, List.of(n)),
            new Of(
                "null,null,null,null", PortableFunction.LAST_VALUE, Primitive.INT32, List.of(n)))) {
      tested.add(each.function());
      boolean framed = each.function() == PortableFunction.LAST_VALUE;
      String call =
          call(
              each.function(),
              each.type(),
              "",
              false,
              "",
              framed ? whole : over,
              each.operands().toArray(Operand[]::new));
      String sql = "SELECT " + call + rows + " ORDER BY n NULLS LAST, " + DIALECT.ordered("s");
      all.assertThatCode(
              () ->
                  assertThat(
                          String.join(
                              ",",
                              engine.query(sql, 9).rows().stream()
                                  .map(row -> String.valueOf(row.getFirst()))
                                  .toList()))
                      .isEqualTo(each.expected()))
          .as(sql)
          .doesNotThrowAnyException();
    }
  }

  @Test
  void columnsOfOutputHaveTheTypeThatIsToldAndNoCollation() throws Exception {
    try (TestDatabase database = TestDatabase.create();
        Engine engine = EngineDatabase.open(database, database.url())) {
      List<String> outputs = new ArrayList<>();
      List<LogicalType> types = new ArrayList<>(List.of(Primitive.values()));
      types.add(MONEY);
      types.add(new ListOf(Primitive.TEXT));
      for (LogicalType type : types) {
        outputs.add(DIALECT.output("NULL", type) + " AS \"" + type + "\"");
      }
      String query = "SELECT " + String.join(", ", outputs);
      assertThat(engine.columnsOf(query)).extracting(Column::type).isEqualTo(types);
      database.execute("CREATE TABLE a AS SELECT " + DIALECT.ordered("'x'") + " AS s");
      database.execute(
          "CREATE TABLE b AS SELECT " + DIALECT.output("s", Primitive.TEXT) + " AS s FROM a");
      assertThat(
              database.value(
                  "SELECT collname FROM pg_attribute a JOIN pg_collation c"
                      + " ON c.oid = a.attcollation WHERE attrelid = 'b'::regclass AND attnum = 1"))
          .isEqualTo("default");
    }
  }

  @Test
  void namesOfIndexesAreShortEnoughAndStayTheSame() throws Exception {
    TableId table = new TableId("public", "ä".repeat(28));
    List<String> statements = DIALECT.indexStatements(table, List.of("customer_id", "tag \"x\""));
    try (TestDatabase database = TestDatabase.create()) {
      database.execute(
          DIALECT
              .createTable(
                  table,
                  List.of(
                      new Column("customer_id", Primitive.INT64, true, ""),
                      new Column("tag \"x\"", Primitive.TEXT, true, "")),
                  List.of())
              .toArray(String[]::new));
      database
          .execute(statements.toArray(String[]::new))
          .execute(statements.toArray(String[]::new));
      assertThat(database.value("SELECT count(*) FROM pg_indexes WHERE schemaname = 'public'"))
          .isEqualTo("2");
    }
  }
}

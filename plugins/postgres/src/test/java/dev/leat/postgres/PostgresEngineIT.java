package dev.leat.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.leat.spi.engine.Cancellation;
import dev.leat.spi.engine.Engine;
import dev.leat.spi.engine.EngineConnector;
import dev.leat.spi.engine.Mark;
import dev.leat.spi.engine.Publication;
import dev.leat.spi.error.ErrorCategory;
import dev.leat.spi.error.LeatException;
import dev.leat.spi.instruction.Relation;
import dev.leat.spi.instruction.Write;
import dev.leat.spi.plugin.OptionValues;
import dev.leat.spi.schema.Column;
import dev.leat.spi.schema.LogicalType;
import dev.leat.spi.schema.LogicalType.Decimal;
import dev.leat.spi.schema.LogicalType.ListOf;
import dev.leat.spi.schema.LogicalType.Primitive;
import dev.leat.spi.schema.TableId;
import dev.leat.testkit.contract.EngineFixture;
import dev.leat.testkit.net.FaultyProxy;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.Period;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.apache.arrow.vector.PeriodDuration;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What is PostgreSQL's own about it as an engine. */
class PostgresEngineIT extends EngineFixture {
  private static final TableId TABLE = new TableId("gold", "orders");
  private static final Column ID = column("id", Primitive.INT32);
  private static final Column NAME = column("name", Primitive.TEXT);
  private static final List<Column> COLUMNS = List.of(ID, NAME);

  private final EngineDatabase database = new EngineDatabase();

  @AfterEach
  void drop() throws Exception {
    database.close();
  }

  @Override
  protected EngineConnector connector() {
    return EngineDatabase.connector();
  }

  @Override
  protected OptionValues options() {
    return database.options();
  }

  private String value(String query) throws SQLException {
    return database.database().value(query);
  }

  private String oid() throws SQLException {
    return value("SELECT 'gold.orders'::regclass::oid");
  }

  @Test
  void aTableThatOthersBuiltUponStaysWhenItsRowsAreReplaced() throws Exception {
    publish(TABLE, new Write.Replace(), COLUMNS, List.of(row(1, "a")));
    String first = oid();
    publish(TABLE, new Write.Replace(), COLUMNS, List.of(row(2, "b")));
    String second = oid();
    assertThat(second).isNotEqualTo(first);
    for (String builds :
        List.of(
            "CREATE VIEW public.v AS SELECT * FROM gold.orders",
            "DROP VIEW public.v; GRANT SELECT ON gold.orders TO PUBLIC",
            "REVOKE ALL ON gold.orders FROM PUBLIC; CREATE INDEX i ON gold.orders (id)",
            "DROP INDEX gold.i; COMMENT ON TABLE gold.orders IS 'all of them'")) {
      database.database().execute(builds);
      publish(TABLE, new Write.Replace(), COLUMNS, List.of(row(3, "c"), row(4, "d")));
      assertThat(oid()).as(builds).isEqualTo(second);
    }
    assertThat(rows(TABLE)).containsExactly(row(3, "c"), row(4, "d"));
    List<Column> wider = List.of(ID, NAME, column("more", Primitive.DATE));
    publish(TABLE, new Write.Replace(), wider, List.of(row(5, "e", LocalDate.EPOCH)));
    assertThat(oid()).isEqualTo(second);
    assertThat(rows(TABLE)).containsExactly(row(5, "e", LocalDate.EPOCH));
  }

  @Test
  void aTableThatLeatDidNotMakeIsNeverWrittenTo() throws Exception {
    database
        .database()
        .execute(
            "CREATE SCHEMA gold", "CREATE TABLE gold.orders AS SELECT 1 AS id, 'mine' AS name");
    for (Write write : List.of(new Write.Replace(), new Write.Append())) {
      assertThatThrownBy(() -> publish(TABLE, write, COLUMNS, List.of(row(2, "b"))))
          .isInstanceOfSatisfying(
              LeatException.class, e -> assertThat(e.code().name()).isEqualTo("PG_TABLE_EXISTS"));
    }
    assertThat(rows(TABLE)).containsExactly(row(1, "mine"));
  }

  @Test
  void aCommitWhoseAnswerIsLostIsLookedUp() throws Exception {
    assertThat(appendedWhile(true)).isEqualTo(2);
    assertThat(rows(TABLE)).containsExactly(row(1, "a"), row(2, "b"));
  }

  @Test
  void aCommitThatWasNotIsDoneAgain() throws Exception {
    assertThat(appendedWhile(false)).isEqualTo(2);
    assertThat(rows(TABLE)).containsExactly(row(1, "a"), row(2, "b"));
  }

  /** Breaks the connection in the middle of a commit, which goes on only if it is to be. */
  private long appendedWhile(boolean committed) throws Exception {
    TestDatabase test = database.database();
    publish(TABLE, new Write.Append(), COLUMNS, List.of(row(1, "a")));
    load(staging(TABLE), COLUMNS, List.of(row(2, "b")));
    test.execute(
        "CREATE FUNCTION public.wait() RETURNS trigger LANGUAGE plpgsql AS"
            + " 'BEGIN PERFORM pg_advisory_xact_lock_shared(7); RETURN NULL; END'",
        "CREATE CONSTRAINT TRIGGER wait AFTER UPDATE ON _leat.marks DEFERRABLE INITIALLY DEFERRED"
            + " FOR EACH ROW EXECUTE FUNCTION public.wait()");
    Publication publication =
        new Publication(
            TABLE,
            staging(TABLE),
            new Write.Append(),
            COLUMNS,
            engine().columns(TABLE).orElseThrow());
    Mark mark = new Mark("step", "", "run-2", "f", null, AT);
    try (FaultyProxy proxy = FaultyProxy.to("127.0.0.1", test.server().port());
        Engine far = EngineDatabase.open(test, through(test, proxy));
        Connection holder = test.connection();
        Statement lock = holder.createStatement()) {
      lock.execute("SELECT pg_advisory_lock(7)");
      CompletableFuture<Long> publishing =
          CompletableFuture.supplyAsync(() -> far.publish(publication, mark, Cancellation.never()));
      Awaitility.await()
          .until(
              () ->
                  test.value(
                          "SELECT count(*) FROM pg_stat_activity WHERE query = 'COMMIT'"
                              + " AND wait_event = 'advisory'")
                      .equals("1"));
      if (committed) {
        proxy.cut();
        proxy.pass();
      } else {
        test.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE query = 'COMMIT'"
                + " AND wait_event = 'advisory'");
      }
      lock.execute("SELECT pg_advisory_unlock(7)");
      return publishing.get(60, java.util.concurrent.TimeUnit.SECONDS);
    }
  }

  private static String through(TestDatabase database, FaultyProxy proxy) {
    return database.url().replace(":" + database.server().port(), ":" + proxy.port());
  }

  @Test
  void valuesAtTheEndsOfTheirTypesAreLoadedAsPostgresHasThem() throws Exception {
    List<Column> columns =
        List.of(
            ID,
            column("d", Primitive.DATE),
            column("t", Primitive.TIME),
            column("ts", Primitive.TIMESTAMP),
            column("tz", Primitive.TIMESTAMP_TZ),
            column("i", Primitive.INTERVAL),
            column("f", Primitive.FLOAT64),
            column("ds", new ListOf(Primitive.DATE)),
            column("ns", new ListOf(new Decimal(38, 19))),
            column("ss", new ListOf(Primitive.TEXT)));
    BigDecimal longest = new BigDecimal(BigInteger.TEN.pow(38).subtract(BigInteger.ONE), 19);
    load(
        TABLE,
        columns,
        List.of(
            row(
                1,
                LocalDate.MAX,
                Duration.ofDays(1),
                LocalDateTime.MIN,
                Instant.MAX,
                new PeriodDuration(Period.of(-1, 1, -3), Duration.ofNanos(1_000)),
                Double.NaN,
                Arrays.asList(LocalDate.MIN, null),
                List.of(longest, longest.negate()),
                List.of("", "NULL", "{,}\"")),
            row(
                2,
                LocalDate.of(-4713, 11, 24),
                Duration.ZERO,
                LocalDateTime.of(-4713, 11, 24, 0, 0),
                Instant.parse("2000-01-01T00:00:00Z"),
                null,
                -0.0,
                List.of(),
                null,
                Arrays.asList((Object) null))));
    assertThat(
            value(
                "SELECT array_to_string(array_agg(o::text ORDER BY id), E'\n') FROM gold.orders o"))
        .isEqualTo(
            "(1,infinity,24:00:00,-infinity,infinity,\"-11 mons -3 days +00:00:00.000001\",NaN,\"{-infinity,NULL}\",\"{9999999999999999999.9999999999999999999,-9999999999999999999.9999999999999999999}\",\"{\"\"\"\",\"\"NULL\"\",\"\"{,}\\\\\"\"\"\"}\")\n"
                + "(2,\"4714-11-24 BC\",00:00:00,\"4714-11-24 00:00:00 BC\",\"2000-01-01 00:00:00+00\",,-0,{},,{NULL})");
    assertThat(rows(TABLE)).hasSize(2);
  }

  @Test
  void decimalsOfEveryScaleAreLoadedAndReadExactly() throws Exception {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    List<Column> columns = new ArrayList<>(List.of(ID));
    for (int scale = 0; scale <= 38; scale++) {
      columns.add(column("s" + scale, new Decimal(38, scale)));
    }
    List<List<@Nullable Object>> rows = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      List<@Nullable Object> row = row(i);
      for (int scale = 0; scale <= 38; scale++) {
        int digits = 1 + random.nextInt(38);
        BigInteger unscaled =
            i % 5 == 0
                ? BigInteger.TEN.pow(digits - 1)
                : new BigInteger(126, random).mod(BigInteger.TEN.pow(digits));
        row.add(new BigDecimal(random.nextBoolean() ? unscaled : unscaled.negate(), scale));
      }
      rows.add(row);
    }
    load(TABLE, columns, rows);
    assertThat(rows(TABLE)).as("seed " + seed).isEqualTo(rows);
    List<Column> texts = new ArrayList<>(List.of(ID));
    columns.subList(1, columns.size()).forEach(c -> texts.add(column(c.name(), Primitive.TEXT)));
    List<List<@Nullable Object>> read = rows("SELECT * FROM gold.orders ORDER BY id", texts);
    for (int i = 0; i < rows.size(); i++) {
      for (int c = 1; c < columns.size(); c++) {
        assertThat(read.get(i).get(c))
            .as("seed " + seed)
            .isEqualTo(((BigDecimal) rows.get(i).get(c)).toPlainString());
      }
    }
  }

  @Test
  void valuesThatPostgresDoesNotHaveAreRefused() {
    refused(Primitive.TEXT, "a\0b");
    refused(Primitive.JSON, "\"a\0b\"");
    refused(new ListOf(Primitive.TEXT), List.of("a\0b"));
    refused(Primitive.DATE, LocalDate.of(-4713, 11, 23));
    refused(Primitive.DATE, LocalDate.of(5874898, 1, 1));
    refused(Primitive.INTERVAL, new PeriodDuration(Period.ZERO, Duration.ofNanos(1)));
    LeatException literal =
        catchThrowableOfType(LeatException.class, () -> dialect().literal("a\0b"));
    assertThat(literal.category()).isEqualTo(ErrorCategory.DATA);
    LeatException made =
        catchThrowableOfType(
            LeatException.class,
            () ->
                engine()
                    .stage(
                        TABLE,
                        new Relation.Scan(TABLE),
                        "SELECT chr(i) AS s FROM generate_series(0, 1) i",
                        List.of(),
                        Cancellation.never()));
    assertThat(made.category()).isEqualTo(ErrorCategory.DATA);
    assertThat(engine().columns(TABLE)).isEmpty();
  }

  private void refused(LogicalType type, Object value) {
    LeatException refusal =
        catchThrowableOfType(
            LeatException.class,
            () -> load(TABLE, List.of(column("v", type)), List.of(row(value))));
    assertThat(refusal.category()).isEqualTo(ErrorCategory.DATA);
    assertThat(refusal.message()).contains(" v ");
  }

  @Test
  void namesThatPostgresWouldShortenAreRefused() {
    TableId table = new TableId("gold", "ä".repeat(32));
    assertThatThrownBy(() -> load(table, COLUMNS, List.of()))
        .isInstanceOfSatisfying(
            LeatException.class, e -> assertThat(e.code().name()).isEqualTo("PG_NAME_TOO_LONG"));
  }

  @Test
  void columnsOfTablesOfOthersAreThoseOfASource() throws Exception {
    database
        .database()
        .execute(
            "CREATE TYPE public.mood AS ENUM ('fine')",
            "CREATE DOMAIN public.price AS numeric(8,3)",
            "CREATE TABLE public.t (a numeric, b public.mood, c public.price, d varchar(9)[],"
                + " e inet NOT NULL, f jsonb)",
            "INSERT INTO public.t VALUES (1.50, 'fine', 2, '{x}', '10.0.0.1', '{\"a\":1}')");
    TableId table = new TableId("public", "t");
    List<Column> columns = engine().columns(table).orElseThrow();
    assertThat(columns)
        .extracting(column -> column.type().toString())
        .containsExactly("TEXT", "TEXT", "DECIMAL(8,3)", "TEXT[]", "TEXT", "JSON");
    assertThat(columns)
        .extracting(Column::sourceType)
        .containsExactly(
            "numeric", "public.mood", "public.price", "character varying(9)[]", "inet", "jsonb");
    assertThat(columns.get(4).nullable()).isFalse();
    assertThat(rows(table))
        .containsExactly(
            row(
                "1.50",
                "fine",
                new BigDecimal("2.000"),
                List.of("x"),
                "10.0.0.1/32",
                "{\"a\": 1}"));
    assertThat(engine().columnsOf("SELECT * FROM public.t"))
        .extracting(column -> column.type().toString())
        .containsExactly("TEXT", "TEXT", "DECIMAL(8,3)", "TEXT[]", "TEXT", "JSON");
  }

  @Test
  void aPersonsQueryIsNotTakenForAnother() throws Exception {
    assertThat(engine().query("/* a ; b */ (SELECT '{\"a\":1}'::jsonb ? 'a') -- ;", 5).rows())
        .containsExactly(List.of("true"));
    assertThat(engine().query("VALUES (1), (2), (3)", 2).rows()).hasSize(2);
    assertThat(engine().query("SHOW TimeZone", 1).rows()).containsExactly(List.of("UTC"));
    for (String sql :
        List.of(
            "COPY (SELECT 1) TO PROGRAM 'true'",
            "DO 'BEGIN END'",
            "WITH x AS (INSERT INTO _leat.tables VALUES ('a', 'b', 'c') RETURNING 1) SELECT 1",
            "EXPLAIN ANALYZE DELETE FROM _leat.marks",
            "SELECT nextval('public.s')")) {
      if (sql.contains("nextval")) {
        database.database().execute("CREATE SEQUENCE public.s");
      }
      LeatException refusal =
          catchThrowableOfType(LeatException.class, () -> engine().query(sql, 1));
      assertThat(refusal.category()).as(sql).isEqualTo(ErrorCategory.CONFIG);
    }
  }

  @Test
  void statementsOfAPublicationAreShownBeforeItHappens() {
    Publication publication =
        new Publication(TABLE, staging(TABLE), new Write.Replace(), COLUMNS, COLUMNS);
    assertThat(connector().statements(publication))
        .containsExactly(
            "DROP TABLE \"gold\".\"orders\"",
            "ALTER TABLE \"gold\".\"_leat_new_orders\" RENAME TO \"orders\"");
  }
}

package dev.leat.app.conformance;

import static dev.leat.app.conformance.Workbench.column;
import static dev.leat.app.conformance.Workbench.required;
import static dev.leat.app.conformance.Workbench.row;

import dev.leat.spi.schema.Column;
import dev.leat.spi.schema.LogicalType.Decimal;
import dev.leat.spi.schema.LogicalType.Primitive;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/** One row of columns that functions are called with. */
record Arguments(
    String s, String p, Integer n, Integer i, Integer j, BigDecimal d, LocalDateTime at) {
  static final List<Column> COLUMNS =
      List.of(
          required("id", Primitive.INT32),
          column("s", Primitive.TEXT),
          column("p", Primitive.TEXT),
          column("n", Primitive.INT32),
          column("i", Primitive.INT32),
          column("j", Primitive.INT32),
          column("d", new Decimal(10, 2)),
          column("day", Primitive.DATE),
          column("at", Primitive.TIMESTAMP),
          column("z", Primitive.TIMESTAMP_TZ));

  static Arbitrary<Arguments> any() {
    return Combinators.combine(
            texts(8),
            texts(2),
            Arbitraries.integers().between(0, 6).injectNull(0.1),
            Arbitraries.integers().between(-1_000_000_000, 1_000_000_000).injectNull(0.1),
            Arbitraries.integers().between(-9, 9).injectNull(0.1),
            Arbitraries.bigDecimals()
                .between(new BigDecimal("-9999999.99"), new BigDecimal("9999999.99"))
                .ofScale(2)
                .map(value -> value.setScale(2))
                .injectNull(0.1),
            times())
        .as(Arguments::new);
  }

  private static Arbitrary<String> texts(int most) {
    return Arbitraries.of(
            "a",
            "A",
            "\u00e4",
            "\u00c4",
            "\u00df",
            "\u03c2",
            "\u0301",
            "\ud83d\ude00",
            " ",
            ",",
            "\\",
            "'")
        .list()
        .ofMaxSize(most)
        .map(letters -> String.join("", letters))
        .injectNull(0.1);
  }

  /** From 1900 to 2100, to the microsecond, often at the end of a month. */
  private static Arbitrary<LocalDateTime> times() {
    Arbitrary<LocalDate> days =
        Arbitraries.oneOf(
            Arbitraries.longs().between(-25_567, 47_481).map(LocalDate::ofEpochDay),
            Arbitraries.integers()
                .between(0, 2399)
                .map(month -> LocalDate.of(1900, 2, 1).plusMonths(month).minusDays(1)));
    Arbitrary<Long> micros =
        Arbitraries.oneOf(
            Arbitraries.of(0L, 1L, 86_399_999_999L),
            Arbitraries.longs().between(0, 86_399_999_999L));
    return Combinators.combine(days, micros)
        .as((day, micro) -> day.atStartOfDay().plusNanos(micro * 1000))
        .injectNull(0.1);
  }

  LocalDate day() {
    return at == null ? null : at.toLocalDate();
  }

  Instant z() {
    return at == null ? null : at.toInstant(ZoneOffset.UTC);
  }

  List<Object> values(int id) {
    return row(id, s, p, n, i, j, d, day(), at, z());
  }
}

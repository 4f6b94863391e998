package dev.leat.app.conformance;

import static dev.leat.app.conformance.Workbench.column;
import static dev.leat.app.conformance.Workbench.required;
import static dev.leat.app.conformance.Workbench.row;

import dev.leat.spi.schema.Column;
import dev.leat.spi.schema.LogicalType.Decimal;
import dev.leat.spi.schema.LogicalType.Primitive;
import dev.leat.spi.schema.TableId;
import java.math.BigDecimal;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/**
 * A row of any table, from few values, so that rows meet.
 *
 * @param id unique, in order of arrival
 * @param k texts that differ only in case, in composition or in nothing that shows
 */
record Item(int id, String k, Integer n, BigDecimal amount, LocalDateTime at) {
  static final List<Column> COLUMNS =
      List.of(
          required("id", Primitive.INT32),
          column("k", Primitive.TEXT),
          column("n", Primitive.INT32),
          column("amount", new Decimal(12, 2)),
          column("at", Primitive.TIMESTAMP));

  private static final LocalDateTime BEGIN = LocalDateTime.of(2024, 2, 28, 23, 59, 58, 900_000_000);

  /** Values of keys that are hard to tell apart. */
  static Arbitrary<String> keys() {
    return Arbitraries.of("a", "A", "\u00e4", "a\u0308", "", " ", "\ud83d\ude00", "it's")
        .injectNull(0.15);
  }

  static Arbitrary<BigDecimal> amounts() {
    return Arbitraries.of("0.00", "0.01", "-0.01", "19.99", "-250.50", "9999999999.99")
        .map(BigDecimal::new)
        .injectNull(0.2);
  }

  static Arbitrary<LocalDateTime> times() {
    return Arbitraries.integers()
        .between(0, 4)
        .map(i -> BEGIN.plusNanos(i * 700_001_000L))
        .injectNull(0.2);
  }

  /** Up to {@code most} rows. */
  static Arbitrary<List<Item>> lists(int most) {
    return Combinators.combine(
            keys(), Arbitraries.integers().between(-2, 2).injectNull(0.2), amounts(), times())
        .as((k, n, amount, at) -> new Item(0, k, n, amount, at))
        .list()
        .ofMaxSize(most)
        .map(Item::numbered);
  }

  private static List<Item> numbered(List<Item> items) {
    List<Item> numbered = new ArrayList<>();
    for (Item item : items) {
      numbered.add(new Item(numbered.size() + 1, item.k, item.n, item.amount, item.at));
    }
    return numbered;
  }

  List<Object> values() {
    return row(id, k, n, amount, at);
  }

  static TableId table(Workbench bench, String name, List<Item> items) {
    return bench.table(name, COLUMNS, items.stream().map(Item::values).toList());
  }
}

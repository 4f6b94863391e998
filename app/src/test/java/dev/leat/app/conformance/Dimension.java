package dev.leat.app.conformance;

import static dev.leat.app.conformance.Workbench.column;
import static dev.leat.app.conformance.Workbench.required;
import static dev.leat.app.conformance.Workbench.row;

import dev.leat.spi.schema.Column;
import dev.leat.spi.schema.LogicalType.Decimal;
import dev.leat.spi.schema.LogicalType.Primitive;
import java.math.BigDecimal;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.TreeMap;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/** A dimension's history as maps: per key what held from which minute on. */
final class Dimension {
  static final List<Column> SOURCE =
      List.of(
          column("k", Primitive.TEXT),
          column("v", Primitive.TEXT),
          column("amount", new Decimal(12, 2)),
          column("at", Primitive.TIMESTAMP));

  static final List<Column> COLUMNS =
      List.of(
          required("sk", Primitive.INT64),
          column("k", Primitive.TEXT),
          column("v", Primitive.TEXT),
          column("amount", new Decimal(12, 2)),
          column("valid_from", Primitive.TIMESTAMP),
          column("valid_to", Primitive.TIMESTAMP),
          column("is_current", Primitive.BOOLEAN));

  /** Minute 30 is in the next year. */
  private static final LocalDateTime BEGIN = LocalDateTime.of(2023, 12, 31, 23, 30);

  /** What a version is; an end has none. */
  record Version(String v, BigDecimal amount) {}

  record Row(String key, Version version, int minute) {
    List<Object> values() {
      return row(key, version.v, version.amount, time(minute));
    }
  }

  private final Map<String, NavigableMap<Integer, Version>> keys = new HashMap<>();

  static LocalDateTime time(int minute) {
    return BEGIN.plusMinutes(minute);
  }

  /** Rows of several runs; some are older than those of runs before. */
  static Arbitrary<List<List<Row>>> runs() {
    Arbitrary<Version> version =
        Combinators.combine(
                Arbitraries.of("x", "X", "").injectNull(0.1),
                Arbitraries.of("1.00", "-0.50").map(BigDecimal::new).injectNull(0.2))
            .as(Version::new);
    return Combinators.combine(
            Arbitraries.of("a", "\u00e4", "A"), version, Arbitraries.integers().between(0, 30))
        .as(Row::new)
        .list()
        .ofMaxSize(6)
        .map(Dimension::uniquePerTime)
        .list()
        .ofMinSize(1)
        .ofMaxSize(4);
  }

  private static List<Row> uniquePerTime(List<Row> rows) {
    Map<List<Object>, Row> unique = new LinkedHashMap<>();
    rows.forEach(each -> unique.put(row(each.key, each.minute), each));
    return List.copyOf(unique.values());
  }

  /**
   * Applies the rows of one run.
   *
   * @param closeMissing whether keys that are not among the rows end at {@code now}
   */
  void apply(List<Row> rows, boolean closeMissing, int now) {
    Map<String, Row> latest = new HashMap<>();
    for (Row each : rows) {
      latest.merge(each.key, each, (a, b) -> a.minute > b.minute ? a : b);
    }
    if (closeMissing) {
      keys.forEach(
          (key, events) -> {
            if (!latest.containsKey(key) && events.lastEntry().getValue() != null) {
              events.putIfAbsent(now, null);
            }
          });
    }
    Map<String, Integer> last = new HashMap<>();
    keys.forEach((key, events) -> last.put(key, events.lastKey()));
    for (Row each : rows) {
      keys.computeIfAbsent(each.key, _ -> new TreeMap<>()).put(each.minute, each.version);
    }
    if (closeMissing) {
      latest.forEach(
          (key, each) -> {
            if (last.getOrDefault(key, -1) > each.minute && each.minute < now) {
              keys.get(key).put(now, each.version);
            }
          });
    }
    keys.values().forEach(Dimension::leaveOutRepetitions);
  }

  private static void leaveOutRepetitions(NavigableMap<Integer, Version> events) {
    Version before = null;
    for (Integer at : List.copyOf(events.keySet())) {
      Version version = events.get(at);
      if (Objects.equals(before, version)) {
        events.remove(at);
      }
      before = version;
    }
  }

  /** The dimension's rows, without surrogate keys. */
  List<List<Object>> rows() {
    List<List<Object>> rows = new ArrayList<>();
    keys.forEach(
        (key, events) ->
            events.forEach(
                (at, version) -> {
                  Integer next = events.higherKey(at);
                  if (version != null) {
                    rows.add(
                        row(
                            key,
                            version.v,
                            version.amount,
                            time(at),
                            next == null ? null : time(next),
                            next == null));
                  }
                }));
    return rows;
  }
}

package dev.leat.replication.compare;

import dev.leat.replication.compare.TableDifference.Kind;
import dev.leat.spi.compare.HashRequest;
import dev.leat.spi.compare.HashRequest.All;
import dev.leat.spi.compare.HashRequest.Answer;
import dev.leat.spi.compare.HashRequest.Buckets;
import dev.leat.spi.compare.HashRequest.Keys;
import dev.leat.spi.compare.HashRequest.Prefixes;
import dev.leat.spi.compare.HashRequest.Rows;
import dev.leat.spi.compare.HashRequest.Selection;
import dev.leat.spi.compare.HashRequest.Values;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Finds the rows in which two tables differ. Both sides sum up the hashes of their rows, in buckets
 * by the hashes of the keys; only buckets that differ are looked into, down to single rows. A row
 * that differs is looked at again when the changes under way at that moment have arrived, so that
 * only what stays different counts.
 */
public final class TableComparison {
  /**
   * Digits of a key's hash: 4,096 buckets at first, each divided by 256 where it is still large.
   */
  private static final int FIRST_DIGITS = 3;

  private static final int MORE_DIGITS = 2;
  private static final int MOST_DIGITS = 28;
  private static final int SMALL = 5_000;
  private static final int BUCKETS_AT_ONCE = 32;
  private static final int MOST_ROWS = 10_000;
  private static final int ATTEMPTS = 10;

  private final Side source;
  private final Side copy;
  private final Flight flight;
  private final List<String> columns;
  private final boolean byKey;
  private final int wanted;
  private final List<TableDifference.Row> rows = new ArrayList<>();
  private long undecided;
  private long moved;

  /**
   * A comparison of one table.
   *
   * @param columns the names of the columns compared, in order
   * @param byKey whether rows can be asked for by the texts of their keys
   * @param wanted how many rows to name
   */
  public TableComparison(
      Side source, Side copy, Flight flight, List<String> columns, boolean byKey, int wanted) {
    this.source = source;
    this.copy = copy;
    this.flight = flight;
    this.columns = List.copyOf(columns);
    this.byKey = byKey;
    this.wanted = wanted;
  }

  /** Rows of one key, or of one bucket. */
  private record Sum(long count, String hash, List<@Nullable String> key) {
    boolean same(@Nullable Sum other) {
      return other != null && count == other.count && hash.equals(other.hash);
    }
  }

  /** Compares, once. */
  public TableDifference compare() {
    Map<String, Sum> there = sums(source, new Buckets(FIRST_DIGITS), new All());
    Map<String, Sum> here = sums(copy, new Buckets(FIRST_DIGITS), new All());
    long sourceRows = there.values().stream().mapToLong(Sum::count).sum();
    long copyRows = here.values().stream().mapToLong(Sum::count).sum();
    divide(List.copyOf(differing(there, here)), FIRST_DIGITS);
    boolean more = rows.size() > wanted;
    return new TableDifference(
        sourceRows, copyRows, more ? rows.subList(0, wanted) : rows, more, undecided, moved);
  }

  private static Set<String> differing(Map<String, Sum> there, Map<String, Sum> here) {
    Set<String> keys = new TreeSet<>(there.keySet());
    keys.addAll(here.keySet());
    keys.removeIf(
        key -> {
          Sum sum = there.get(key);
          return sum != null && sum.same(here.get(key));
        });
    return keys;
  }

  /** Looks into buckets, some at a time, until enough rows are found. */
  private void divide(List<String> buckets, int digits) {
    for (int from = 0; from < buckets.size() && rows.size() <= wanted; from += BUCKETS_AT_ONCE) {
      Selection selection =
          new Prefixes(buckets.subList(from, Math.min(buckets.size(), from + BUCKETS_AT_ONCE)));
      Map<String, Sum> there = sums(source, new Buckets(digits + MORE_DIGITS), selection);
      Map<String, Sum> here = sums(copy, new Buckets(digits + MORE_DIGITS), selection);
      List<String> group = new ArrayList<>();
      long size = 0;
      for (String key : differing(there, here)) {
        long more = Math.max(count(there, key), count(here, key));
        if (more > SMALL && digits < MOST_DIGITS) {
          divide(List.of(key), digits + MORE_DIGITS);
          continue;
        }
        if (size + more > SMALL && !group.isEmpty()) {
          look(group);
          group.clear();
          size = 0;
        }
        group.add(key);
        size += more;
      }
      if (!group.isEmpty()) {
        look(group);
      }
    }
  }

  private static long count(Map<String, Sum> sums, String key) {
    Sum sum = sums.get(key);
    return sum == null ? 0 : sum.count;
  }

  /** Single rows, looked at until nothing of them is under way. */
  private void look(List<String> buckets) {
    Map<String, Sum> before = sums(source, new Rows(), new Prefixes(buckets));
    Map<String, Sum> here = sums(copy, new Rows(), new Prefixes(buckets));
    Set<String> open = differing(before, here);
    Map<String, Sum> known = new HashMap<>(here);
    known.putAll(before);
    Map<String, Kind> real = new TreeMap<>();
    for (int attempt = 0; attempt < ATTEMPTS && !open.isEmpty(); attempt++) {
      Selection selection = selection(open, known);
      before = sums(source, new Rows(), selection);
      flight.land();
      here = sums(copy, new Rows(), selection);
      Map<String, Sum> after = sums(source, new Rows(), selection);
      Set<String> left = new HashSet<>();
      for (String key : open) {
        Sum copied = here.get(key);
        Sum first = before.get(key);
        Sum second = after.get(key);
        if (same(copied, first) || same(copied, second)) {
          continue;
        }
        if (same(first, second)) {
          real.put(
              key, copied == null ? Kind.MISSING : second == null ? Kind.SURPLUS : Kind.DIFFERENT);
        } else {
          left.add(key);
        }
      }
      open = left;
    }
    undecided += open.size();
    rows.addAll(named(real, known));
  }

  private static boolean same(@Nullable Sum one, @Nullable Sum other) {
    return one == null ? other == null : one.same(other);
  }

  private Selection selection(Set<String> hashes, Map<String, Sum> known) {
    List<List<String>> keys = new ArrayList<>();
    for (String hash : hashes) {
      List<String> key = new ArrayList<>();
      for (String part : Objects.requireNonNull(known.get(hash)).key) {
        if (part == null || !byKey) {
          return new Prefixes(List.copyOf(hashes));
        }
        key.add(part);
      }
      keys.add(key);
    }
    return new Keys(keys);
  }

  private List<TableDifference.Row> named(Map<String, Kind> real, Map<String, Sum> known) {
    List<TableDifference.Row> named = new ArrayList<>();
    Set<String> different = new TreeSet<>();
    real.forEach(
        (key, kind) -> {
          if (kind == Kind.DIFFERENT) {
            different.add(key);
          }
        });
    Map<String, List<String>> columnsOf = columns(different, known);
    real.forEach(
        (key, kind) ->
            named.add(
                new TableDifference.Row(
                    kind,
                    Objects.requireNonNull(known.get(key)).key,
                    columnsOf.getOrDefault(key, List.of()))));
    return named;
  }

  /** Which columns have other values, by the hashes of keys. */
  private Map<String, List<String>> columns(Set<String> hashes, Map<String, Sum> known) {
    Map<String, List<String>> result = new LinkedHashMap<>();
    if (hashes.isEmpty()) {
      return result;
    }
    HashRequest request = new HashRequest(new Values(), selection(hashes, known));
    Map<String, List<@Nullable String>> there = new HashMap<>();
    for (List<@Nullable String> row : ask(source, request)) {
      there.put(String.valueOf(row.getFirst()), row);
    }
    for (List<@Nullable String> row : ask(copy, request)) {
      String key = String.valueOf(row.getFirst());
      List<@Nullable String> other = there.get(key);
      if (other != null) {
        List<String> names = new ArrayList<>();
        for (int i = 0; i < columns.size(); i++) {
          if (!Objects.equals(row.get(i + 1), other.get(i + 1))) {
            names.add(columns.get(i));
          }
        }
        result.put(key, names);
      }
    }
    return result;
  }

  private Map<String, Sum> sums(Side side, Answer answer, Selection selection) {
    Map<String, Sum> sums = new HashMap<>();
    for (List<@Nullable String> row : ask(side, new HashRequest(answer, selection))) {
      sums.put(
          String.valueOf(row.get(0)),
          new Sum(
              Long.parseLong(String.valueOf(row.get(1))),
              String.valueOf(row.get(2)),
              row.subList(3, row.size())));
    }
    return sums;
  }

  private List<List<@Nullable String>> ask(Side side, HashRequest request) {
    List<List<@Nullable String>> rows = side.ask(request, MOST_ROWS);
    moved += rows.size();
    return rows;
  }
}

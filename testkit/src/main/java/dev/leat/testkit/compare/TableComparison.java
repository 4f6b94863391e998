package dev.leat.testkit.compare;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Compares the rows of two queries, mostly a table at its source and its copy.
 *
 * <p>The first query's column types say what values mean: its {@code numeric} 1.50 equals a {@code
 * DOUBLE} 1.5 or the text "1.5" in the other. Columns are matched by name. Nothing else may write
 * meanwhile.
 *
 * <pre>{@code
 * TableComparison.between(postgres, "SELECT * FROM orders", duckdb, "SELECT * FROM orders")
 *     .key("id")
 *     .requireEqual();
 * }</pre>
 */
public final class TableComparison {
  private static final int ROWS_LISTED = 20;

  private final RowSource expected;
  private final RowSource actual;
  private List<String> key = List.of();
  private List<String> ignored = List.of();

  private TableComparison(RowSource expected, RowSource actual) {
    this.expected = expected;
    this.actual = actual;
  }

  /** Both connections stay open and are left as they were. */
  public static TableComparison between(
      Connection expected, String expectedQuery, Connection actual, String actualQuery)
      throws SQLException {
    return new TableComparison(
        new RowSource(expected, expectedQuery), new RowSource(actual, actualQuery));
  }

  /** The columns by which rows are matched; without a key a row is matched by all its values. */
  public TableComparison key(String... columns) {
    this.key = List.of(columns);
    return this;
  }

  /** Columns that only one side has, such as the time of loading, or that may differ. */
  public TableComparison ignoring(String... columns) {
    this.ignored = List.of(columns);
    return this;
  }

  /**
   * Fails if the rows differ.
   *
   * @throws AssertionError with both digests and the first rows that differ
   */
  public void requireEqual() throws SQLException {
    TableDifference difference = difference();
    if (!difference.isEmpty()) {
      throw new AssertionError(difference.toString());
    }
  }

  /** Reads both sides once if they are equal, three times if they are not. */
  public TableDifference difference() throws SQLException {
    List<String> columns = wanted(expected);
    List<String> others = wanted(actual);
    if (!new TreeSet<>(columns).equals(new TreeSet<>(others))) {
      return TableDifference.ofColumns(columns, others);
    }
    List<ValueKind> kinds =
        columns.stream().map(c -> expected.kinds().get(expected.columns().indexOf(c))).toList();
    TableDigest expectedDigest = TableDigest.of(expected, columns, kinds);
    TableDigest actualDigest = TableDigest.of(actual, columns, kinds);
    if (expectedDigest.equals(actualDigest)) {
      return new TableDifference(expectedDigest, actualDigest, 0, List.of());
    }
    return rowDifferences(columns, kinds, expectedDigest, actualDigest);
  }

  private TableDifference rowDifferences(
      List<String> columns,
      List<ValueKind> kinds,
      TableDigest expectedDigest,
      TableDigest actualDigest)
      throws SQLException {
    RowKeys keys = new RowKeys(columns, key);
    Map<List<String>, Long> balance = new HashMap<>();
    expected.forEach(columns, kinds, row -> add(balance, keys.of(row), TableDigest.hash(row)));
    actual.forEach(columns, kinds, row -> add(balance, keys.of(row), -TableDigest.hash(row)));
    List<List<String>> differing =
        balance.entrySet().stream()
            .filter(entry -> entry.getValue() != 0)
            .map(Map.Entry::getKey)
            .sorted(RowKeys.ORDER)
            .toList();
    List<List<String>> listed = differing.subList(0, Math.min(ROWS_LISTED, differing.size()));
    Map<List<String>, RowDifference> rows = new HashMap<>();
    for (List<String> rowKey : listed) {
      rows.put(rowKey, new RowDifference(columns, keys.show(rowKey)));
    }
    expected.forEach(
        columns,
        kinds,
        (List<@Nullable String> row) ->
            rows.computeIfPresent(keys.of(row), (_, found) -> found.expecting(row)));
    actual.forEach(
        columns,
        kinds,
        (List<@Nullable String> row) ->
            rows.computeIfPresent(keys.of(row), (_, found) -> found.finding(row)));
    List<RowDifference> result = new ArrayList<>();
    listed.forEach(rowKey -> result.add(Objects.requireNonNull(rows.get(rowKey))));
    return new TableDifference(expectedDigest, actualDigest, differing.size(), result);
  }

  /** A key whose rows are the same on both sides ends at zero. */
  private static void add(Map<List<String>, Long> balance, List<String> rowKey, long hash) {
    balance.merge(rowKey, hash, Long::sum);
  }

  private List<String> wanted(RowSource source) {
    return source.columns().stream()
        .filter(column -> !ignored.contains(column))
        .collect(Collectors.toList());
  }
}

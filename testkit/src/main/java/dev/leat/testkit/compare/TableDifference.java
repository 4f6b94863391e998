package dev.leat.testkit.compare;

import java.util.List;
import java.util.stream.Collectors;

/**
 * How two tables differ.
 *
 * @param expected digest of the first
 * @param actual digest of the second
 * @param keys how many keys have rows that differ
 * @param rows the first of them
 * @param columns what is wrong with the columns; empty if they are the same
 */
public record TableDifference(
    TableDigest expected, TableDigest actual, long keys, List<RowDifference> rows, String columns) {
  TableDifference(TableDigest expected, TableDigest actual, long keys, List<RowDifference> rows) {
    this(expected, actual, keys, rows, "");
  }

  static TableDifference ofColumns(List<String> expected, List<String> actual) {
    List<String> missing = expected.stream().filter(column -> !actual.contains(column)).toList();
    List<String> unexpected = actual.stream().filter(column -> !expected.contains(column)).toList();
    return new TableDifference(
        TableDigest.EMPTY,
        TableDigest.EMPTY,
        0,
        List.of(),
        "columns missing: %s, unexpected: %s".formatted(missing, unexpected));
  }

  public boolean isEmpty() {
    return columns.isEmpty() && expected.equals(actual);
  }

  @Override
  public String toString() {
    if (isEmpty()) {
      return "no difference: " + expected;
    }
    if (!columns.isEmpty()) {
      return columns;
    }
    String more = keys > rows.size() ? "%n  … and %d more".formatted(keys - rows.size()) : "";
    return "%d keys differ; expected %s, found %s:%n  %s%s"
        .formatted(
            keys,
            expected,
            actual,
            rows.stream().map(RowDifference::toString).collect(Collectors.joining("\n  ")),
            more);
  }
}

package dev.leat.testkit.compare;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The rows of one key, which are not the same on both sides.
 *
 * @param columns names of the rows' values
 * @param key the key for people
 * @param expected rows that should be there, mostly one or none
 * @param actual rows that are there
 */
public record RowDifference(
    List<String> columns,
    String key,
    List<List<@Nullable String>> expected,
    List<List<@Nullable String>> actual) {
  RowDifference(List<String> columns, String key) {
    this(columns, key, List.of(), List.of());
  }

  RowDifference expecting(List<@Nullable String> row) {
    return new RowDifference(columns, key, with(expected, row), actual);
  }

  RowDifference finding(List<@Nullable String> row) {
    return new RowDifference(columns, key, expected, with(actual, row));
  }

  @Override
  public String toString() {
    if (expected.size() == 1 && actual.size() == 1) {
      return "changed     %s: %s"
          .formatted(key, changedValues(expected.getFirst(), actual.getFirst()));
    }
    if (actual.isEmpty() && expected.size() == 1) {
      return "missing     %s: %s".formatted(key, CanonicalText.show(columns, expected.getFirst()));
    }
    if (expected.isEmpty() && actual.size() == 1) {
      return "unexpected  %s: %s".formatted(key, CanonicalText.show(columns, actual.getFirst()));
    }
    return "repeated    %s: expected %d times, found %d times"
        .formatted(key, expected.size(), actual.size());
  }

  private String changedValues(List<@Nullable String> before, List<@Nullable String> after) {
    List<String> changes = new ArrayList<>();
    for (int i = 0; i < columns.size(); i++) {
      String want = CanonicalText.shorten(before.get(i));
      String have = CanonicalText.shorten(after.get(i));
      if (!Objects.equals(before.get(i), after.get(i))) {
        changes.add("%s expected %s, found %s".formatted(columns.get(i), want, have));
      }
    }
    return String.join("; ", changes);
  }

  private static List<List<@Nullable String>> with(
      List<List<@Nullable String>> rows, List<@Nullable String> row) {
    List<List<@Nullable String>> more = new ArrayList<>(rows);
    more.add(row);
    return Collections.unmodifiableList(more);
  }
}

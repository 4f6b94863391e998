package dev.leat.flow.steptest;

import dev.leat.flow.Place;
import dev.leat.flow.steptest.RowsDifference.Differing;
import dev.leat.spi.schema.Column;
import dev.leat.spi.schema.LogicalType.Primitive;
import dev.leat.spi.schema.TableId;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Compares rows in any order, and pairs those that are other than expected. */
final class RowsComparison {
  /** How far numbers may be apart that have no exact values, as a share of the larger one. */
  private static final double TOLERANCE = 1e-9;

  private final List<Column> columns;
  private final List<String> key;

  /**
   * @param columns those compared
   * @param key columns that tell rows apart; empty if none are known
   */
  RowsComparison(List<Column> columns, List<String> key) {
    this.columns = columns;
    this.key = key;
  }

  Optional<RowsDifference> compare(
      TableId dataset,
      List<List<@Nullable String>> expected,
      List<List<@Nullable String>> actual,
      Place place) {
    List<List<@Nullable String>> missing = new ArrayList<>();
    List<List<@Nullable String>> left = new ArrayList<>(actual);
    for (List<@Nullable String> row : expected) {
      if (!take(left, row)) {
        missing.add(row);
      }
    }
    if (missing.isEmpty() && left.isEmpty()) {
      return Optional.empty();
    }
    List<Differing> differing = new ArrayList<>();
    for (List<@Nullable String> row : List.copyOf(missing)) {
      int other = closest(row, left);
      if (other >= 0) {
        missing.remove(row);
        differing.add(new Differing(row, left.remove(other)));
      }
    }
    return Optional.of(
        new RowsDifference(
            dataset,
            columns.stream().map(Column::name).toList(),
            missing.stream().map(RowsDifference.Row::new).toList(),
            left.stream().map(RowsDifference.Row::new).toList(),
            differing,
            place));
  }

  private boolean take(List<List<@Nullable String>> rows, List<@Nullable String> wanted) {
    for (int i = 0; i < rows.size(); i++) {
      if (equal(wanted, rows.get(i)) == columns.size()) {
        rows.remove(i);
        return true;
      }
    }
    return false;
  }

  /** The row with the same key or, without one, the most equal values, though more than none. */
  private int closest(List<@Nullable String> row, List<List<@Nullable String>> rows) {
    List<String> names = columns.stream().map(Column::name).toList();
    boolean keyed = !key.isEmpty() && names.containsAll(key);
    int best = -1;
    int most = 0;
    for (int i = 0; i < rows.size(); i++) {
      List<@Nullable String> other = rows.get(i);
      int equal =
          keyed
              ? key.stream().allMatch(k -> same(names.indexOf(k), row, other)) ? 1 : 0
              : equal(row, other);
      if (equal > most) {
        most = equal;
        best = i;
      }
    }
    return best;
  }

  private int equal(List<@Nullable String> row, List<@Nullable String> other) {
    int equal = 0;
    for (int i = 0; i < columns.size(); i++) {
      equal += same(i, row, other) ? 1 : 0;
    }
    return equal;
  }

  private boolean same(int column, List<@Nullable String> row, List<@Nullable String> other) {
    String a = row.get(column);
    String b = other.get(column);
    if (a == null || b == null || a.equals(b)) {
      return Objects.equals(a, b);
    }
    var type = columns.get(column).type();
    return (type == Primitive.FLOAT64 || type == Primitive.FLOAT32) && isClose(a, b);
  }

  private static boolean isClose(String a, String b) {
    try {
      double x = Double.parseDouble(a);
      double y = Double.parseDouble(b);
      return Math.abs(x - y) <= TOLERANCE * Math.max(Math.abs(x), Math.abs(y));
    } catch (NumberFormatException e) {
      // An engine's word for infinity or NaN.
      return false;
    }
  }
}

package dev.leat.sqlite;

import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A row of a query, as text. */
final class Row {
  private final List<@Nullable String> values;

  Row(List<@Nullable String> values) {
    this.values = values;
  }

  String text(int column) {
    String value = values.get(column);
    if (value == null) {
      throw new IllegalArgumentException("the state has no value in column " + column);
    }
    return value;
  }

  <T> @Nullable T optional(int column, Function<String, T> read) {
    String value = values.get(column);
    return value == null ? null : read.apply(value);
  }
}

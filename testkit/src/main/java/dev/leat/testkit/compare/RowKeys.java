package dev.leat.testkit.compare;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Takes the key out of rows. */
final class RowKeys {
  /** Numbers by their value as far as their texts tell: shorter before longer. */
  static final Comparator<List<String>> ORDER =
      Comparator.<List<String>>comparingInt(key -> key.stream().mapToInt(String::length).sum())
          .thenComparing(key -> String.join("\u0001", key));

  private static final int MAX_LISTED = 200;

  private final List<String> names;
  private final List<Integer> indexes = new ArrayList<>();

  RowKeys(List<String> columns, List<String> key) {
    this.names = key.isEmpty() ? columns : key;
    for (String name : names) {
      int index = columns.indexOf(name);
      if (index < 0) {
        throw new IllegalArgumentException(
            "the key column %s is not among %s".formatted(name, columns));
      }
      indexes.add(index);
    }
  }

  List<String> of(List<@Nullable String> row) {
    List<String> key = new ArrayList<>(indexes.size());
    for (int index : indexes) {
      String value = row.get(index);
      // Unlike any value's text: NULL and "NULL" are different keys.
      key.add(value == null ? "\u0000" : value);
    }
    return key;
  }

  String show(List<String> key) {
    String text =
        IntStream.range(0, key.size())
            .mapToObj(i -> names.get(i) + "=" + (key.get(i).equals("\u0000") ? "NULL" : key.get(i)))
            .collect(Collectors.joining(", "));
    return text.length() <= MAX_LISTED ? text : text.substring(0, MAX_LISTED) + "…";
  }
}

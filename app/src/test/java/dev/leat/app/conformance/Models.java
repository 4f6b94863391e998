package dev.leat.app.conformance;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.Objects;
import java.util.function.Function;

/** What portable SQL means by order and by sums, in plain Java. */
final class Models {
  private Models() {}

  /** In either direction NULLs come last. */
  static <T, V extends Comparable<? super V>> Comparator<T> nullsLast(
      Function<T, V> value, boolean descending) {
    Comparator<V> order = descending ? Comparator.reverseOrder() : Comparator.naturalOrder();
    return Comparator.comparing(value, Comparator.nullsLast(order));
  }

  /** Texts by their UTF-8 bytes. */
  static Comparator<String> bytes() {
    return (a, b) ->
        Arrays.compareUnsigned(
            a.getBytes(StandardCharsets.UTF_8), b.getBytes(StandardCharsets.UTF_8));
  }

  /** NULL of no values. */
  static BigDecimal sum(Collection<BigDecimal> values) {
    return values.stream().filter(Objects::nonNull).reduce(BigDecimal::add).orElse(null);
  }

  /** NULL of no values. */
  static Long total(Collection<Integer> values) {
    return values.stream()
        .filter(Objects::nonNull)
        .map(Integer::longValue)
        .reduce(Math::addExact)
        .orElse(null);
  }
}

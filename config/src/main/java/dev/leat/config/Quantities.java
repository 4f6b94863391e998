package dev.leat.config;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Durations and sizes, written as numbers with units. */
final class Quantities {
  private static final Pattern QUANTITY = Pattern.compile("(\\d+(?:\\.\\d+)?)\\s*([A-Za-z]+)");

  /** What a duration looks like, for editors. */
  static final String DURATION = "^\\s*\\d+(\\.\\d+)?\\s*(?:[mM][sS]|[sSmMhHdD])\\s*$";

  /** What a share looks like, for editors. */
  static final String SHARE = "^\\s*\\d+(\\.\\d+)?\\s*%\\s*$";

  /** What a size looks like, for editors. */
  static final String SIZE = "^\\s*\\d+(\\.\\d+)?\\s*[kKmMgGtT]?[iI]?[bB]\\s*$";

  private static final Map<String, Long> MILLIS =
      Map.of("ms", 1L, "s", 1_000L, "m", 60_000L, "h", 3_600_000L, "d", 86_400_000L);
  private static final Map<String, Long> BYTES =
      Map.of(
          "b", 1L,
          "kb", 1_000L,
          "mb", 1_000_000L,
          "gb", 1_000_000_000L,
          "tb", 1_000_000_000_000L,
          "kib", 1L << 10,
          "mib", 1L << 20,
          "gib", 1L << 30,
          "tib", 1L << 40);

  private Quantities() {}

  static Optional<Duration> duration(String text) {
    return quantity(text, MILLIS).map(Duration::ofMillis);
  }

  static Optional<Long> bytes(String text) {
    return quantity(text, BYTES);
  }

  /** {@code "50 %"} as 0.5. */
  static Optional<Double> share(String text) {
    return text.matches(SHARE)
        ? Optional.of(new BigDecimal(text.replace("%", "").strip()).movePointLeft(2).doubleValue())
        : Optional.empty();
  }

  private static Optional<Long> quantity(String text, Map<String, Long> units) {
    Matcher matcher = QUANTITY.matcher(text.strip());
    if (!matcher.matches()) {
      return Optional.empty();
    }
    Long unit = units.get(matcher.group(2).toLowerCase(Locale.ROOT));
    if (unit == null) {
      return Optional.empty();
    }
    BigDecimal value = new BigDecimal(matcher.group(1)).multiply(BigDecimal.valueOf(unit));
    return value.precision() - value.scale() > 18
        ? Optional.empty()
        : Optional.of(value.longValue());
  }
}

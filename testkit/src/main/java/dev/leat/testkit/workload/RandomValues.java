package dev.leat.testkit.workload;

import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Values as PostgreSQL reads them, the awkward ones more often than in life. */
final class RandomValues {
  private static final List<String> AWKWARD_TEXTS =
      List.of("", " ", "NULL", "\\N", "a'b\"c\\d", "tab\tline\nreturn\r", "ü€😀", "{}", "\u0001");
  private static final List<String> TYPES =
      List.of(
          "boolean",
          "smallint",
          "integer",
          "bigint",
          "real",
          "double precision",
          "numeric",
          "text",
          "character varying",
          "bytea",
          "date",
          "time without time zone",
          "timestamp without time zone",
          "timestamp with time zone",
          "interval",
          "uuid",
          "json",
          "jsonb");

  /** More than the 2 kB above which PostgreSQL stores a value out of line. */
  private static final int SMALLEST_LARGE = 4_000;

  private final RandomGenerator random;

  RandomValues(RandomGenerator random) {
    this.random = random;
  }

  static boolean canFill(String type) {
    return TYPES.contains(base(type));
  }

  /** NULL for one in ten where that is allowed. */
  @Nullable String next(DmlTable.Column column) {
    if (column.nullable() && random.nextInt(10) == 0) {
      return null;
    }
    String type = column.type();
    if (!type.endsWith("[]")) {
      return scalar(base(type), length(type));
    }
    return IntStream.range(0, random.nextInt(5))
        .mapToObj(_ -> random.nextInt(6) == 0 ? "NULL" : quoted(scalar(base(type), length(type))))
        .collect(Collectors.joining(",", "{", "}"));
  }

  /** Text that does not get small by compression. */
  String large() {
    return incompressible(SMALLEST_LARGE + random.nextInt(20 * SMALLEST_LARGE));
  }

  private String scalar(String base, int length) {
    boolean special = random.nextInt(25) == 0;
    return switch (base) {
      case "boolean" -> random.nextBoolean() ? "t" : "f";
      case "smallint" -> Integer.toString(random.nextInt(-32_768, 32_768));
      case "integer" -> Integer.toString(random.nextInt());
      case "bigint" -> Long.toString(random.nextLong());
      case "real" -> special ? "NaN" : Float.toString(random.nextFloat(-1e6f, 1e6f));
      case "double precision" ->
          special ? "-Infinity" : Double.toString(random.nextGaussian() * 1e9);
      case "numeric" -> numeric(length);
      case "text", "character varying" -> text(length);
      case "bytea" -> "\\x" + HexFormat.of().formatHex(bytes(random.nextInt(40)));
      case "date" -> special ? "infinity" : date();
      case "time without time zone" -> special ? "24:00:00" : time();
      case "timestamp without time zone" ->
          special ? "0044-03-15 12:00:00 BC" : date() + " " + time();
      case "timestamp with time zone" -> special ? "-infinity" : date() + " " + time() + "+02";
      case "interval" ->
          "%d mons %d days %d microseconds"
              .formatted(random.nextInt(100), random.nextInt(-50, 50), random.nextInt());
      case "uuid" -> new UUID(random.nextLong(), random.nextLong()).toString();
      case "json", "jsonb" ->
          "{\"n\": %d, \"s\": \"%s\", \"a\": [1, null, 2.50]}"
              .formatted(random.nextLong(), incompressible(random.nextInt(12)));
      default -> throw new IllegalArgumentException("no values for the type " + base);
    };
  }

  private String text(int limit) {
    String value =
        switch (random.nextInt(20)) {
          case 0 -> AWKWARD_TEXTS.get(random.nextInt(AWKWARD_TEXTS.size()));
          case 1 -> large();
          default -> incompressible(random.nextInt(40));
        };
    return limit == 0 || value.length() <= limit ? value : value.substring(0, limit);
  }

  /** Digits before the point leave room for a scale, which has to be smaller than the precision. */
  private String numeric(int precision) {
    int digits = precision == 0 ? 30 : Math.max(1, precision / 2);
    String sign = random.nextBoolean() ? "" : "-";
    return sign
        + IntStream.range(0, digits)
            .mapToObj(_ -> "" + random.nextInt(10))
            .collect(Collectors.joining())
        + (precision == 0 ? "." + random.nextInt(1_000_000) : "");
  }

  private String incompressible(int characters) {
    return HexFormat.of().formatHex(bytes((characters + 1) / 2)).substring(0, characters);
  }

  private byte[] bytes(int count) {
    byte[] bytes = new byte[count];
    random.nextBytes(bytes);
    return bytes;
  }

  private String date() {
    return "%04d-%02d-%02d"
        .formatted(random.nextInt(1900, 2100), random.nextInt(1, 13), random.nextInt(1, 29));
  }

  private String time() {
    return "%02d:%02d:%02d.%06d"
        .formatted(
            random.nextInt(24), random.nextInt(60), random.nextInt(60), random.nextInt(1_000_000));
  }

  private static String quoted(String element) {
    return '"' + element.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }

  /**
   * The name before {@code (10,2)} and {@code []}; the modifier of a timestamp stands inside the
   * name.
   */
  private static String base(String type) {
    return type.replaceFirst("\\(\\d+(,\\d+)?\\)", "").replace("[]", "");
  }

  private static int length(String type) {
    String digits = type.replaceFirst("^[^(]*\\(?(\\d*).*$", "$1");
    return digits.isEmpty() ? 0 : Integer.parseInt(digits);
  }
}

package dev.leat.postgres;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Random values of types, as PostgreSQL reads them. */
final class RandomLiterals {
  private static final int[] CODE_POINTS = {
    'a', 'Z', '0', ' ', '"', '\\', '\'', ',', '(', ')', '{', '}', '[', ']', '\n', '\t', 0xe4,
    0x20ac, 0x1f600, 0x301, 0x202e, 0x7f, 1
  };

  private final Random random;

  RandomLiterals(long seed) {
    this.random = new Random(seed);
  }

  /** So many values of a type that {@link #types} lists. */
  List<String> of(String type, int count) {
    return Stream.generate(maker(type)).limit(count).toList();
  }

  static List<String> types() {
    return List.of(
        "smallint",
        "bigint",
        "oid",
        "real",
        "double precision",
        "numeric(12,4)",
        "numeric(38,0)",
        "numeric",
        "text",
        "bytea",
        "jsonb",
        "uuid",
        "date",
        "time",
        "timetz",
        "timestamp",
        "timestamptz",
        "interval",
        "inet",
        "cidr",
        "macaddr8",
        "bit varying",
        "pg_lsn",
        "xid8",
        "tsvector",
        "hstore",
        "point",
        "pair",
        "int8range",
        "numrange",
        "tsrange",
        "textrange",
        "int4multirange",
        "text[]",
        "numeric[]",
        "inet[]",
        "tstzrange[]");
  }

  private Supplier<String> maker(String type) {
    return switch (type) {
      case "smallint" -> () -> Short.toString((short) random.nextInt());
      case "bigint" -> () -> Long.toString(number());
      case "oid" -> () -> Integer.toUnsignedString(random.nextInt());
      case "xid8" -> () -> Long.toUnsignedString(number());
      case "real" -> () -> Float.toString(Float.intBitsToFloat(random.nextInt()));
      case "double precision" -> this::real;
      case "numeric(12,4)" -> () -> decimal(8, 4);
      case "numeric(38,0)" ->
          () -> new BigInteger(126, random).toString().replaceAll("^(.{38}).*", "$1");
      case "numeric" -> () -> decimal(1 + random.nextInt(200), random.nextInt(200));
      case "text" -> this::text;
      case "bytea" -> () -> "\\x" + HexFormat.of().formatHex(bytes(random.nextInt(40)));
      case "jsonb" -> () -> "{\"" + random.nextInt() + "\": [" + decimal(20, 5) + ", null]}";
      case "uuid" -> () -> new UUID(random.nextLong(), random.nextLong()).toString();
      case "date" -> () -> day(5_000_000);
      case "time" -> this::time;
      case "timetz" -> () -> time() + zone();
      case "timestamp" -> () -> timestamp("");
      case "timestamptz" -> () -> timestamp(zone());
      case "interval" ->
          () ->
              "%d months %d days %s%d:%02d:%02d.%06d"
                  .formatted(
                      random.nextInt() >> random.nextInt(32),
                      random.nextInt() >> random.nextInt(32),
                      random.nextBoolean() ? "-" : "",
                      random.nextInt(2_000_000) >> random.nextInt(21),
                      random.nextInt(60),
                      random.nextInt(60),
                      random.nextInt(1_000_000));
      case "inet" -> () -> address() + "/" + random.nextInt(33);
      case "cidr" ->
          () -> random.nextBoolean() ? random.nextInt(256) + ".0.0.0/8" : ipv6() + "/128";
      case "macaddr8" -> () -> HexFormat.ofDelimiter(":").formatHex(bytes(8));
      case "bit varying" -> () -> new BigInteger(random.nextInt(1, 70), random).toString(2);
      case "pg_lsn" -> () -> "%X/%X".formatted(random.nextInt(), random.nextInt());
      case "tsvector" -> () -> random.nextBoolean() ? plain() : "'" + plain() + "':3B,17 b:1A";
      case "hstore" -> () -> quoted() + "=>" + quoted() + ", b=>NULL";
      case "point" -> () -> "(" + real() + "," + real() + ")";
      case "pair" -> () -> "(" + random.nextInt() + "," + quoted() + ")";
      case "int8range" -> () -> range(() -> Long.toString(number() >> 1));
      case "numrange" -> () -> range(() -> decimal(10, 5));
      case "tsrange" -> () -> range(() -> "\"" + timestamp("") + "\"");
      case "textrange" -> () -> "[" + quoted() + ",)";
      case "int4multirange" -> () -> "{" + range(() -> "" + random.nextInt(1000)) + ",[2000,2001)}";
      case "text[]" -> () -> array(this::quoted);
      case "numeric[]" -> () -> array(() -> decimal(10, 10));
      case "inet[]" -> () -> array(this::address);
      case "tstzrange[]" ->
          () -> array(() -> "\"[2024-01-01 00:00:00+00,2024-01-02 00:00:00.5+00)\"");
      default -> throw new IllegalArgumentException(type);
    };
  }

  private long number() {
    return random.nextLong() >> random.nextInt(64);
  }

  private byte[] bytes(int count) {
    byte[] bytes = new byte[count];
    random.nextBytes(bytes);
    return bytes;
  }

  private String real() {
    double value =
        random.nextBoolean()
            ? Double.longBitsToDouble(random.nextLong())
            : random.nextInt(-1000, 1000) / 8.0;
    return Double.toString(value);
  }

  private String decimal(int whole, int fraction) {
    BigInteger unscaled = new BigInteger((int) ((whole + fraction) * 3.32), random);
    if (random.nextInt(4) == 0) {
      unscaled = unscaled.multiply(BigInteger.TEN.pow(random.nextInt(fraction + 1)));
      unscaled = unscaled.mod(BigInteger.TEN.pow(whole + fraction));
    }
    return new BigDecimal(random.nextBoolean() ? unscaled : unscaled.negate(), fraction)
        .toPlainString();
  }

  private String text() {
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(20); i > 0; i--) {
      text.appendCodePoint(CODE_POINTS[random.nextInt(CODE_POINTS.length)]);
    }
    return text.toString();
  }

  private String plain() {
    return "w" + random.nextInt(1000);
  }

  private String quoted() {
    return '"' + text().replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }

  private String array(Supplier<String> element) {
    List<String> elements = new ArrayList<>();
    for (int i = random.nextInt(5); i > 0; i--) {
      elements.add(random.nextInt(4) == 0 ? "NULL" : element.get());
    }
    return elements.stream().collect(Collectors.joining(",", "{", "}"));
  }

  private String range(Supplier<String> bound) {
    if (random.nextInt(8) == 0) {
      return "(," + bound.get() + "]";
    }
    String lower = bound.get();
    // In order, whatever the bounds are: one bound twice.
    return random.nextBoolean() ? "[" + lower + ",)" : "[" + lower + "," + lower + "]";
  }

  private String day(int years) {
    int year = random.nextInt(4) == 0 ? random.nextInt(1, years) : random.nextInt(1, 2100);
    String day = "%04d-%02d-%02d".formatted(year, random.nextInt(1, 13), random.nextInt(1, 29));
    return year < 4713 && random.nextInt(4) == 0 ? day + " BC" : day;
  }

  private String time() {
    return "%02d:%02d:%02d.%06d"
        .formatted(
            random.nextInt(24),
            random.nextInt(60),
            random.nextInt(60),
            random.nextInt(1_000_000) / (int) Math.pow(10, random.nextInt(6)));
  }

  private String zone() {
    String zone = "%s%02d".formatted(random.nextBoolean() ? "+" : "-", random.nextInt(15));
    return switch (random.nextInt(3)) {
      case 0 -> zone;
      case 1 -> zone + ":" + random.nextInt(10, 60);
      default -> zone + ":" + random.nextInt(10, 60) + ":" + random.nextInt(10, 60);
    };
  }

  private String timestamp(String zone) {
    String day = day(290_000);
    boolean before = day.endsWith(" BC");
    String plain = before ? day.substring(0, day.length() - 3) : day;
    return plain + " " + time() + zone + (before ? " BC" : "");
  }

  private String address() {
    return random.nextBoolean()
        ? Stream.generate(() -> "" + random.nextInt(256)).limit(4).collect(Collectors.joining("."))
        : ipv6();
  }

  private String ipv6() {
    return Stream.generate(
            () -> random.nextBoolean() ? "0" : Integer.toHexString(random.nextInt(0x10000)))
        .limit(8)
        .collect(Collectors.joining(":"));
  }
}

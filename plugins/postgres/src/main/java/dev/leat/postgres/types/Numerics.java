package dev.leat.postgres.types;

import dev.leat.spi.batch.BytesColumnWriter;
import dev.leat.spi.batch.FixedColumnWriter;
import java.nio.charset.StandardCharsets;

/**
 * Numerics: base 10,000 digits with a weight on the wire (numeric.c, numeric_send); here 128-bit
 * unscaled numbers or, where no precision is declared, text as PostgreSQL writes it.
 */
final class Numerics {
  private static final int HEADER = 8;
  private static final int GROUP = 4;
  private static final int BASE = 10_000;
  private static final int[] POWERS = {1, 10, 100, 1_000, BASE};
  private static final int NEGATIVE = 0x4000;
  private static final int NAN = 0xC000;
  private static final int PLUS_INFINITY = 0xD000;
  private static final int MINUS_INFINITY = 0xF000;
  private static final int MOST_GROUPS = 11;

  private Numerics() {}

  static CellDecoder binaryDecimal(int scale, ValueErrors errors) {
    return (bytes, at, length, out) -> {
      check(bytes, at, length, errors);
      decimal(bytes, at, scale, errors, (FixedColumnWriter) out);
    };
  }

  private static void decimal(
      byte[] bytes, int at, int scale, ValueErrors errors, FixedColumnWriter out) {
    int count = groups(bytes, at);
    int weight = BinaryDecoders.shortAt(bytes, at + 2);
    int sign = BinaryDecoders.shortAt(bytes, at + 4) & 0xFFFF;
    if (sign != 0 && sign != NEGATIVE) {
      throw errors.unrepresentable("NaN or infinite, which decimals are not");
    }
    if (weight > MOST_GROUPS) {
      throw errors.unrepresentable("larger than the column's type allows");
    }
    long low = 0;
    long high = 0;
    int fraction = scale;
    // Groups are not sent where they are 0 at either end.
    for (int exponent = Math.max(weight, -1); exponent >= 0 || fraction > 0; exponent--) {
      int digits = exponent >= 0 ? GROUP : Math.min(GROUP, fraction);
      int group = groupAt(bytes, at, count, weight - exponent) / POWERS[GROUP - digits];
      long product = low * POWERS[digits];
      high = high * POWERS[digits] + Math.unsignedMultiplyHigh(low, POWERS[digits]);
      low = product + group;
      if (Long.compareUnsigned(low, product) < 0) {
        high++;
      }
      if (exponent < 0) {
        fraction -= digits;
      }
    }
    append(low, high, sign == NEGATIVE, out);
  }

  /** One more than a signed number of its size holds, with the most digits there can be. */
  private static int groups(byte[] bytes, int at) {
    return BinaryDecoders.shortAt(bytes, at) & 0xFFFF;
  }

  private static int groupAt(byte[] bytes, int at, int count, int index) {
    return index < 0 || index >= count ? 0 : BinaryDecoders.shortAt(bytes, at + HEADER + 2 * index);
  }

  private static void append(long low, long high, boolean negative, FixedColumnWriter out) {
    if (negative) {
      out.appendDecimal(-low, low == 0 ? -high : ~high);
    } else {
      out.appendDecimal(low, high);
    }
  }

  static CellDecoder textDecimal(int scale, ValueErrors errors) {
    return (bytes, at, length, out) -> {
      if (length == 0) {
        throw errors.malformed("no bytes, which are no numeric");
      }
      boolean negative = bytes[at] == '-';
      long low = 0;
      long high = 0;
      boolean point = false;
      int missing = scale;
      for (int i = negative ? at + 1 : at; i < at + length || missing > 0; i++) {
        int digit = 0;
        if (i < at + length) {
          if (bytes[i] == '.') {
            point = true;
            continue;
          }
          digit = bytes[i] - '0';
          if (digit < 0 || digit > 9) {
            throw errors.unrepresentable("NaN or infinite, which decimals are not");
          }
        } else {
          point = true;
        }
        if (point) {
          missing--;
        }
        long product = low * 10;
        high = high * 10 + Math.unsignedMultiplyHigh(low, 10);
        low = product + digit;
        if (Long.compareUnsigned(low, product) < 0) {
          high++;
        }
      }
      append(low, high, negative, (FixedColumnWriter) out);
    };
  }

  static ValueText text(ValueErrors errors) {
    return (bytes, at, length, out) -> {
      check(bytes, at, length, errors);
      out.append(new String(text(bytes, at), StandardCharsets.US_ASCII));
    };
  }

  /** As the type's output function writes it. */
  static CellDecoder binaryText(ValueErrors errors) {
    return (bytes, at, length, out) -> {
      check(bytes, at, length, errors);
      byte[] text = text(bytes, at);
      ((BytesColumnWriter) out).appendBytes(text, 0, text.length);
    };
  }

  private static void check(byte[] bytes, int at, int length, ValueErrors errors) {
    if (length < HEADER
        || length != HEADER + 2 * groups(bytes, at)
        || BinaryDecoders.shortAt(bytes, at + 6) < 0) {
      throw errors.malformed(length + " bytes, which is no numeric");
    }
  }

  private static byte[] text(byte[] bytes, int at) {
    int count = groups(bytes, at);
    int weight = BinaryDecoders.shortAt(bytes, at + 2);
    int sign = BinaryDecoders.shortAt(bytes, at + 4) & 0xFFFF;
    int scale = BinaryDecoders.shortAt(bytes, at + 6);
    switch (sign) {
      case NAN -> {
        return "NaN".getBytes(StandardCharsets.US_ASCII);
      }
      case PLUS_INFINITY -> {
        return "Infinity".getBytes(StandardCharsets.US_ASCII);
      }
      case MINUS_INFINITY -> {
        return "-Infinity".getBytes(StandardCharsets.US_ASCII);
      }
      default -> {}
    }
    StringBuilder text = new StringBuilder(scale + GROUP * Math.max(1, weight + 1) + 2);
    if (sign == NEGATIVE) {
      text.append('-');
    }
    if (weight < 0) {
      text.append('0');
    }
    for (int i = 0; i <= weight; i++) {
      int digit = groupAt(bytes, at, count, i);
      if (i > 0) {
        pad(text, digit);
      } else {
        text.append(digit);
      }
    }
    if (scale > 0) {
      text.append('.');
      int end = text.length() + scale;
      for (int i = weight + 1; text.length() < end; i++) {
        pad(text, groupAt(bytes, at, count, i));
      }
      text.setLength(end);
    }
    return text.toString().getBytes(StandardCharsets.US_ASCII);
  }

  private static void pad(StringBuilder text, int group) {
    text.append((char) ('0' + group / 1_000))
        .append((char) ('0' + group / 100 % 10))
        .append((char) ('0' + group / 10 % 10))
        .append((char) ('0' + group % 10));
  }
}

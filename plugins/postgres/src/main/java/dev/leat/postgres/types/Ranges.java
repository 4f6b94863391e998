package dev.leat.postgres.types;

/** Ranges and multiranges (rangetypes.c, range_send; multirangetypes.c, multirange_send). */
final class Ranges {
  private static final int EMPTY = 0x01;
  private static final int LOWER_INCLUSIVE = 0x02;
  private static final int UPPER_INCLUSIVE = 0x04;
  private static final int LOWER_INFINITE = 0x08;
  private static final int UPPER_INFINITE = 0x10;
  private static final String QUOTED = "\"\\()[], \t\n\r\f\u000b";

  private Ranges() {}

  static ValueText range(ValueText bound, ValueErrors errors) {
    return (bytes, at, length, out) -> {
      if (length < 1) {
        throw errors.malformed("no bytes, which are no range");
      }
      int flags = bytes[at];
      if ((flags & EMPTY) != 0) {
        out.append("empty");
        return;
      }
      int next = at + 1;
      int end = at + length;
      out.append((flags & LOWER_INCLUSIVE) != 0 ? '[' : '(');
      if ((flags & LOWER_INFINITE) == 0) {
        next = bound(bytes, next, end, bound, errors, out);
      }
      out.append(',');
      if ((flags & UPPER_INFINITE) == 0) {
        next = bound(bytes, next, end, bound, errors, out);
      }
      if (next != end) {
        throw errors.malformed("a range with something behind it");
      }
      out.append((flags & UPPER_INCLUSIVE) != 0 ? ']' : ')');
    };
  }

  private static int bound(
      byte[] bytes, int at, int end, ValueText bound, ValueErrors errors, StringBuilder out) {
    int size = size(bytes, at, end, errors);
    StringBuilder text = new StringBuilder();
    bound.write(bytes, at + 4, size, text);
    if (!needsQuotes(text)) {
      out.append(text);
    } else {
      out.append('"');
      for (int i = 0; i < text.length(); i++) {
        char c = text.charAt(i);
        out.append(c);
        if (c == '"' || c == '\\') {
          out.append(c);
        }
      }
      out.append('"');
    }
    return at + 4 + size;
  }

  private static boolean needsQuotes(StringBuilder text) {
    for (int i = 0; i < text.length(); i++) {
      if (QUOTED.indexOf(text.charAt(i)) >= 0) {
        return true;
      }
    }
    return text.isEmpty();
  }

  private static int size(byte[] bytes, int at, int end, ValueErrors errors) {
    if (end - at < 4) {
      throw errors.malformed("a range that ends early");
    }
    int size = BinaryDecoders.intAt(bytes, at);
    if (size < 0 || size > end - at - 4) {
      throw errors.malformed("a range that ends early");
    }
    return size;
  }

  /**
   * @param range writes each of its ranges
   */
  static ValueText multirange(ValueText range, ValueErrors errors) {
    return (bytes, at, length, out) -> {
      if (length < 4) {
        throw errors.malformed(length + " bytes, which are no multirange");
      }
      int end = at + length;
      int count = BinaryDecoders.intAt(bytes, at);
      int next = at + 4;
      out.append('{');
      for (int i = 0; i < count; i++) {
        int size = size(bytes, next, end, errors);
        out.append(i == 0 ? "" : ",");
        range.write(bytes, next + 4, size, out);
        next += 4 + size;
      }
      if (next != end) {
        throw errors.malformed("a multirange with something behind it");
      }
      out.append('}');
    };
  }
}

package dev.leat.postgres.types;

import java.nio.charset.StandardCharsets;

/** Keys with values of the extension hstore (hstore_io.c, hstore_send). */
final class Pairs {
  private Pairs() {}

  static ValueText hstore(ValueErrors errors) {
    return (bytes, at, length, out) -> {
      int end = at + length;
      int next = at + 4;
      int count = next > end ? -1 : BinaryDecoders.intAt(bytes, at);
      if (count < 0) {
        throw errors.malformed(length + " bytes, which are no hstore");
      }
      for (int i = 0; i < count; i++) {
        out.append(i == 0 ? "" : ", ");
        next = text(bytes, next, end, errors, out);
        out.append("=>");
        next = text(bytes, next, end, errors, out);
      }
    };
  }

  private static int text(byte[] bytes, int at, int end, ValueErrors errors, StringBuilder out) {
    if (end - at < 4) {
      throw errors.malformed("an hstore that ends early");
    }
    int size = BinaryDecoders.intAt(bytes, at);
    if (size > end - at - 4) {
      throw errors.malformed("an hstore that ends early");
    }
    if (size < 0) {
      out.append("NULL");
      return at + 4;
    }
    String text = new String(bytes, at + 4, size, StandardCharsets.UTF_8);
    out.append('"').append(text.replace("\\", "\\\\").replace("\"", "\\\"")).append('"');
    return at + 4 + size;
  }
}

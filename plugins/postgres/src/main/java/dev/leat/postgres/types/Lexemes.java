package dev.leat.postgres.types;

import java.nio.charset.StandardCharsets;

/** Text search vectors (tsvector.c, tsvectorsend): lexemes with places and weights. */
final class Lexemes {
  private static final String WEIGHTS = "DCBA";
  private static final int WEIGHT_SHIFT = 14;
  private static final int PLACE = 0x3FFF;

  private Lexemes() {}

  static ValueText vector(ValueErrors errors) {
    return (bytes, at, length, out) -> {
      int end = at + length;
      int next = at + 4;
      int count = next > end ? -1 : BinaryDecoders.intAt(bytes, at);
      if (count < 0) {
        throw errors.malformed(length + " bytes, which are no tsvector");
      }
      for (int i = 0; i < count; i++) {
        int close = next;
        while (close < end && bytes[close] != 0) {
          close++;
        }
        if (end - close < 3) {
          throw errors.malformed("a tsvector that ends early");
        }
        out.append(i == 0 ? "'" : " '");
        String lexeme = new String(bytes, next, close - next, StandardCharsets.UTF_8);
        out.append(lexeme.replace("\\", "\\\\").replace("'", "''")).append('\'');
        int places = BinaryDecoders.shortAt(bytes, close + 1) & 0xFFFF;
        next = close + 3;
        if (end - next < 2 * places) {
          throw errors.malformed("a tsvector that ends early");
        }
        for (int place = 0; place < places; place++, next += 2) {
          int value = BinaryDecoders.shortAt(bytes, next) & 0xFFFF;
          out.append(place == 0 ? ':' : ',').append(value & PLACE);
          if (value >> WEIGHT_SHIFT != 0) {
            out.append(WEIGHTS.charAt(value >> WEIGHT_SHIFT));
          }
        }
      }
    };
  }
}

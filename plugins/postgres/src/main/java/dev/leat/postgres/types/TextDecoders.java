package dev.leat.postgres.types;

import dev.leat.spi.batch.BooleanColumnWriter;
import dev.leat.spi.batch.BytesColumnWriter;
import dev.leat.spi.batch.FixedColumnWriter;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.util.HexFormat;

/** Values as the types' output functions write them, with the settings that sessions make. */
final class TextDecoders {
  static final CellDecoder BYTES = BinaryDecoders.BYTES;

  private TextDecoders() {}

  /** What a text is read as. */
  @FunctionalInterface
  private interface Reading {
    void read(String text, FixedColumnWriter out);
  }

  private static CellDecoder fixed(ValueErrors errors, Reading reading) {
    return (bytes, at, length, out) -> {
      String text = new String(bytes, at, length, StandardCharsets.ISO_8859_1);
      try {
        reading.read(text, (FixedColumnWriter) out);
      } catch (IllegalArgumentException
          | IndexOutOfBoundsException
          | DateTimeException
          | ArithmeticException e) {
        // Not as the cause: its message may hold the value.
        throw errors.malformed(e.getClass().getSimpleName());
      }
    };
  }

  static CellDecoder bool(ValueErrors errors) {
    return (bytes, at, length, out) -> {
      errors.checkLength(1, length);
      ((BooleanColumnWriter) out).appendBoolean(bytes[at] == 't');
    };
  }

  static CellDecoder int2(ValueErrors errors) {
    return fixed(errors, (text, out) -> out.appendShort(Short.parseShort(text)));
  }

  static CellDecoder int4(ValueErrors errors) {
    return fixed(errors, (text, out) -> out.appendInt(Integer.parseInt(text)));
  }

  static CellDecoder int8(ValueErrors errors) {
    return fixed(errors, (text, out) -> out.appendLong(Long.parseLong(text)));
  }

  static CellDecoder float4(ValueErrors errors) {
    return fixed(errors, (text, out) -> out.appendFloat(Float.parseFloat(text)));
  }

  static CellDecoder float8(ValueErrors errors) {
    return fixed(errors, (text, out) -> out.appendDouble(Double.parseDouble(text)));
  }

  static CellDecoder uuid(ValueErrors errors) {
    return fixed(
        errors,
        (text, out) -> {
          byte[] value = HexFormat.of().parseHex(text.replace("-", ""));
          errors.checkLength(16, value.length);
          out.appendBytes(value, 0);
        });
  }

  static CellDecoder date(ValueErrors errors) {
    return fixed(errors, (text, out) -> out.appendInt(DateTimeText.days(text)));
  }

  static CellDecoder time(ValueErrors errors) {
    return fixed(errors, (text, out) -> out.appendLong(DateTimeText.timeMicros(text)));
  }

  static CellDecoder timestamp(ValueErrors errors) {
    return fixed(errors, (text, out) -> out.appendLong(DateTimeText.micros(text, errors)));
  }

  static CellDecoder interval(ValueErrors errors) {
    return fixed(errors, (text, out) -> IntervalText.append(text, errors, out));
  }

  /** The hex form: {@code \x0aff}. */
  static CellDecoder bytea(ValueErrors errors) {
    return (bytes, at, length, out) -> {
      byte[] value;
      try {
        value =
            HexFormat.of()
                .parseHex(new String(bytes, at + 2, length - 2, StandardCharsets.ISO_8859_1));
      } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
        throw errors.malformed(e.getClass().getSimpleName());
      }
      ((BytesColumnWriter) out).appendBytes(value, 0, value.length);
    };
  }
}

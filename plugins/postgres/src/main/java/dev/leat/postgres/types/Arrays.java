package dev.leat.postgres.types;

import dev.leat.spi.batch.ColumnWriter;
import dev.leat.spi.batch.ListColumnWriter;
import dev.leat.spi.error.LeatException;

/**
 * Arrays of one dimension as lists. Lower bounds other than 1 are lost; more dimensions, which a
 * list of values is not, are an error.
 */
final class Arrays {
  private static final int DIMENSION = 8;
  private static final int HEADER = 12;

  private Arrays() {}

  /** As array_send writes them. */
  static CellDecoder binary(CellDecoder element, ValueErrors errors) {
    return (bytes, at, _, out) -> {
      ListColumnWriter list = (ListColumnWriter) out;
      ColumnWriter elements = list.elements();
      int dimensions = BinaryDecoders.intAt(bytes, at);
      if (dimensions > 1) {
        throw severalDimensions(errors);
      }
      int count = dimensions == 0 ? 0 : BinaryDecoders.intAt(bytes, at + HEADER);
      int position = at + HEADER + dimensions * DIMENSION;
      int before = elements.count();
      try {
        for (int i = 0; i < count; i++) {
          int length = BinaryDecoders.intAt(bytes, position);
          position += 4;
          if (length < 0) {
            elements.appendNull();
          } else {
            element.decode(bytes, position, length, elements);
            position += length;
          }
        }
      } catch (RuntimeException e) {
        elements.truncate(before);
        throw e;
      }
      list.endList();
    };
  }

  /** As array_out writes them. */
  static CellDecoder text(CellDecoder element, ValueErrors errors) {
    return (bytes, at, length, out) -> {
      ListColumnWriter list = (ListColumnWriter) out;
      int before = list.elements().count();
      try {
        elements(bytes, at, at + length, element, errors, list.elements());
      } catch (RuntimeException e) {
        list.elements().truncate(before);
        throw e;
      }
      list.endList();
    };
  }

  private static void elements(
      byte[] bytes, int at, int end, CellDecoder element, ValueErrors errors, ColumnWriter out) {
    int i = at;
    if (bytes[i] == '[') {
      // Bounds such as [0:2]= stand before the braces.
      while (bytes[i] != '=') {
        if (bytes[i] == ']' && bytes[i + 1] == '[') {
          throw severalDimensions(errors);
        }
        i++;
      }
      i++;
    }
    i++;
    byte[] value = new byte[end - i];
    while (i < end && bytes[i] != '}') {
      if (bytes[i] == '{') {
        throw severalDimensions(errors);
      }
      boolean quoted = bytes[i] == '"';
      int size = 0;
      if (quoted) {
        for (i++; bytes[i] != '"'; i++) {
          if (bytes[i] == '\\') {
            i++;
          }
          value[size++] = bytes[i];
        }
        i++;
      } else {
        for (; bytes[i] != ',' && bytes[i] != '}'; i++) {
          if (bytes[i] == '\\') {
            i++;
          }
          value[size++] = bytes[i];
        }
      }
      if (!quoted && isNull(value, size)) {
        out.appendNull();
      } else {
        element.decode(value, 0, size, out);
      }
      if (bytes[i] == ',') {
        i++;
      }
    }
  }

  private static boolean isNull(byte[] value, int size) {
    return size == 4
        && (value[0] | 0x20) == 'n'
        && (value[1] | 0x20) == 'u'
        && (value[2] | 0x20) == 'l'
        && (value[3] | 0x20) == 'l';
  }

  private static LeatException severalDimensions(ValueErrors errors) {
    return errors.unrepresentable("an array of several dimensions");
  }
}

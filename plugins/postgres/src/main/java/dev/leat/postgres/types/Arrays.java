package dev.leat.postgres.types;

import dev.leat.spi.batch.ColumnWriter;
import dev.leat.spi.batch.ListColumnWriter;
import dev.leat.spi.error.LeatException;

/**
 * Arrays of one dimension as lists. More dimensions and other first indexes than 1, neither of
 * which a list has, are errors.
 */
final class Arrays {
  private static final int DIMENSION = 8;
  private static final int HEADER = 12;

  private Arrays() {}

  /** As array_send writes them. */
  static CellDecoder binary(CellDecoder element, ValueErrors errors) {
    return (bytes, at, size, out) -> {
      int end = at + size;
      if (size < HEADER) {
        throw errors.malformed(size + " bytes, which is no array");
      }
      ListColumnWriter list = (ListColumnWriter) out;
      ColumnWriter elements = list.elements();
      int dimensions = BinaryDecoders.intAt(bytes, at);
      if (dimensions > 1) {
        throw severalDimensions(errors);
      }
      if (dimensions < 0 || size < HEADER + dimensions * DIMENSION) {
        throw errors.malformed(size + " bytes, which is no array");
      }
      if (dimensions == 1 && BinaryDecoders.intAt(bytes, at + HEADER + 4) != 1) {
        throw otherBounds(errors);
      }
      int count = dimensions == 0 ? 0 : BinaryDecoders.intAt(bytes, at + HEADER);
      int position = at + HEADER + dimensions * DIMENSION;
      int before = elements.count();
      try {
        for (int i = 0; i < count; i++) {
          if (end - position < 4) {
            throw errors.malformed("an array that ends early");
          }
          int length = BinaryDecoders.intAt(bytes, position);
          position += 4;
          if (length > end - position) {
            throw errors.malformed("an array that ends early");
          }
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

  /**
   * As array_out writes them.
   *
   * @param delimiter what stands between elements: a comma for most types
   */
  static CellDecoder text(CellDecoder element, char delimiter, ValueErrors errors) {
    return (bytes, at, length, out) -> {
      ListColumnWriter list = (ListColumnWriter) out;
      int before = list.elements().count();
      try {
        elements(bytes, at, at + length, element, delimiter, errors, list.elements());
      } catch (IndexOutOfBoundsException e) {
        list.elements().truncate(before);
        throw errors.malformed(e);
      } catch (RuntimeException e) {
        list.elements().truncate(before);
        throw e;
      }
      list.endList();
    };
  }

  private static void elements(
      byte[] bytes,
      int at,
      int end,
      CellDecoder element,
      char delimiter,
      ValueErrors errors,
      ColumnWriter out) {
    int i = at;
    if (end > at && bytes[i] == '[') {
      // Bounds such as [0:2]= stand before the braces where they are not [1:…].
      int close = i;
      while (bytes[close] != ']') {
        close++;
      }
      throw bytes[close + 1] == '[' ? severalDimensions(errors) : otherBounds(errors);
    }
    if (end - at < 2 || bytes[i] != '{') {
      throw errors.malformed("no braces around an array");
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
        for (; bytes[i] != delimiter && bytes[i] != '}'; i++) {
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
      if (bytes[i] == delimiter) {
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

  private static LeatException otherBounds(ValueErrors errors) {
    return errors.unrepresentable("an array whose first index is not 1");
  }

  private static LeatException severalDimensions(ValueErrors errors) {
    return errors.unrepresentable("an array of several dimensions");
  }
}

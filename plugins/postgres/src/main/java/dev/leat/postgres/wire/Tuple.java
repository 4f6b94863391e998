package dev.leat.postgres.wire;

import java.util.Arrays;

/** Where the values of a row are in a message; used again for the next row. */
final class Tuple {
  static final byte NULL = 'n';
  static final byte UNCHANGED = 'u';
  static final byte TEXT = 't';
  static final byte BINARY = 'b';

  private byte[] kinds = new byte[32];
  private int[] offsets = new int[32];
  private int[] lengths = new int[32];
  private int columns;

  void read(Message message) {
    columns = message.readCount(1, false);
    if (columns > kinds.length) {
      kinds = new byte[columns];
      offsets = new int[columns];
      lengths = new int[columns];
    }
    for (int i = 0; i < columns; i++) {
      byte kind = message.readByte();
      kinds[i] = kind;
      if (kind == TEXT || kind == BINARY) {
        lengths[i] = message.readInt();
        offsets[i] = message.move(lengths[i]);
      } else if (kind != NULL && kind != UNCHANGED) {
        throw message.malformed("has a value in the unknown form %d".formatted(kind));
      }
    }
  }

  int columns() {
    return columns;
  }

  byte kind(int column) {
    return kinds[column];
  }

  int offset(int column) {
    return offsets[column];
  }

  int length(int column) {
    return lengths[column];
  }

  /** Whether both rows, of one message, have the same value there, byte for byte. */
  boolean same(Tuple other, int column, byte[] buffer) {
    byte kind = kinds[column];
    if (kind != other.kinds[column]) {
      return false;
    }
    return kind == NULL
        || Arrays.equals(
            buffer,
            offsets[column],
            offsets[column] + lengths[column],
            buffer,
            other.offsets[column],
            other.offsets[column] + other.lengths[column]);
  }
}

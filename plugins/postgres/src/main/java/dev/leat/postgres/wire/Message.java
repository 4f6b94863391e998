package dev.leat.postgres.wire;

import dev.leat.spi.error.LeatException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** A cursor over one message; used again for the next. */
final class Message {
  private static final VarHandle SHORT =
      MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.BIG_ENDIAN);
  private static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

  private byte[] buffer = new byte[0];
  private int first;
  private int at;
  private int end;

  void wrap(byte[] bytes, int offset, int length) {
    buffer = bytes;
    first = offset;
    at = offset;
    end = offset + length;
  }

  byte[] buffer() {
    return buffer;
  }

  int position() {
    return at;
  }

  int remaining() {
    return end - at;
  }

  byte readByte() {
    return buffer[move(1)];
  }

  int readShort() {
    return (short) SHORT.get(buffer, move(2));
  }

  int readInt() {
    return (int) INT.get(buffer, move(4));
  }

  long readLong() {
    return (long) LONG.get(buffer, move(8));
  }

  /** Moves over so many bytes and gives where they began. */
  int move(int length) {
    int start = at;
    if (length < 0 || length > end - start) {
      throw malformed("ends in the middle of a field");
    }
    at = start + length;
    return start;
  }

  LeatException malformed(String what) {
    char type = end > first ? (char) buffer[first] : '?';
    return WireErrors.malformed(
        "A message of type '%c' of PostgreSQL's change stream %s, at byte %d of %d."
            .formatted(type, what, at - first, Math.max(0, end - first)));
  }

  /** A number of things of at least so many bytes each. */
  int readCount(int size, boolean wide) {
    int count = wide ? readInt() : readShort();
    if (count < 0 || count > remaining() / size) {
      throw malformed("announces %d parts that it does not have".formatted(count));
    }
    return count;
  }

  /** A text that ends with a zero byte. */
  String readText() {
    int start = at;
    while (readByte() != 0) {
      // Only the end matters.
    }
    return new String(buffer, start, at - 1 - start, StandardCharsets.UTF_8);
  }
}

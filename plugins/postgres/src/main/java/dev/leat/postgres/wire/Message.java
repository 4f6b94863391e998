package dev.leat.postgres.wire;

import dev.leat.spi.error.ErrorCode;
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
  private int at;
  private int end;

  void wrap(byte[] bytes, int offset, int length) {
    buffer = bytes;
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
      throw new LeatException(
          ErrorCode.INTERNAL,
          "A message of PostgreSQL's change stream ends at byte %d in the middle of a field."
              .formatted(end - start),
          "");
    }
    at = start + length;
    return start;
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

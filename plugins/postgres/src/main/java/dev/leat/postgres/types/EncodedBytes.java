package dev.leat.postgres.types;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/** Bytes in network order that grow at the end. */
public final class EncodedBytes {
  private static final VarHandle SHORT =
      MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.BIG_ENDIAN);
  private static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

  private byte[] bytes;
  private int size;

  public EncodedBytes(int capacity) {
    bytes = new byte[capacity];
  }

  public byte[] array() {
    return bytes;
  }

  public int size() {
    return size;
  }

  public void clear() {
    size = 0;
  }

  public void putByte(int value) {
    int at = room(1);
    bytes[at] = (byte) value;
  }

  public void putShort(int value) {
    int at = room(2);
    SHORT.set(bytes, at, (short) value);
  }

  public void putInt(int value) {
    int at = room(4);
    INT.set(bytes, at, value);
  }

  public void putLong(long value) {
    int at = room(8);
    LONG.set(bytes, at, value);
  }

  public void putBytes(byte[] value) {
    System.arraycopy(value, 0, bytes, room(value.length), value.length);
  }

  /** Leaves room for a number that {@link #setInt} writes later. */
  int reserveInt() {
    return room(4);
  }

  void setInt(int at, int value) {
    INT.set(bytes, at, value);
  }

  /** Where {@code length} bytes can be written that count from now on. */
  int room(int length) {
    int at = size;
    if (bytes.length - at < length) {
      bytes = Arrays.copyOf(bytes, Math.max(Math.addExact(at, length), bytes.length * 2));
    }
    size = at + length;
    return at;
  }
}

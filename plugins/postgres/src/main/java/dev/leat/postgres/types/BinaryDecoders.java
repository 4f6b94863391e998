package dev.leat.postgres.types;

import dev.leat.spi.batch.BooleanColumnWriter;
import dev.leat.spi.batch.BytesColumnWriter;
import dev.leat.spi.batch.FixedColumnWriter;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Values in the binary forms of the types' send functions. */
final class BinaryDecoders {
  private static final VarHandle SHORT =
      MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.BIG_ENDIAN);
  private static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

  static final CellDecoder BOOL =
      (bytes, at, _, out) -> ((BooleanColumnWriter) out).appendBoolean(bytes[at] != 0);
  static final CellDecoder INT2 =
      (bytes, at, _, out) -> ((FixedColumnWriter) out).appendShort(shortAt(bytes, at));

  /** Also float4: both are 32 bits in network order. */
  static final CellDecoder INT4 =
      (bytes, at, _, out) -> ((FixedColumnWriter) out).appendInt(intAt(bytes, at));

  /** Also float8 and time. */
  static final CellDecoder INT8 =
      (bytes, at, _, out) -> ((FixedColumnWriter) out).appendLong(longAt(bytes, at));

  static final CellDecoder OID =
      (bytes, at, _, out) ->
          ((FixedColumnWriter) out).appendLong(Integer.toUnsignedLong(intAt(bytes, at)));
  static final CellDecoder BYTES =
      (bytes, at, length, out) -> ((BytesColumnWriter) out).appendBytes(bytes, at, length);

  /** A version number stands before the text. */
  static final CellDecoder JSONB =
      (bytes, at, length, out) -> ((BytesColumnWriter) out).appendBytes(bytes, at + 1, length - 1);

  static final CellDecoder UUID =
      (bytes, at, _, out) -> ((FixedColumnWriter) out).appendBytes(bytes, at);
  static final CellDecoder DATE =
      (bytes, at, _, out) -> ((FixedColumnWriter) out).appendInt(Dates.days(intAt(bytes, at)));

  private BinaryDecoders() {}

  static CellDecoder timestamp(ValueErrors errors) {
    return (bytes, at, _, out) ->
        ((FixedColumnWriter) out).appendLong(Dates.micros(longAt(bytes, at), errors));
  }

  static CellDecoder interval(ValueErrors errors) {
    return (bytes, at, _, out) ->
        ((FixedColumnWriter) out)
            .appendInterval(
                intAt(bytes, at + 12),
                intAt(bytes, at + 8),
                Dates.nanos(longAt(bytes, at), errors));
  }

  static short shortAt(byte[] bytes, int at) {
    return (short) SHORT.get(bytes, at);
  }

  static int intAt(byte[] bytes, int at) {
    return (int) INT.get(bytes, at);
  }

  static long longAt(byte[] bytes, int at) {
    return (long) LONG.get(bytes, at);
  }
}

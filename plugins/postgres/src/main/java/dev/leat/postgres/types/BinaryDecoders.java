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

  static final CellDecoder BYTES =
      (bytes, at, length, out) -> ((BytesColumnWriter) out).appendBytes(bytes, at, length);

  private BinaryDecoders() {}

  static CellDecoder bool(ValueErrors errors) {
    return (bytes, at, length, out) -> {
      errors.checkLength(1, length);
      ((BooleanColumnWriter) out).appendBoolean(bytes[at] != 0);
    };
  }

  static CellDecoder int2(ValueErrors errors) {
    return (bytes, at, length, out) -> {
      errors.checkLength(2, length);
      ((FixedColumnWriter) out).appendShort(shortAt(bytes, at));
    };
  }

  /** Also float4: both are 32 bits in network order. */
  static CellDecoder int4(ValueErrors errors) {
    return (bytes, at, length, out) -> {
      errors.checkLength(4, length);
      ((FixedColumnWriter) out).appendInt(intAt(bytes, at));
    };
  }

  /** Also float8 and time. */
  static CellDecoder int8(ValueErrors errors) {
    return (bytes, at, length, out) -> {
      errors.checkLength(8, length);
      ((FixedColumnWriter) out).appendLong(longAt(bytes, at));
    };
  }

  static CellDecoder oid(ValueErrors errors) {
    return (bytes, at, length, out) -> {
      errors.checkLength(4, length);
      ((FixedColumnWriter) out).appendLong(Integer.toUnsignedLong(intAt(bytes, at)));
    };
  }

  /** A version number stands before the text. */
  static CellDecoder jsonb(ValueErrors errors) {
    return (bytes, at, length, out) -> {
      if (length < 1 || bytes[at] != 1) {
        throw errors.malformed("a version of jsonb that is not known");
      }
      ((BytesColumnWriter) out).appendBytes(bytes, at + 1, length - 1);
    };
  }

  static CellDecoder uuid(ValueErrors errors) {
    return (bytes, at, length, out) -> {
      errors.checkLength(16, length);
      ((FixedColumnWriter) out).appendBytes(bytes, at);
    };
  }

  static CellDecoder date(ValueErrors errors) {
    return (bytes, at, length, out) -> {
      errors.checkLength(4, length);
      ((FixedColumnWriter) out).appendInt(Dates.days(intAt(bytes, at)));
    };
  }

  static CellDecoder timestamp(ValueErrors errors) {
    return (bytes, at, length, out) -> {
      errors.checkLength(8, length);
      ((FixedColumnWriter) out).appendLong(Dates.micros(longAt(bytes, at), errors));
    };
  }

  static CellDecoder interval(ValueErrors errors) {
    return (bytes, at, length, out) -> {
      errors.checkLength(16, length);
      long nanos = Dates.nanos(longAt(bytes, at), errors);
      ((FixedColumnWriter) out).appendInterval(intAt(bytes, at + 12), intAt(bytes, at + 8), nanos);
    };
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

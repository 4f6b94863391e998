package dev.leat.postgres.types;

import dev.leat.spi.schema.Column;
import dev.leat.spi.schema.LogicalType;
import dev.leat.spi.schema.LogicalType.Decimal;
import dev.leat.spi.schema.LogicalType.ListOf;
import dev.leat.spi.schema.LogicalType.Primitive;
import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.vector.BitVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.complex.ListVector;

/** Values in the binary forms that the types' receive functions read. */
public final class BinaryEncoders {
  private static final byte NUL = 0;

  private BinaryEncoders() {}

  /** The encoder of a column's values, which are in {@code vector}. */
  public static CellEncoder of(Column column, FieldVector vector) {
    return of(
        column.type(),
        vector,
        ValueErrors.ofWritten(column.name(), StoredTypes.name(column.type())));
  }

  private static CellEncoder of(LogicalType type, FieldVector vector, ValueErrors errors) {
    return switch (type) {
      case Primitive primitive -> primitive(primitive, vector, errors);
      case Decimal(int _, int scale) -> NumericEncoder.of(vector.getDataBuffer(), scale);
      case ListOf(LogicalType element) -> list(element, (ListVector) vector, errors);
    };
  }

  private static CellEncoder primitive(Primitive type, FieldVector vector, ValueErrors errors) {
    return switch (type) {
      case BOOLEAN -> bool((BitVector) vector);
      case INT16 -> int2(vector.getDataBuffer());
      // The bits of a float are as those of a whole number.
      case INT32, FLOAT32 -> int4(vector.getDataBuffer());
      case INT64, FLOAT64, TIME -> int8(vector.getDataBuffer());
      case TEXT, JSON -> text(vector, errors);
      case BINARY -> bytes(vector);
      case UUID -> fixed16(vector.getDataBuffer());
      case DATE -> date(vector.getDataBuffer(), errors);
      case TIMESTAMP, TIMESTAMP_TZ -> timestamp(vector.getDataBuffer(), errors);
      case INTERVAL -> interval(vector.getDataBuffer(), errors);
    };
  }

  private static CellEncoder bool(BitVector values) {
    return (row, out) -> {
      out.putInt(1);
      out.putByte(values.get(row));
    };
  }

  private static CellEncoder int2(ArrowBuf values) {
    return (row, out) -> {
      out.putInt(2);
      out.putShort(values.getShort(row * 2L));
    };
  }

  private static CellEncoder int4(ArrowBuf values) {
    return (row, out) -> {
      out.putInt(4);
      out.putInt(values.getInt(row * 4L));
    };
  }

  private static CellEncoder int8(ArrowBuf values) {
    return (row, out) -> {
      out.putInt(8);
      out.putLong(values.getLong(row * 8L));
    };
  }

  private static CellEncoder fixed16(ArrowBuf values) {
    return (row, out) -> {
      out.putInt(16);
      int at = out.room(16);
      values.getBytes(row * 16L, out.array(), at, 16);
    };
  }

  private static CellEncoder bytes(FieldVector vector) {
    ArrowBuf offsets = vector.getOffsetBuffer();
    ArrowBuf values = vector.getDataBuffer();
    return (row, out) -> {
      int start = offsets.getInt(row * 4L);
      int length = offsets.getInt((row + 1) * 4L) - start;
      out.putInt(length);
      int at = out.room(length);
      values.getBytes(start, out.array(), at, length);
    };
  }

  private static CellEncoder text(FieldVector vector, ValueErrors errors) {
    CellEncoder bytes = bytes(vector);
    return (row, out) -> {
      int start = out.size();
      bytes.encode(row, out);
      byte[] written = out.array();
      for (int i = start + 4; i < out.size(); i++) {
        if (written[i] == NUL) {
          throw errors.unrepresentable(
              "a text with the character U+0000 in it, which PostgreSQL does not keep");
        }
      }
    };
  }

  private static CellEncoder date(ArrowBuf values, ValueErrors errors) {
    return (row, out) -> {
      out.putInt(4);
      out.putInt(Dates.daysSince2000(values.getInt(row * 4L), errors));
    };
  }

  private static CellEncoder timestamp(ArrowBuf values, ValueErrors errors) {
    return (row, out) -> {
      out.putInt(8);
      out.putLong(Dates.microsSince2000(values.getLong(row * 8L), errors));
    };
  }

  private static CellEncoder interval(ArrowBuf values, ValueErrors errors) {
    return (row, out) -> {
      out.putInt(16);
      out.putLong(Dates.wholeMicros(values.getLong(row * 16L + 8), errors));
      out.putInt(values.getInt(row * 16L + 4));
      out.putInt(values.getInt(row * 16L));
    };
  }

  /** As array_recv reads them. */
  private static CellEncoder list(LogicalType element, ListVector vector, ValueErrors errors) {
    int elementOid = StoredTypes.oid(element);
    FieldVector elements = vector.getDataVector();
    CellEncoder encoder = of(element, elements, errors);
    return (row, out) -> {
      int from = vector.getElementStartIndex(row);
      int to = vector.getElementEndIndex(row);
      int length = out.reserveInt();
      out.putInt(to > from ? 1 : 0);
      int hasNulls = out.reserveInt();
      out.putInt(elementOid);
      if (to > from) {
        out.putInt(to - from);
        out.putInt(1);
      }
      int nulls = 0;
      for (int i = from; i < to; i++) {
        if (elements.isNull(i)) {
          nulls = 1;
          out.putInt(-1);
        } else {
          encoder.encode(i, out);
        }
      }
      out.setInt(hasNulls, nulls);
      out.setInt(length, out.size() - length - 4);
    };
  }
}

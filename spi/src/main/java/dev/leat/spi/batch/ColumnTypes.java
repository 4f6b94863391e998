package dev.leat.spi.batch;

import dev.leat.spi.schema.Column;
import dev.leat.spi.schema.LogicalType;
import dev.leat.spi.schema.LogicalType.Decimal;
import dev.leat.spi.schema.LogicalType.ListOf;
import dev.leat.spi.schema.LogicalType.Primitive;
import java.util.List;
import java.util.Map;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.types.DateUnit;
import org.apache.arrow.vector.types.FloatingPointPrecision;
import org.apache.arrow.vector.types.IntervalUnit;
import org.apache.arrow.vector.types.TimeUnit;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.FieldType;

/** How each logical type stands in a batch: its Arrow field and the writer that fills it. */
public final class ColumnTypes {
  private static final String EXTENSION_NAME = "ARROW:extension:name";

  private ColumnTypes() {}

  /**
   * The Arrow field of a column; always nullable, since deleted rows and absent values leave
   * columns empty.
   */
  public static Field field(Column column) {
    return field(column.name(), column.type());
  }

  public static Field field(String name, LogicalType type) {
    return switch (type) {
      case Primitive primitive -> new Field(name, primitive(primitive), null);
      case Decimal(int precision, int scale) ->
          Field.nullable(name, new ArrowType.Decimal(precision, scale, 128));
      case ListOf(LogicalType element) ->
          new Field(
              name, FieldType.nullable(new ArrowType.List()), List.of(field("element", element)));
    };
  }

  private static FieldType primitive(Primitive type) {
    return switch (type) {
      case BOOLEAN -> FieldType.nullable(new ArrowType.Bool());
      case INT16 -> FieldType.nullable(new ArrowType.Int(16, true));
      case INT32 -> FieldType.nullable(new ArrowType.Int(32, true));
      case INT64 -> FieldType.nullable(new ArrowType.Int(64, true));
      case FLOAT32 ->
          FieldType.nullable(new ArrowType.FloatingPoint(FloatingPointPrecision.SINGLE));
      case FLOAT64 ->
          FieldType.nullable(new ArrowType.FloatingPoint(FloatingPointPrecision.DOUBLE));
      case TEXT -> FieldType.nullable(new ArrowType.Utf8());
      case JSON ->
          new FieldType(true, new ArrowType.Utf8(), null, Map.of(EXTENSION_NAME, "arrow.json"));
      case BINARY -> FieldType.nullable(new ArrowType.Binary());
      case UUID ->
          new FieldType(
              true, new ArrowType.FixedSizeBinary(16), null, Map.of(EXTENSION_NAME, "arrow.uuid"));
      case DATE -> FieldType.nullable(new ArrowType.Date(DateUnit.DAY));
      case TIME -> FieldType.nullable(new ArrowType.Time(TimeUnit.MICROSECOND, 64));
      case TIMESTAMP -> FieldType.nullable(new ArrowType.Timestamp(TimeUnit.MICROSECOND, null));
      case TIMESTAMP_TZ -> FieldType.nullable(new ArrowType.Timestamp(TimeUnit.MICROSECOND, "UTC"));
      case INTERVAL -> FieldType.nullable(new ArrowType.Interval(IntervalUnit.MONTH_DAY_NANO));
    };
  }

  /**
   * A new writer for values of that type.
   *
   * @param capacity the values to make room for at first
   */
  public static ColumnWriter writer(LogicalType type, BufferAllocator allocator, int capacity) {
    return switch (type) {
      case Primitive primitive ->
          switch (primitive) {
            case BOOLEAN -> new BooleanColumnWriter(allocator, capacity);
            case INT16 -> new FixedColumnWriter(allocator, capacity, 2);
            case INT32, FLOAT32, DATE -> new FixedColumnWriter(allocator, capacity, 4);
            case INT64, FLOAT64, TIME, TIMESTAMP, TIMESTAMP_TZ ->
                new FixedColumnWriter(allocator, capacity, 8);
            case UUID, INTERVAL -> new FixedColumnWriter(allocator, capacity, 16);
            case TEXT, JSON, BINARY -> new BytesColumnWriter(allocator, capacity);
          };
      case Decimal _ -> new FixedColumnWriter(allocator, capacity, 16);
      case ListOf(LogicalType element) ->
          new ListColumnWriter(allocator, capacity, writer(element, allocator, capacity));
    };
  }
}

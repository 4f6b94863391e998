package dev.leat.sql;

import dev.leat.spi.schema.LogicalType;
import dev.leat.spi.schema.LogicalType.Decimal;
import dev.leat.spi.schema.LogicalType.ListOf;
import dev.leat.spi.schema.LogicalType.Primitive;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.sql.type.SqlTypeFactoryImpl;
import org.apache.calcite.sql.type.SqlTypeMappingRule;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql.type.SqlTypeUtil;
import org.jspecify.annotations.Nullable;

/** Logical types as Calcite's, and back. */
final class Types extends SqlTypeFactoryImpl {
  private static final int MICROSECONDS = 6;

  Types() {
    super(new TypeSystem());
  }

  @Override
  public Charset getDefaultCharset() {
    return StandardCharsets.UTF_8;
  }

  @Override
  public RelDataType createTypeWithNullability(RelDataType type, boolean nullable) {
    return type instanceof OpaqueType opaque
        ? canonize(new OpaqueType(opaque.logical(), nullable))
        : super.createTypeWithNullability(type, nullable);
  }

  RelDataType of(LogicalType type, boolean nullable) {
    RelDataType result =
        switch (type) {
          case Primitive primitive ->
              switch (primitive) {
                case BOOLEAN -> createSqlType(SqlTypeName.BOOLEAN);
                case INT16 -> createSqlType(SqlTypeName.SMALLINT);
                case INT32 -> createSqlType(SqlTypeName.INTEGER);
                case INT64 -> createSqlType(SqlTypeName.BIGINT);
                case FLOAT32 -> createSqlType(SqlTypeName.REAL);
                case FLOAT64 -> createSqlType(SqlTypeName.DOUBLE);
                case TEXT -> text();
                case DATE -> createSqlType(SqlTypeName.DATE);
                case TIMESTAMP -> createSqlType(SqlTypeName.TIMESTAMP, MICROSECONDS);
                case TIMESTAMP_TZ ->
                    createSqlType(SqlTypeName.TIMESTAMP_WITH_LOCAL_TIME_ZONE, MICROSECONDS);
                case JSON, BINARY, UUID, TIME, INTERVAL -> canonize(new OpaqueType(type, false));
              };
          case Decimal(int precision, int scale) ->
              createSqlType(SqlTypeName.DECIMAL, precision, scale);
          case ListOf _ -> canonize(new OpaqueType(type, false));
        };
    return createTypeWithNullability(result, nullable);
  }

  private RelDataType text() {
    return SqlTypeUtil.addCharsetAndCollation(createSqlType(SqlTypeName.VARCHAR), this);
  }

  /** The logical type; null for NULL itself and for what portable SQL has no type for. */
  static @Nullable LogicalType logical(RelDataType type) {
    if (type instanceof OpaqueType opaque) {
      return opaque.logical();
    }
    return switch (type.getSqlTypeName()) {
      case BOOLEAN -> Primitive.BOOLEAN;
      case TINYINT, SMALLINT -> Primitive.INT16;
      case INTEGER -> Primitive.INT32;
      case BIGINT -> Primitive.INT64;
      case REAL -> Primitive.FLOAT32;
      case FLOAT, DOUBLE -> Primitive.FLOAT64;
      case CHAR, VARCHAR -> Primitive.TEXT;
      case DATE -> Primitive.DATE;
      case TIMESTAMP -> Primitive.TIMESTAMP;
      case TIMESTAMP_WITH_LOCAL_TIME_ZONE, TIMESTAMP_TZ -> Primitive.TIMESTAMP_TZ;
      case DECIMAL -> decimal(type.getPrecision(), type.getScale());
      default -> null;
    };
  }

  private static Decimal decimal(int precision, int scale) {
    int digits = Math.max(1, Math.min(Decimal.MAX_PRECISION, Math.max(precision, scale)));
    return new Decimal(digits, Math.max(0, Math.min(scale, digits)));
  }

  /** As {@link #logical}, with TEXT for NULL. */
  static LogicalType known(RelDataType type) {
    LogicalType logical = logical(type);
    return logical == null ? Primitive.TEXT : logical;
  }

  @Override
  public @Nullable RelDataType leastRestrictive(
      List<RelDataType> types, SqlTypeMappingRule mapping) {
    List<LogicalType> logical = new ArrayList<>();
    boolean nullable = false;
    for (RelDataType type : types) {
      boolean isNull = type.getSqlTypeName() == SqlTypeName.NULL;
      nullable |= isNull || type.isNullable();
      LogicalType each = logical(type);
      if (each != null) {
        logical.add(each);
      } else if (!isNull) {
        return super.leastRestrictive(types, mapping);
      }
    }
    if (logical.isEmpty()) {
      return super.leastRestrictive(types, mapping);
    }
    LogicalType common = logical.getFirst();
    for (LogicalType each : logical) {
      common = common == null ? null : common(common, each);
    }
    return common == null ? null : of(common, nullable);
  }

  /** The type that holds the values of both; null if there is none. */
  static @Nullable LogicalType common(LogicalType a, LogicalType b) {
    if (a.equals(b)) {
      return a;
    }
    if (isNumber(a) && isNumber(b)) {
      if (isApproximate(a) || isApproximate(b)) {
        return Primitive.FLOAT64;
      }
      if (a instanceof Primitive one && b instanceof Primitive other) {
        return one.compareTo(other) > 0 ? one : other;
      }
      Decimal one = decimal(a);
      Decimal other = decimal(b);
      int scale = Math.max(one.scale(), other.scale());
      int whole = Math.max(one.precision() - one.scale(), other.precision() - other.scale());
      return decimal(whole + scale, scale);
    }
    if (isTemporal(a) && isTemporal(b)) {
      return ((Primitive) a).compareTo((Primitive) b) > 0 ? a : b;
    }
    return null;
  }

  /** Whole numbers as decimals that hold all of them. */
  static Decimal decimal(LogicalType type) {
    return switch (type) {
      case Decimal decimal -> decimal;
      case Primitive primitive ->
          switch (primitive) {
            case INT16 -> new Decimal(5, 0);
            case INT32 -> new Decimal(10, 0);
            case INT64 -> new Decimal(19, 0);
            case BOOLEAN,
                FLOAT32,
                FLOAT64,
                TEXT,
                JSON,
                BINARY,
                UUID,
                DATE,
                TIME,
                TIMESTAMP,
                TIMESTAMP_TZ,
                INTERVAL ->
                throw new IllegalArgumentException(type + " is no exact number");
          };
      case ListOf _ -> throw new IllegalArgumentException(type + " is no exact number");
    };
  }

  static boolean isInteger(LogicalType type) {
    return type == Primitive.INT16 || type == Primitive.INT32 || type == Primitive.INT64;
  }

  static boolean isApproximate(LogicalType type) {
    return type == Primitive.FLOAT32 || type == Primitive.FLOAT64;
  }

  static boolean isNumber(LogicalType type) {
    return isInteger(type) || isApproximate(type) || type instanceof Decimal;
  }

  static boolean isTemporal(LogicalType type) {
    return type == Primitive.DATE || type == Primitive.TIMESTAMP || type == Primitive.TIMESTAMP_TZ;
  }

  /** Whether {@code <}, ORDER BY and MAX mean something for the type. */
  static boolean isOrdered(LogicalType type) {
    return isNumber(type)
        || isTemporal(type)
        || type == Primitive.TEXT
        || type == Primitive.BOOLEAN
        || type == Primitive.UUID
        || type == Primitive.TIME
        || type == Primitive.BINARY;
  }

  /** As people write it. */
  static String name(LogicalType type) {
    return switch (type) {
      case Primitive primitive ->
          switch (primitive) {
            case INT16 -> "SMALLINT";
            case INT32 -> "INTEGER";
            case INT64 -> "BIGINT";
            case FLOAT32 -> "REAL";
            case FLOAT64 -> "DOUBLE";
            case TIMESTAMP_TZ -> "TIMESTAMP WITH TIME ZONE";
            case BOOLEAN, TEXT, JSON, BINARY, UUID, DATE, TIME, TIMESTAMP, INTERVAL ->
                primitive.name();
          };
      case Decimal decimal -> decimal.toString();
      case ListOf(LogicalType element) -> name(element) + "[]";
    };
  }

  /** What a name in a CAST means; null if it is none. */
  static @Nullable LogicalType named(String name, int precision, int scale) {
    return switch (name.toUpperCase(Locale.ROOT)) {
      case "BOOLEAN", "BOOL" -> Primitive.BOOLEAN;
      case "SMALLINT", "INT2" -> Primitive.INT16;
      case "INTEGER", "INT", "INT4" -> Primitive.INT32;
      case "BIGINT", "INT8" -> Primitive.INT64;
      case "REAL", "FLOAT4" -> Primitive.FLOAT32;
      case "DOUBLE", "FLOAT", "DOUBLE PRECISION", "FLOAT8" -> Primitive.FLOAT64;
      case "DECIMAL", "NUMERIC", "DEC" ->
          precision < 0
              ? new Decimal(Decimal.MAX_PRECISION, 0)
              : precision == 0 || precision > Decimal.MAX_PRECISION || scale > precision
                  ? null
                  : new Decimal(precision, Math.max(0, scale));
      case "VARCHAR", "TEXT", "STRING", "CHAR VARYING", "CHARACTER VARYING" -> Primitive.TEXT;
      case "DATE" -> Primitive.DATE;
      case "TIMESTAMP" -> Primitive.TIMESTAMP;
      case "TIMESTAMPTZ",
          "TIMESTAMP_TZ",
          "TIMESTAMP WITH TIME ZONE",
          "TIMESTAMP_WITH_LOCAL_TIME_ZONE" ->
          Primitive.TIMESTAMP_TZ;
      case "JSON" -> Primitive.JSON;
      case "UUID" -> Primitive.UUID;
      case "TIME" -> Primitive.TIME;
      default -> null;
    };
  }
}

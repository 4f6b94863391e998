package dev.leat.postgres.types;

import dev.leat.spi.schema.LogicalType;
import dev.leat.spi.schema.LogicalType.Decimal;
import dev.leat.spi.schema.LogicalType.ListOf;
import dev.leat.spi.schema.LogicalType.Primitive;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The types that columns have which Leat makes. */
public final class StoredTypes {
  private static final int TYPMOD_HEADER = 4;

  private static final TypeCatalog BUILT_IN = builtIn();

  private StoredTypes() {}

  /** As definitions and casts name it. */
  public static String name(LogicalType type) {
    return switch (type) {
      case Primitive primitive ->
          switch (primitive) {
            case BOOLEAN -> "BOOLEAN";
            case INT16 -> "SMALLINT";
            case INT32 -> "INTEGER";
            case INT64 -> "BIGINT";
            case FLOAT32 -> "REAL";
            case FLOAT64 -> "DOUBLE PRECISION";
            case TEXT -> "TEXT";
            case JSON -> "JSON";
            case BINARY -> "BYTEA";
            case UUID -> "UUID";
            case DATE -> "DATE";
            case TIME -> "TIME";
            case TIMESTAMP -> "TIMESTAMP";
            case TIMESTAMP_TZ -> "TIMESTAMP WITH TIME ZONE";
            case INTERVAL -> "INTERVAL";
          };
      case Decimal(int precision, int scale) -> "NUMERIC(" + precision + "," + scale + ")";
      case ListOf(LogicalType element) -> name(element) + "[]";
    };
  }

  /** Whether there is a type for it at all: arrays of arrays have no type of their own. */
  public static boolean exists(LogicalType type) {
    return !(type instanceof ListOf(ListOf _));
  }

  static int oid(LogicalType type) {
    return switch (type) {
      case Primitive primitive ->
          switch (primitive) {
            case BOOLEAN -> Oids.BOOL;
            case INT16 -> Oids.INT2;
            case INT32 -> Oids.INT4;
            case INT64 -> Oids.INT8;
            case FLOAT32 -> Oids.FLOAT4;
            case FLOAT64 -> Oids.FLOAT8;
            case TEXT -> Oids.TEXT;
            case JSON -> Oids.JSON;
            case BINARY -> Oids.BYTEA;
            case UUID -> Oids.UUID;
            case DATE -> Oids.DATE;
            case TIME -> Oids.TIME;
            case TIMESTAMP -> Oids.TIMESTAMP;
            case TIMESTAMP_TZ -> Oids.TIMESTAMPTZ;
            case INTERVAL -> Oids.INTERVAL;
          };
      case Decimal _ -> Oids.NUMERIC;
      case ListOf(LogicalType element) -> arrayOid(oid(element));
    };
  }

  private static int typmod(LogicalType type) {
    return switch (type) {
      case Primitive _ -> -1;
      case Decimal(int precision, int scale) -> (precision << 16 | scale) + TYPMOD_HEADER;
      case ListOf(LogicalType element) -> typmod(element);
    };
  }

  /**
   * How values of a result's column of this type are read.
   *
   * @param column for errors
   */
  public static ColumnCodec codec(LogicalType type, String column) {
    return ColumnCodec.ofResult(BUILT_IN, oid(type), typmod(type), column);
  }

  /** As the catalogs name the type. */
  public static String sourceType(LogicalType type) {
    return codec(type, "").sourceType();
  }

  private static int arrayOid(int element) {
    return switch (element) {
      case Oids.BOOL -> 1000;
      case Oids.BYTEA -> 1001;
      case Oids.INT2 -> 1005;
      case Oids.INT4 -> 1007;
      case Oids.TEXT -> 1009;
      case Oids.INT8 -> 1016;
      case Oids.FLOAT4 -> 1021;
      case Oids.FLOAT8 -> 1022;
      case Oids.TIMESTAMP -> 1115;
      case Oids.DATE -> 1182;
      case Oids.TIME -> 1183;
      case Oids.TIMESTAMPTZ -> 1185;
      case Oids.INTERVAL -> 1187;
      case Oids.NUMERIC -> 1231;
      case Oids.JSON -> 199;
      case Oids.UUID -> 2951;
      default -> throw new IllegalArgumentException("no array type is used of OID " + element);
    };
  }

  private static TypeCatalog builtIn() {
    Map<Integer, PgType> types = new HashMap<>();
    Map<Integer, String> names = new HashMap<>();
    names.put(Oids.TEXT, "text");
    names.put(Oids.JSON, "json");
    names.put(Oids.BYTEA, "bytea");
    names.put(Oids.UUID, "uuid");
    names.put(Oids.DATE, "date");
    names.put(Oids.INTERVAL, "interval");
    names.put(Oids.NUMERIC, "numeric");
    List<LogicalType> elements = new ArrayList<>(List.of(Primitive.values()));
    elements.add(new Decimal(1, 0));
    for (LogicalType type : elements) {
      int oid = oid(type);
      String name = names.getOrDefault(oid, "");
      types.put(oid, base(oid, name, 0));
      types.put(arrayOid(oid), base(arrayOid(oid), "_" + name, oid));
    }
    return new TypeCatalog(types);
  }

  private static PgType base(int oid, String name, int element) {
    return new PgType(oid, "pg_catalog", name, 'b', ' ', ',', element, 0, -1, 0, 0, true);
  }
}

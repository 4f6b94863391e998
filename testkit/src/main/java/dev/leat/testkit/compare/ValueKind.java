package dev.leat.testkit.compare;

import java.util.Locale;
import java.util.Map;

/**
 * What a column's values mean, which decides when two texts are the same value.
 *
 * @param base the kind of the value, or of an array's elements
 * @param array whether it is an array, of any number of dimensions
 */
record ValueKind(Base base, boolean array) {
  enum Base {
    BOOLEAN,
    NUMBER,
    REAL,
    DOUBLE,
    BYTES,
    DATE,
    TIME,
    TIME_WITH_ZONE,
    TIMESTAMP,
    TIMESTAMP_WITH_ZONE,
    INTERVAL,
    JSON,
    UUID,
    TEXT
  }

  private static final Map<String, Base> BASES =
      Map.ofEntries(
          Map.entry("bool", Base.BOOLEAN),
          Map.entry("boolean", Base.BOOLEAN),
          Map.entry("int2", Base.NUMBER),
          Map.entry("int4", Base.NUMBER),
          Map.entry("int8", Base.NUMBER),
          Map.entry("serial", Base.NUMBER),
          Map.entry("bigserial", Base.NUMBER),
          Map.entry("smallserial", Base.NUMBER),
          Map.entry("oid", Base.NUMBER),
          Map.entry("numeric", Base.NUMBER),
          Map.entry("decimal", Base.NUMBER),
          Map.entry("tinyint", Base.NUMBER),
          Map.entry("smallint", Base.NUMBER),
          Map.entry("integer", Base.NUMBER),
          Map.entry("bigint", Base.NUMBER),
          Map.entry("hugeint", Base.NUMBER),
          Map.entry("utinyint", Base.NUMBER),
          Map.entry("usmallint", Base.NUMBER),
          Map.entry("uinteger", Base.NUMBER),
          Map.entry("ubigint", Base.NUMBER),
          Map.entry("uhugeint", Base.NUMBER),
          Map.entry("bignum", Base.NUMBER),
          Map.entry("float4", Base.REAL),
          Map.entry("float", Base.REAL),
          Map.entry("real", Base.REAL),
          Map.entry("float8", Base.DOUBLE),
          Map.entry("double", Base.DOUBLE),
          Map.entry("bytea", Base.BYTES),
          Map.entry("blob", Base.BYTES),
          Map.entry("date", Base.DATE),
          Map.entry("time", Base.TIME),
          Map.entry("timetz", Base.TIME_WITH_ZONE),
          Map.entry("time with time zone", Base.TIME_WITH_ZONE),
          Map.entry("timestamp", Base.TIMESTAMP),
          Map.entry("timestamptz", Base.TIMESTAMP_WITH_ZONE),
          Map.entry("timestamp with time zone", Base.TIMESTAMP_WITH_ZONE),
          Map.entry("interval", Base.INTERVAL),
          Map.entry("json", Base.JSON),
          Map.entry("jsonb", Base.JSON),
          Map.entry("uuid", Base.UUID));

  /** Takes PostgreSQL's names ({@code _int4}) and DuckDB's ({@code DECIMAL(18,3)[]}). */
  static ValueKind ofType(String typeName) {
    String name = typeName.toLowerCase(Locale.ROOT);
    boolean array = name.startsWith("_") || name.endsWith("]");
    String element = name.replaceFirst("^_", "").replaceFirst("[(\\[].*$", "");
    return new ValueKind(BASES.getOrDefault(element, Base.TEXT), array);
  }
}

package dev.leat.postgres.types;

import dev.leat.spi.schema.LogicalType;
import dev.leat.spi.schema.LogicalType.Decimal;
import dev.leat.spi.schema.LogicalType.ListOf;
import dev.leat.spi.schema.LogicalType.Primitive;

/** What a column becomes, and how its values are decoded: the same for copies and the stream. */
public final class ColumnCodec {
  private final LogicalType logicalType;
  private final String sourceType;
  private final boolean binaryCopy;
  private final CellDecoder binary;
  private final CellDecoder text;

  private ColumnCodec(
      LogicalType logicalType,
      String sourceType,
      boolean binaryCopy,
      CellDecoder binary,
      CellDecoder text) {
    this.logicalType = logicalType;
    this.sourceType = sourceType;
    this.binaryCopy = binaryCopy;
    this.binary = binary;
    this.text = text;
  }

  /**
   * The codec of a column.
   *
   * @param forceText whether values are to be carried as PostgreSQL writes them
   * @param qualifiedColumn as {@code schema.table.column}, for errors
   */
  public static ColumnCodec of(
      TypeCatalog catalog, int typeOid, int typmod, boolean forceText, String qualifiedColumn) {
    PgType declared = catalog.type(typeOid);
    String name = TypeNames.of(catalog, declared, typmod);
    PgType type = catalog.withoutDomains(declared);
    ValueErrors errors = new ValueErrors(qualifiedColumn, name);
    return forceText ? asText(name) : of(catalog, type, typmod, name, errors);
  }

  /** For a column of a type that does not matter, since every value is NULL. */
  public static ColumnCodec onlyNull(LogicalType type) {
    return new ColumnCodec(type, "", true, TextDecoders.BYTES, TextDecoders.BYTES);
  }

  private static ColumnCodec of(
      TypeCatalog catalog, PgType type, int typmod, String name, ValueErrors errors) {
    if (type.kind() == 'e') {
      return binary(Primitive.TEXT, name, BinaryDecoders.BYTES, TextDecoders.BYTES);
    }
    if (type.elementOid() != 0) {
      PgType elementType = catalog.withoutDomains(catalog.type(type.elementOid()));
      ColumnCodec element = of(catalog, elementType, typmod, name, errors);
      boolean listed = element.binaryCopy && !(element.logicalType instanceof ListOf);
      return listed
          ? binary(
              new ListOf(element.logicalType),
              name,
              Arrays.binary(element.binary, errors),
              Arrays.text(element.text, errors))
          : asText(name);
    }
    return switch (type.oid()) {
      case Oids.BOOL ->
          binary(Primitive.BOOLEAN, name, BinaryDecoders.bool(errors), TextDecoders.BOOL);
      case Oids.INT2 ->
          binary(Primitive.INT16, name, BinaryDecoders.int2(errors), TextDecoders.int2(errors));
      case Oids.INT4 ->
          binary(Primitive.INT32, name, BinaryDecoders.int4(errors), TextDecoders.int4(errors));
      case Oids.INT8 ->
          binary(Primitive.INT64, name, BinaryDecoders.int8(errors), TextDecoders.int8(errors));
      case Oids.OID ->
          binary(Primitive.INT64, name, BinaryDecoders.oid(errors), TextDecoders.int8(errors));
      case Oids.FLOAT4 ->
          binary(Primitive.FLOAT32, name, BinaryDecoders.int4(errors), TextDecoders.float4(errors));
      case Oids.FLOAT8 ->
          binary(Primitive.FLOAT64, name, BinaryDecoders.int8(errors), TextDecoders.float8(errors));
      case Oids.NUMERIC -> numeric(typmod, name, errors);
      case Oids.TEXT, Oids.VARCHAR, Oids.BPCHAR, Oids.NAME ->
          binary(Primitive.TEXT, name, BinaryDecoders.BYTES, TextDecoders.BYTES);
      case Oids.JSON -> binary(Primitive.JSON, name, BinaryDecoders.BYTES, TextDecoders.BYTES);
      case Oids.JSONB ->
          binary(Primitive.JSON, name, BinaryDecoders.jsonb(errors), TextDecoders.BYTES);
      case Oids.BYTEA ->
          binary(Primitive.BINARY, name, BinaryDecoders.BYTES, TextDecoders.bytea(errors));
      case Oids.UUID ->
          binary(Primitive.UUID, name, BinaryDecoders.uuid(errors), TextDecoders.uuid(errors));
      case Oids.DATE ->
          binary(Primitive.DATE, name, BinaryDecoders.date(errors), TextDecoders.date(errors));
      case Oids.TIME ->
          binary(Primitive.TIME, name, BinaryDecoders.int8(errors), TextDecoders.time(errors));
      case Oids.TIMESTAMP ->
          binary(
              Primitive.TIMESTAMP,
              name,
              BinaryDecoders.timestamp(errors),
              TextDecoders.timestamp(errors));
      case Oids.TIMESTAMPTZ ->
          binary(
              Primitive.TIMESTAMP_TZ,
              name,
              BinaryDecoders.timestamp(errors),
              TextDecoders.timestamp(errors));
      case Oids.INTERVAL ->
          binary(
              Primitive.INTERVAL,
              name,
              BinaryDecoders.interval(errors),
              TextDecoders.interval(errors));
      // An extension's type, so its OID is another one in each database; sent as text is.
      default ->
          type.name().equals("citext") && type.category() == 'S'
              ? binary(Primitive.TEXT, name, BinaryDecoders.BYTES, TextDecoders.BYTES)
              : asText(name);
    };
  }

  private static ColumnCodec numeric(int typmod, String name, ValueErrors errors) {
    if (typmod >= 0) {
      int scale = Math.max(0, Typmods.scale(typmod));
      int whole = Typmods.precision(typmod) - Typmods.scale(typmod);
      int precision = Math.max(Math.max(0, whole) + scale, 1);
      if (precision <= Decimal.MAX_PRECISION) {
        return binary(
            new Decimal(precision, scale),
            name,
            Numerics.binaryDecimal(scale, errors),
            Numerics.textDecimal(scale, errors));
      }
    }
    return binary(Primitive.TEXT, name, Numerics.binaryText(errors), TextDecoders.BYTES);
  }

  private static ColumnCodec binary(
      LogicalType type, String name, CellDecoder binary, CellDecoder text) {
    return new ColumnCodec(type, name, true, binary, text);
  }

  private static ColumnCodec asText(String name) {
    return new ColumnCodec(Primitive.TEXT, name, false, TextDecoders.BYTES, TextDecoders.BYTES);
  }

  public LogicalType logicalType() {
    return logicalType;
  }

  /** The type as people write it. */
  public String sourceType() {
    return sourceType;
  }

  /**
   * Whether values can be read in the type's binary form; otherwise they have to be asked for, and
   * are decoded, as text.
   */
  public boolean binaryCopy() {
    return binaryCopy;
  }

  public CellDecoder binary() {
    return binary;
  }

  public CellDecoder text() {
    return text;
  }
}

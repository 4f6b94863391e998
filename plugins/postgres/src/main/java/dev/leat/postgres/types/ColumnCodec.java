package dev.leat.postgres.types;

import dev.leat.postgres.types.TypeCatalog.Modified;
import dev.leat.spi.schema.LogicalType;
import dev.leat.spi.schema.LogicalType.Decimal;
import dev.leat.spi.schema.LogicalType.ListOf;
import dev.leat.spi.schema.LogicalType.Primitive;

/** What a column becomes, and how its values are decoded: the same for copies and the stream. */
public final class ColumnCodec {
  private final LogicalType logicalType;
  private final String sourceType;
  private final boolean readsBinary;
  private final boolean sentInBinary;
  private final CellDecoder binary;
  private final CellDecoder text;

  private ColumnCodec(
      LogicalType logicalType,
      String sourceType,
      boolean readsBinary,
      boolean sentInBinary,
      CellDecoder binary,
      CellDecoder text) {
    this.logicalType = logicalType;
    this.sourceType = sourceType;
    this.readsBinary = readsBinary;
    this.sentInBinary = sentInBinary;
    this.binary = binary;
    this.text = text;
  }

  /**
   * The codec of a column.
   *
   * @param dimensions how many an array was declared with; lists have one
   * @param forceText whether values are to be carried as PostgreSQL writes them
   * @param qualifiedColumn as {@code schema.table.column}, for errors
   */
  public static ColumnCodec of(
      TypeCatalog catalog,
      int typeOid,
      int typmod,
      int dimensions,
      boolean forceText,
      String qualifiedColumn) {
    PgType declared = catalog.type(typeOid);
    Modified type = catalog.withoutDomains(declared, typmod);
    boolean array = isArray(type.type());
    boolean nested = array && dimensions > 1;
    String name =
        TypeNames.of(catalog, declared, typmod) + (nested ? "[]".repeat(dimensions - 1) : "");
    return forceText || nested
        ? asText(name, type.type())
        : of(catalog, type, name, new ValueErrors(qualifiedColumn, name));
  }

  /** How many dimensions the name of a column's type says that it was declared with. */
  public static int dimensions(String sourceType) {
    int dimensions = 0;
    for (int end = sourceType.length();
        end >= 2 && sourceType.startsWith("[]", end - 2);
        end -= 2) {
      dimensions++;
    }
    return dimensions;
  }

  /** For a column of a type that does not matter, since every value is NULL. */
  public static ColumnCodec onlyNull(LogicalType type) {
    return new ColumnCodec(type, "", true, true, TextDecoders.BYTES, TextDecoders.BYTES);
  }

  /** The vectors that only catalogs have are written in another way. */
  private static boolean isArray(PgType type) {
    return type.elementOid() != 0 && type.oid() != Oids.INT2VECTOR && type.oid() != Oids.OIDVECTOR;
  }

  /** The codec of a column of a query's result. */
  static ColumnCodec ofResult(TypeCatalog catalog, int typeOid, int typmod, String column) {
    PgType declared = catalog.type(typeOid);
    String name = TypeNames.of(catalog, declared, typmod);
    Modified type = catalog.withoutDomains(declared, typmod);
    return of(catalog, type, name, ValueErrors.ofResult(column, name));
  }

  private static ColumnCodec of(
      TypeCatalog catalog, Modified modified, String name, ValueErrors errors) {
    PgType type = modified.type();
    if (type.kind() == 'e') {
      return binary(Primitive.TEXT, name, BinaryDecoders.BYTES, TextDecoders.BYTES);
    }
    if (isArray(type)) {
      Modified elementType =
          catalog.withoutDomains(catalog.type(type.elementOid()), modified.typmod());
      ColumnCodec element = of(catalog, elementType, name, errors);
      char delimiter = catalog.type(type.elementOid()).delimiter();
      CellDecoder text = Arrays.text(element.text, delimiter, errors);
      LogicalType list = new ListOf(element.logicalType);
      // An array is sent in binary even if its elements cannot be, which is an error then.
      return element.readsBinary
          ? binary(list, name, Arrays.binary(element.binary, errors), text)
          : new ColumnCodec(list, name, false, true, text, text);
    }
    return switch (type.oid()) {
      case Oids.BOOL ->
          binary(Primitive.BOOLEAN, name, BinaryDecoders.bool(errors), TextDecoders.bool(errors));
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
      case Oids.NUMERIC -> numeric(modified.typmod(), name, errors);
      case Oids.TEXT, Oids.VARCHAR, Oids.BPCHAR, Oids.NAME, Oids.XML, Oids.REFCURSOR ->
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
      default -> text(catalog, type, name, errors);
    };
  }

  private static ColumnCodec text(
      TypeCatalog catalog, PgType type, String name, ValueErrors errors) {
    // An extension's type, so its OID is another one in each database; sent as text is.
    boolean plain = type.name().equals("citext") && type.category() == 'S';
    CellDecoder decoder = plain ? BinaryDecoders.BYTES : ValueTexts.decoder(catalog, type, errors);
    return decoder == null
        ? asText(name, type)
        : binary(Primitive.TEXT, name, decoder, TextDecoders.BYTES);
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
    return new ColumnCodec(type, name, true, true, binary, text);
  }

  private static ColumnCodec asText(String name, PgType type) {
    return new ColumnCodec(
        Primitive.TEXT, name, false, type.hasBinary(), TextDecoders.BYTES, TextDecoders.BYTES);
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
  public boolean readsBinary() {
    return readsBinary;
  }

  /**
   * Whether all goes well with a stream in binary: what the server has no binary form of comes as
   * text in it.
   */
  public boolean streamsBinary() {
    return readsBinary || !sentInBinary;
  }

  public CellDecoder binary() {
    return binary;
  }

  public CellDecoder text() {
    return text;
  }
}

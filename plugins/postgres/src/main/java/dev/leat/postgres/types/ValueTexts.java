package dev.leat.postgres.types;

import dev.leat.spi.batch.BytesColumnWriter;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * Which types that are kept as text can be read in their binary forms, so that one column of such a
 * type does not make the whole stream text. What is written is what the output function of the type
 * writes: the same whether a server sends text or binary.
 */
final class ValueTexts {
  private static final HexFormat UPPER_HEX = HexFormat.of().withUpperCase();
  private static final int LARGEST_ASCII = 0x7F;

  private ValueTexts() {}

  /** The decoder of a type's binary form into text; null if there is none. */
  static @Nullable CellDecoder decoder(TypeCatalog catalog, PgType type, ValueErrors errors) {
    ValueText text = of(catalog, type, errors);
    return text == null
        ? null
        : (bytes, at, length, out) -> {
          StringBuilder written = new StringBuilder(48);
          text.write(bytes, at, length, written);
          byte[] utf8 = written.toString().getBytes(StandardCharsets.UTF_8);
          ((BytesColumnWriter) out).appendBytes(utf8, 0, utf8.length);
        };
  }

  private static @Nullable ValueText of(TypeCatalog catalog, PgType type, ValueErrors errors) {
    if (type.kind() == 'r' || type.kind() == 'm') {
      PgType inner = catalog.withoutDomains(catalog.type(type.rangeOid())).type();
      ValueText bound = of(catalog, inner, errors);
      return bound == null
          ? null
          : type.kind() == 'r' ? Ranges.range(bound, errors) : Ranges.multirange(bound, errors);
    }
    return switch (type.oid()) {
      case Oids.INT2, Oids.INT4, Oids.INT8 -> integer(errors);
      case Oids.OID, Oids.XID, Oids.CID, Oids.XID8 -> unsigned(errors);
      case Oids.NUMERIC -> Numerics.text(errors);
      case Oids.TEXT, Oids.VARCHAR, Oids.BPCHAR, Oids.NAME -> ValueTexts::utf8;
      case Oids.CHAR -> ValueTexts::oneByte;
      case Oids.DATE -> fixed(4, errors, DateTimes::date);
      case Oids.TIME -> fixed(8, errors, DateTimes::time);
      case Oids.TIMETZ -> fixed(12, errors, DateTimes::timeWithZone);
      case Oids.TIMESTAMP -> fixed(8, errors, (bytes, at, out) -> timestamp(bytes, at, "", out));
      case Oids.TIMESTAMPTZ ->
          fixed(8, errors, (bytes, at, out) -> timestamp(bytes, at, "+00", out));
      case Oids.INET, Oids.CIDR -> NetworkAddresses.address(errors);
      case Oids.MACADDR ->
          fixed(6, errors, (bytes, at, out) -> NetworkAddresses.mac(bytes, at, 6, out));
      case Oids.MACADDR8 ->
          fixed(8, errors, (bytes, at, out) -> NetworkAddresses.mac(bytes, at, 8, out));
      case Oids.BIT, Oids.VARBIT -> bits(errors);
      case Oids.PG_LSN -> fixed(8, errors, ValueTexts::logPosition);
      case Oids.TID -> fixed(6, errors, ValueTexts::rowPlace);
      case Oids.TSVECTOR -> Lexemes.vector(errors);
      case Oids.JSONPATH -> versioned(errors);
      default -> ofExtension(type, errors);
    };
  }

  /** Types of extensions have other OIDs in each database. */
  private static @Nullable ValueText ofExtension(PgType type, ValueErrors errors) {
    if (type.kind() != 'b' || type.elementOid() != 0) {
      return null;
    }
    return switch (type.name()) {
      case "hstore" -> Pairs.hstore(errors);
      // Extended well-known binary, of which the output is the hexadecimal form.
      case "geometry", "geography" ->
          (bytes, at, length, out) -> out.append(UPPER_HEX.formatHex(bytes, at, at + length));
      case "ltree" -> versioned(errors);
      default -> null;
    };
  }

  /** Writes a value of a size that is known. */
  @FunctionalInterface
  private interface Fixed {
    void write(byte[] bytes, int at, StringBuilder out);
  }

  private static ValueText fixed(int size, ValueErrors errors, Fixed writing) {
    return (bytes, at, length, out) -> {
      errors.checkLength(size, length);
      writing.write(bytes, at, out);
    };
  }

  private static ValueText integer(ValueErrors errors) {
    return (bytes, at, length, out) -> {
      switch (length) {
        case 2 -> out.append(BinaryDecoders.shortAt(bytes, at));
        case 4 -> out.append(BinaryDecoders.intAt(bytes, at));
        default -> {
          errors.checkLength(8, length);
          out.append(BinaryDecoders.longAt(bytes, at));
        }
      }
    };
  }

  private static ValueText unsigned(ValueErrors errors) {
    return (bytes, at, length, out) -> {
      if (length == 4) {
        out.append(Integer.toUnsignedString(BinaryDecoders.intAt(bytes, at)));
      } else {
        errors.checkLength(8, length);
        out.append(Long.toUnsignedString(BinaryDecoders.longAt(bytes, at)));
      }
    };
  }

  private static void utf8(byte[] bytes, int at, int length, StringBuilder out) {
    out.append(new String(bytes, at, length, StandardCharsets.UTF_8));
  }

  /** The type "char": one byte, in octal where it is no ASCII; zero is nothing. */
  private static void oneByte(byte[] bytes, int at, int length, StringBuilder out) {
    int value = length == 0 ? 0 : bytes[at] & 0xFF;
    if (value > LARGEST_ASCII) {
      out.append('\\').append(Integer.toOctalString(value));
    } else if (value > 0) {
      out.append((char) value);
    }
  }

  private static void timestamp(byte[] bytes, int at, String zone, StringBuilder out) {
    DateTimes.timestamp(BinaryDecoders.longAt(bytes, at), zone, out);
  }

  private static ValueText bits(ValueErrors errors) {
    return (bytes, at, length, out) -> {
      if (length < 4) {
        throw errors.malformed(length + " bytes, which are no bits");
      }
      int count = BinaryDecoders.intAt(bytes, at);
      if (count < 0 || (count + 7L) / 8 != length - 4) {
        throw errors.malformed(length + " bytes, which are no " + count + " bits");
      }
      for (int i = 0; i < count; i++) {
        out.append((bytes[at + 4 + (i >> 3)] & (0x80 >> (i & 7))) == 0 ? '0' : '1');
      }
    };
  }

  private static void logPosition(byte[] bytes, int at, StringBuilder out) {
    out.append(
            Integer.toHexString(BinaryDecoders.intAt(bytes, at)).toUpperCase(java.util.Locale.ROOT))
        .append('/')
        .append(
            Integer.toHexString(BinaryDecoders.intAt(bytes, at + 4))
                .toUpperCase(java.util.Locale.ROOT));
  }

  private static void rowPlace(byte[] bytes, int at, StringBuilder out) {
    out.append('(')
        .append(Integer.toUnsignedString(BinaryDecoders.intAt(bytes, at)))
        .append(',')
        .append(BinaryDecoders.shortAt(bytes, at + 4) & 0xFFFF)
        .append(')');
  }

  /** The number of a version, 1, stands before the text. */
  private static ValueText versioned(ValueErrors errors) {
    return (bytes, at, length, out) -> {
      if (length < 1 || bytes[at] != 1) {
        throw errors.malformed("a version that is not known");
      }
      utf8(bytes, at + 1, length - 1, out);
    };
  }
}

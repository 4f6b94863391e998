package dev.leat.postgres.types;

import dev.leat.spi.schema.Column;
import dev.leat.spi.schema.LogicalType;
import dev.leat.spi.schema.LogicalType.Decimal;
import dev.leat.spi.schema.LogicalType.Primitive;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Changes of a column's type after which every value is what it was, perhaps in a wider type. */
public final class TypeChange {
  private static final List<LogicalType> INTEGERS =
      List.of(Primitive.INT16, Primitive.INT32, Primitive.INT64);
  private static final List<String> PADDED = List.of("character", "bit");
  private static final Pattern PARAMETER = Pattern.compile("(.*?)\\((\\d+)\\)(.*)");

  /** Of the largest of each kind of integers. */
  private static final List<Integer> DIGITS = List.of(5, 10, 19);

  private TypeChange() {}

  /**
   * Whether the conversion that PostgreSQL does by itself keeps every value. Another one may be
   * written with {@code USING}; nothing in the log tells.
   */
  public static boolean keepsValues(Column before, Column after) {
    if (before.sourceType().equals(after.sourceType()) && before.type().equals(after.type())) {
      return true;
    }
    LogicalType from = before.type();
    LogicalType to = after.type();
    if (INTEGERS.contains(from)) {
      return INTEGERS.indexOf(to) > INTEGERS.indexOf(from)
          || (to instanceof Decimal decimal
              && decimal.precision() - decimal.scale() >= DIGITS.get(INTEGERS.indexOf(from)))
          || isNumeric(after);
    }
    if (from == Primitive.FLOAT32) {
      return to == Primitive.FLOAT64;
    }
    if (from instanceof Decimal(int precision, int scale)) {
      return isNumeric(after)
          || (to instanceof Decimal(int newPrecision, int newScale)
              && newScale >= scale
              && newPrecision - newScale >= precision - scale);
    }
    if (from == Primitive.DATE) {
      return after.sourceType().equals("timestamp without time zone");
    }
    if (isNumeric(after)) {
      return before.sourceType().startsWith("numeric(");
    }
    return from.equals(to) && wider(before.sourceType(), after.sourceType());
  }

  /** Numbers of any size are text, digit by digit. */
  private static boolean isNumeric(Column column) {
    return column.type() == Primitive.TEXT && column.sourceType().equals("numeric");
  }

  /** The same type with a larger parameter or none, or text without any limit. */
  private static boolean wider(String before, String after) {
    if (after.equals("text")) {
      return before.equals("character varying") || before.startsWith("character varying(");
    }
    Type from = Type.parse(before);
    Type to = Type.parse(after);
    boolean sameText = before.equals("text") && after.equals("character varying");
    return sameText
        || (from.name.equals(to.name)
            && !PADDED.contains(from.name)
            && to.parameter >= from.parameter);
  }

  /** A type as PostgreSQL writes it, with its one parameter. */
  private record Type(String name, int parameter) {
    static Type parse(String text) {
      Matcher matcher = PARAMETER.matcher(text);
      return matcher.matches()
          ? new Type(matcher.group(1) + matcher.group(3), Integer.parseInt(matcher.group(2)))
          : new Type(text, Integer.MAX_VALUE);
    }
  }
}

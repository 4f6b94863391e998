package dev.leat.postgres.engine;

import dev.leat.spi.schema.LogicalType.Primitive;
import dev.leat.spi.sql.Call;
import java.util.Optional;

/** How calls are written. */
final class Functions {
  private Functions() {}

  static Optional<String> write(Call call) {
    Arguments arguments = new Arguments(call);
    return switch (call.function()) {
      case DIVIDE -> Optional.of(NumberFunctions.divide(arguments));
      case MOD -> NumberFunctions.modulo(arguments);
      case ABS -> Optional.of("ABS(" + arguments.value(0) + ")");
      case CEIL -> Optional.of(NumberFunctions.whole("CEIL", arguments));
      case FLOOR -> Optional.of(NumberFunctions.whole("FLOOR", arguments));
      case ROUND -> Optional.of(NumberFunctions.round(arguments));
      case SIGN -> Optional.of(NumberFunctions.sign(arguments));
      case POWER -> Optional.of("POWER(" + arguments.real(0) + ", " + arguments.real(1) + ")");
      case SQRT -> Optional.of(NumberFunctions.onlyIf("SQRT", arguments, ">="));
      case EXP -> Optional.of(NumberFunctions.exp(arguments));
      case LN -> Optional.of(NumberFunctions.onlyIf("LN", arguments, ">"));
      case GREATEST, LEAST -> Optional.of(TextFunctions.extreme(arguments));
      case CONCAT -> Optional.of(TextFunctions.concat(arguments));
      case UPPER, LOWER -> Optional.of(TextFunctions.changeCase(arguments));
      case TRIM -> Optional.of("BTRIM(" + arguments.text(0) + ", ' ')");
      case LTRIM, RTRIM -> Optional.of(call.function().name() + "(" + arguments.text(0) + ", ' ')");
      case LENGTH ->
          Optional.of(arguments.result("CHAR_LENGTH(" + arguments.text(0) + ")", Primitive.INT32));
      case SUBSTRING -> Optional.of(TextFunctions.substring(arguments));
      case POSITION ->
          Optional.of(
              arguments.result(
                  "POSITION(%s IN %s)".formatted(arguments.text(0), arguments.text(1)),
                  Primitive.INT32));
      case REPLACE ->
          Optional.of(
              "REPLACE(%s, %s, %s)"
                  .formatted(arguments.text(0), arguments.text(1), arguments.text(2)));
      case LEFT, RIGHT ->
          Optional.of(
              "%s(%s, %s)".formatted(call.function(), arguments.text(0), arguments.integer(1)));
      case LPAD, RPAD -> Optional.of(TextFunctions.pad(arguments));
      case SPLIT_PART ->
          Optional.of(
              "SPLIT_PART(%s, %s, %s)"
                  .formatted(arguments.text(0), arguments.text(1), arguments.integer(2)));
      case STARTS_WITH ->
          Optional.of("STARTS_WITH(" + arguments.text(0) + ", " + arguments.text(1) + ")");
      case LIKE -> Optional.of(TextFunctions.like(arguments));
      case REGEXP_LIKE -> Optional.of("(" + arguments.text(0) + " ~ " + arguments.text(1) + ")");
      case MD5 -> Optional.of("MD5(CONVERT_TO(" + arguments.text(0) + ", 'UTF8'))");
      // A transaction does not know when the run began.
      case CURRENT_DATE, CURRENT_TIMESTAMP -> Optional.empty();
      case EXTRACT -> Optional.of(TimeFunctions.extract(arguments));
      case DATE_TRUNC -> Optional.of(TimeFunctions.truncate(arguments));
      case DATE_ADD -> Optional.of(TimeFunctions.add(arguments));
      case DATE_DIFF -> Optional.of(TimeFunctions.difference(arguments));
      case CAST -> Optional.of(Casts.write(call.operand(0), arguments.type(0), call.type()));
      case COUNT,
          SUM,
          MIN,
          MAX,
          AVG,
          STDDEV_SAMP,
          BOOL_AND,
          BOOL_OR,
          STRING_AGG,
          ROW_NUMBER,
          RANK,
          DENSE_RANK,
          NTILE,
          LAG,
          LEAD,
          FIRST_VALUE,
          LAST_VALUE ->
          Optional.of(Aggregates.write(arguments));
    };
  }
}

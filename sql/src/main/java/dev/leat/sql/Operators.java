package dev.leat.sql;

import static dev.leat.sql.Rule.Kind.BOOLEAN;
import static dev.leat.sql.Rule.Kind.INTEGER;
import static dev.leat.sql.Rule.Kind.NUMBER;
import static dev.leat.sql.Rule.Kind.ORDERED;
import static dev.leat.sql.Rule.Kind.TEMPORAL;
import static dev.leat.sql.Rule.Kind.TEXT;

import dev.leat.spi.schema.LogicalType;
import dev.leat.spi.schema.LogicalType.Primitive;
import dev.leat.spi.sql.PortableFunction;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.SqlOperatorTable;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.util.SqlOperatorTables;
import org.jspecify.annotations.Nullable;

/** All functions and operators of portable SQL, by name. */
final class Operators {
  private static final Map<String, SqlOperator> FUNCTIONS = new HashMap<>();
  private static final Map<SqlKind, SqlOperator> BY_KIND = new HashMap<>();

  static final SqlOperator LIKE =
      new PortableOperator(
          "LIKE",
          SqlKind.LIKE,
          PortableFunction.LIKE,
          new Signature(2, 3, "two texts", Rule.of(Primitive.BOOLEAN, TEXT)));
  static final SqlOperator CONCAT =
      new PortableOperator(
          "||",
          SqlKind.OTHER,
          PortableFunction.CONCAT,
          new Signature(2, 2, "two texts", Rule.of(Primitive.TEXT, TEXT)));

  /** What stays Calcite's: it has no types of its own, or passes on those of its operands. */
  private static final List<SqlOperator> STRUCTURE =
      List.of(
          SqlStdOperatorTable.AND,
          SqlStdOperatorTable.OR,
          SqlStdOperatorTable.NOT,
          SqlStdOperatorTable.IS_NULL,
          SqlStdOperatorTable.IS_NOT_NULL,
          SqlStdOperatorTable.IS_TRUE,
          SqlStdOperatorTable.IS_NOT_TRUE,
          SqlStdOperatorTable.IS_FALSE,
          SqlStdOperatorTable.IS_NOT_FALSE,
          SqlStdOperatorTable.CASE,
          SqlStdOperatorTable.IN,
          SqlStdOperatorTable.NOT_IN,
          SqlStdOperatorTable.EXISTS,
          SqlStdOperatorTable.ROW,
          SqlStdOperatorTable.SCALAR_QUERY,
          SqlStdOperatorTable.OVER,
          SqlStdOperatorTable.FILTER,
          SqlStdOperatorTable.WITHIN_GROUP,
          SqlStdOperatorTable.DESC,
          SqlStdOperatorTable.NULLS_FIRST,
          SqlStdOperatorTable.NULLS_LAST,
          SqlStdOperatorTable.AS,
          SqlStdOperatorTable.UNION,
          SqlStdOperatorTable.UNION_ALL,
          SqlStdOperatorTable.INTERSECT,
          SqlStdOperatorTable.INTERSECT_ALL,
          SqlStdOperatorTable.EXCEPT,
          SqlStdOperatorTable.EXCEPT_ALL);

  static {
    symbols();
    numbers();
    texts();
    times();
    aggregates();
    windows();
  }

  static final SqlOperatorTable TABLE = table();

  private Operators() {}

  private static SqlOperatorTable table() {
    List<SqlOperator> all = new ArrayList<>(STRUCTURE);
    all.addAll(FUNCTIONS.values());
    all.addAll(BY_KIND.values());
    all.add(LIKE);
    all.add(CONCAT);
    return SqlOperatorTables.of(all);
  }

  /** The function of a name, whatever the case; null if portable SQL has none. */
  static @Nullable SqlOperator function(String name) {
    return FUNCTIONS.get(name.toUpperCase(Locale.ROOT));
  }

  /** Ours in place of one of Calcite's symbols; null if there is none. */
  static @Nullable SqlOperator symbol(SqlKind kind) {
    return BY_KIND.get(kind);
  }

  static boolean isStructure(SqlOperator operator) {
    return STRUCTURE.contains(operator);
  }

  static Iterable<String> names() {
    return new TreeSet<>(FUNCTIONS.keySet());
  }

  private static void symbol(
      SqlKind kind, String name, @Nullable PortableFunction function, String takes, Rule rule) {
    BY_KIND.put(kind, new PortableOperator(name, kind, function, new Signature(1, 3, takes, rule)));
  }

  private static void function(
      PortableFunction function, String name, int least, int most, String takes, Rule rule) {
    FUNCTIONS.put(
        name,
        new PortableOperator(
            name, SqlKind.OTHER_FUNCTION, function, new Signature(least, most, takes, rule)));
  }

  private static void function(PortableFunction function, int count, String takes, Rule rule) {
    function(function, function.name(), count, count, takes, rule);
  }

  private static void aggregate(
      PortableFunction function, String name, SqlKind kind, int count, String takes, Rule rule) {
    FUNCTIONS.put(
        name,
        new PortableAggregate(
            name, kind, function, new Signature(count, count, takes, rule), false, false));
  }

  private static void window(
      PortableFunction function,
      SqlKind kind,
      int least,
      int most,
      String takes,
      Rule rule,
      boolean ordered) {
    FUNCTIONS.put(
        function.name(),
        new PortableAggregate(
            function.name(),
            kind,
            function,
            new Signature(least, most, takes, rule),
            ordered,
            true));
  }

  private static void symbols() {
    symbol(
        SqlKind.PLUS, "+", null, "two numbers, or a date or timestamp and an INTERVAL", Rule::sum);
    symbol(
        SqlKind.MINUS, "-", null, "two numbers, or a date or timestamp and an INTERVAL", Rule::sum);
    symbol(SqlKind.TIMES, "*", null, "two numbers", Rule::product);
    symbol(SqlKind.DIVIDE, "/", PortableFunction.DIVIDE, "two numbers", Rule::division);
    symbol(SqlKind.MOD, "%", PortableFunction.MOD, "two numbers", Rule::remainder);
    symbol(SqlKind.MINUS_PREFIX, "-", null, "a number", Rule.first(NUMBER));
    symbol(SqlKind.PLUS_PREFIX, "+", null, "a number", Rule.first(NUMBER));
    String comparable = "two values of types that can be compared";
    symbol(SqlKind.EQUALS, "=", null, comparable, Rule.comparison(false, false));
    symbol(SqlKind.NOT_EQUALS, "<>", null, comparable, Rule.comparison(false, false));
    symbol(SqlKind.LESS_THAN, "<", null, comparable, Rule.comparison(true, false));
    symbol(SqlKind.LESS_THAN_OR_EQUAL, "<=", null, comparable, Rule.comparison(true, false));
    symbol(SqlKind.GREATER_THAN, ">", null, comparable, Rule.comparison(true, false));
    symbol(SqlKind.GREATER_THAN_OR_EQUAL, ">=", null, comparable, Rule.comparison(true, false));
    symbol(SqlKind.BETWEEN, "BETWEEN", null, "values of one type", Rule.comparison(true, false));
    symbol(
        SqlKind.IS_DISTINCT_FROM,
        "IS DISTINCT FROM",
        null,
        comparable,
        Rule.comparison(false, true));
    symbol(
        SqlKind.IS_NOT_DISTINCT_FROM,
        "IS NOT DISTINCT FROM",
        null,
        comparable,
        Rule.comparison(false, true));
  }

  private static void numbers() {
    function(PortableFunction.MOD, 2, "two numbers", Rule::remainder);
    function(PortableFunction.ABS, 1, "a number", Rule.first(NUMBER));
    function(PortableFunction.CEIL, 1, "a number", Rule.first(NUMBER));
    function(PortableFunction.CEIL, "CEILING", 1, 1, "a number", Rule.first(NUMBER));
    function(PortableFunction.FLOOR, 1, "a number", Rule.first(NUMBER));
    function(
        PortableFunction.ROUND,
        "ROUND",
        1,
        2,
        "a number and how many digits",
        Rule.first(NUMBER, INTEGER));
    function(PortableFunction.SIGN, 1, "a number", Rule.of(Primitive.INT32, NUMBER));
    function(PortableFunction.POWER, 2, "two numbers", Rule.of(Primitive.FLOAT64, NUMBER));
    function(PortableFunction.SQRT, 1, "a number", Rule.nullable(Primitive.FLOAT64, NUMBER));
    function(PortableFunction.EXP, 1, "a number", Rule.of(Primitive.FLOAT64, NUMBER));
    function(PortableFunction.LN, 1, "a number", Rule.nullable(Primitive.FLOAT64, NUMBER));
    String same = "values of one type";
    function(PortableFunction.GREATEST, "GREATEST", 1, 100, same, Rule.widest(ORDERED));
    function(PortableFunction.LEAST, "LEAST", 1, 100, same, Rule.widest(ORDERED));
    FUNCTIONS.put(
        "COALESCE",
        new PortableOperator(
            "COALESCE",
            SqlKind.COALESCE,
            null,
            new Signature(
                1,
                100,
                same,
                operands -> {
                  LogicalType common = Rule.common(operands);
                  return common == null
                      ? null
                      : operands.types().of(common, operands.allNullable());
                })));
    FUNCTIONS.put(
        "NULLIF",
        new PortableOperator(
            "NULLIF",
            SqlKind.NULLIF,
            null,
            new Signature(
                2,
                2,
                same,
                operands ->
                    Rule.common(operands) == null
                        ? null
                        : operands.types().of(Types.known(operands.raw(0)), true))));
  }

  private static void texts() {
    String one = "a text";
    function(PortableFunction.UPPER, 1, one, Rule.of(Primitive.TEXT, TEXT));
    function(PortableFunction.LOWER, 1, one, Rule.of(Primitive.TEXT, TEXT));
    function(PortableFunction.TRIM, 1, one, Rule.of(Primitive.TEXT, TEXT));
    function(PortableFunction.LTRIM, 1, one, Rule.of(Primitive.TEXT, TEXT));
    function(PortableFunction.RTRIM, 1, one, Rule.of(Primitive.TEXT, TEXT));
    for (String name : List.of("LENGTH", "CHAR_LENGTH", "CHARACTER_LENGTH")) {
      function(PortableFunction.LENGTH, name, 1, 1, one, Rule.of(Primitive.INT64, TEXT));
    }
    function(
        PortableFunction.SUBSTRING,
        "SUBSTRING",
        2,
        3,
        "a text and one or two whole numbers",
        Rule.of(Primitive.TEXT, TEXT, INTEGER));
    function(PortableFunction.POSITION, 2, "two texts", Rule.of(Primitive.INT64, TEXT));
    function(PortableFunction.REPLACE, 3, "three texts", Rule.of(Primitive.TEXT, TEXT));
    String counted = "a text and a whole number";
    function(PortableFunction.LEFT, 2, counted, Rule.of(Primitive.TEXT, TEXT, INTEGER));
    function(PortableFunction.RIGHT, 2, counted, Rule.of(Primitive.TEXT, TEXT, INTEGER));
    String padded = "a text, a whole number and a text";
    function(PortableFunction.LPAD, 3, padded, Rule.of(Primitive.TEXT, TEXT, INTEGER, TEXT));
    function(PortableFunction.RPAD, 3, padded, Rule.of(Primitive.TEXT, TEXT, INTEGER, TEXT));
    function(
        PortableFunction.SPLIT_PART,
        3,
        "two texts and a whole number",
        Rule.of(Primitive.TEXT, TEXT, TEXT, INTEGER));
    function(PortableFunction.STARTS_WITH, 2, "two texts", Rule.of(Primitive.BOOLEAN, TEXT));
    function(PortableFunction.REGEXP_LIKE, 2, "two texts", Rule.of(Primitive.BOOLEAN, TEXT));
    function(PortableFunction.MD5, 1, one, Rule.of(Primitive.TEXT, TEXT));
  }

  private static void times() {
    function(PortableFunction.CURRENT_DATE, 0, "nothing", Rule.of(Primitive.DATE));
    function(PortableFunction.CURRENT_TIMESTAMP, 0, "nothing", Rule.of(Primitive.TIMESTAMP_TZ));
    function(
        PortableFunction.EXTRACT,
        2,
        "a unit and a date or timestamp",
        operands ->
            TEMPORAL.accepts(operands.type(1))
                ? operands.types().of(Primitive.INT64, operands.raw(1).isNullable())
                : null);
    function(
        PortableFunction.DATE_TRUNC,
        2,
        "a unit in quotes and a date or timestamp",
        operands -> {
          LogicalType type = operands.type(1);
          return operands.isText(0) && type != null && TEMPORAL.accepts(type)
              ? operands.types().of(type, operands.raw(1).isNullable())
              : null;
        });
    function(
        PortableFunction.DATE_DIFF,
        "TIMESTAMPDIFF",
        3,
        3,
        "a unit and two dates or timestamps",
        operands ->
            TEMPORAL.accepts(operands.type(1)) && TEMPORAL.accepts(operands.type(2))
                ? operands
                    .types()
                    .of(
                        Primitive.INT64,
                        operands.raw(1).isNullable() || operands.raw(2).isNullable())
                : null);
    FUNCTIONS.put(
        "CAST",
        new PortableOperator(
            "CAST",
            SqlKind.CAST,
            PortableFunction.CAST,
            new Signature(2, 2, "a value and a type that it can be converted to", Casts::type)));
  }

  private static void aggregates() {
    aggregate(
        PortableFunction.COUNT,
        "COUNT",
        SqlKind.COUNT,
        1,
        "one value or *",
        operands -> operands.types().of(Primitive.INT64, false));
    aggregate(PortableFunction.SUM, "SUM", SqlKind.SUM, 1, "a number", Rule::total);
    aggregate(PortableFunction.MIN, "MIN", SqlKind.MIN, 1, "an ordered value", Rule::extreme);
    aggregate(PortableFunction.MAX, "MAX", SqlKind.MAX, 1, "an ordered value", Rule::extreme);
    Rule average =
        operands ->
            NUMBER.accepts(operands.type(0))
                ? operands
                    .types()
                    .of(Primitive.FLOAT64, operands.anyNullable() || operands.mayBeEmpty())
                : null;
    aggregate(PortableFunction.AVG, "AVG", SqlKind.AVG, 1, "a number", average);
    Rule deviation = Rule.nullable(Primitive.FLOAT64, NUMBER);
    for (String name : List.of("STDDEV_SAMP", "STDDEV")) {
      aggregate(PortableFunction.STDDEV_SAMP, name, SqlKind.STDDEV_SAMP, 1, "a number", deviation);
    }
    Rule logical =
        operands ->
            BOOLEAN.accepts(operands.type(0))
                ? operands
                    .types()
                    .of(Primitive.BOOLEAN, operands.anyNullable() || operands.mayBeEmpty())
                : null;
    for (String name : List.of("BOOL_AND", "EVERY")) {
      aggregate(PortableFunction.BOOL_AND, name, SqlKind.OTHER_FUNCTION, 1, "a condition", logical);
    }
    for (String name : List.of("BOOL_OR", "SOME")) {
      aggregate(PortableFunction.BOOL_OR, name, SqlKind.OTHER_FUNCTION, 1, "a condition", logical);
    }
    aggregate(
        PortableFunction.STRING_AGG,
        "STRING_AGG",
        SqlKind.STRING_AGG,
        2,
        "two texts",
        operands ->
            TEXT.accepts(operands.type(0)) && TEXT.accepts(operands.type(1))
                ? operands
                    .types()
                    .of(Primitive.TEXT, operands.anyNullable() || operands.mayBeEmpty())
                : null);
  }

  private static void windows() {
    Rule number = operands -> operands.types().of(Primitive.INT64, false);
    window(PortableFunction.ROW_NUMBER, SqlKind.ROW_NUMBER, 0, 0, "nothing", number, false);
    window(PortableFunction.RANK, SqlKind.RANK, 0, 0, "nothing", number, true);
    window(PortableFunction.DENSE_RANK, SqlKind.DENSE_RANK, 0, 0, "nothing", number, true);
    window(
        PortableFunction.NTILE,
        SqlKind.NTILE,
        1,
        1,
        "a whole number",
        Rule.of(Primitive.INT64, INTEGER),
        true);
    String value = "a value, how many rows away, and a value otherwise";
    window(PortableFunction.LAG, SqlKind.LAG, 1, 3, value, Rule::neighbour, true);
    window(PortableFunction.LEAD, SqlKind.LEAD, 1, 3, value, Rule::neighbour, true);
    window(
        PortableFunction.FIRST_VALUE, SqlKind.FIRST_VALUE, 1, 1, "a value", Rule::neighbour, false);
    window(
        PortableFunction.LAST_VALUE, SqlKind.LAST_VALUE, 1, 1, "a value", Rule::neighbour, false);
  }
}

package dev.leat.flow.plan;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.leat.spi.engine.Engine;
import dev.leat.spi.error.ErrorCategory;
import dev.leat.spi.error.ErrorCode;
import dev.leat.spi.error.LeatException;
import dev.leat.spi.instruction.Relation;
import dev.leat.spi.kind.StepNode.Increment;
import dev.leat.spi.schema.Column;
import dev.leat.spi.schema.LogicalType;
import dev.leat.spi.schema.TableId;
import dev.leat.sql.CompiledQuery;
import dev.leat.sql.SqlCompiler;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * How far a step has read an input: the values of the columns that order it, as an engine prints
 * them. Kept as a JSON array of texts, or as the text itself where it is one.
 *
 * @param values one per column of the increment
 */
record Watermark(List<String> values) {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final ErrorCode UNREADABLE = new ErrorCode("STEP_WATERMARK", ErrorCategory.CONFIG);

  Watermark {
    values = List.copyOf(values);
  }

  static Watermark parse(String text) {
    if (!text.startsWith("[")) {
      return new Watermark(List.of(text));
    }
    try {
      return new Watermark(List.of(JSON.readValue(text, String[].class)));
    } catch (JsonProcessingException e) {
      throw new LeatException(
          UNREADABLE,
          "what was remembered of how far a step has read cannot be understood",
          "run the step with --full-refresh",
          e);
    }
  }

  String write() {
    try {
      return values.size() == 1 && !values.getFirst().startsWith("[")
          ? values.getFirst()
          : JSON.writeValueAsString(values);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The highest there is in the input now; empty if it has no rows that count. */
  static Optional<Watermark> highest(Increment increment, Engine engine, SqlCompiler compiler) {
    String order =
        increment.columns().stream().map(c -> c + " DESC").collect(Collectors.joining(", "));
    TableId input = increment.input();
    CompiledQuery query =
        compiler.compile(
            new Relation.Sql(
                "SELECT %s FROM %s WHERE %s IS NOT NULL ORDER BY %s LIMIT 1"
                    .formatted(
                        named(increment),
                        Portable.name(input.schema()) + "." + Portable.name(input.table()),
                        increment.columns().getFirst(),
                        order)));
    List<List<@Nullable String>> rows = engine.query(query.sql(), 1).rows();
    if (rows.isEmpty()) {
      return Optional.empty();
    }
    List<String> values = new ArrayList<>();
    rows.getFirst().forEach(value -> values.add(Objects.requireNonNullElse(value, "")));
    return Optional.of(new Watermark(values));
  }

  /** Its columns as those of a result, where what is no column needs a name. */
  private static String named(Increment increment) {
    return IntStream.range(0, increment.columns().size())
        .mapToObj(i -> increment.columns().get(i) + " AS \"_leat_" + i + "\"")
        .collect(Collectors.joining(", "));
  }

  /** A condition for rows above this, or further below by the increment's lookback. */
  String above(Increment increment, List<LogicalType> types) {
    if (increment.lookback() != null && values.size() == 1) {
      return "%s > %s - %s"
          .formatted(
              increment.columns().getFirst(),
              Portable.literal(types.getFirst(), values.getFirst()),
              increment.lookback());
    }
    return compared(increment, types, ">", ">");
  }

  /** A condition for rows not above this; those without a value count as below everything. */
  String upTo(Increment increment, List<LogicalType> types, boolean first) {
    String condition = compared(increment, types, "<", "<=");
    return first
        ? "(" + increment.columns().getFirst() + " IS NULL OR " + condition + ")"
        : condition;
  }

  private String compared(
      Increment increment, List<LogicalType> types, String operator, String last) {
    StringBuilder condition = new StringBuilder();
    StringBuilder equal = new StringBuilder();
    for (int i = 0; i < values.size(); i++) {
      String column = increment.columns().get(i);
      String literal = Portable.literal(types.get(i), values.get(i));
      condition
          .append(i == 0 ? "(" : " OR (")
          .append(equal)
          .append(column)
          .append(' ')
          .append(i == values.size() - 1 ? last : operator)
          .append(' ')
          .append(literal)
          .append(')');
      equal.append(column).append(" = ").append(literal).append(" AND ");
    }
    return values.size() == 1
        ? condition.substring(1, condition.length() - 1)
        : "(" + condition + ")";
  }

  /** The types of an increment's columns. */
  static List<LogicalType> types(Increment increment, SqlCompiler compiler) {
    TableId input = increment.input();
    return compiler
        .compile(
            new Relation.Sql(
                "SELECT %s FROM %s"
                    .formatted(
                        named(increment),
                        Portable.name(input.schema()) + "." + Portable.name(input.table()))))
        .columns()
        .stream()
        .map(Column::type)
        .toList();
  }
}

package dev.leat.flow.kinds;

import dev.leat.spi.instruction.JoinType;
import dev.leat.spi.instruction.Projection;
import dev.leat.spi.instruction.Relation;
import dev.leat.spi.kind.StepDefinition;
import dev.leat.spi.kind.StepInputs;
import dev.leat.spi.schema.LogicalType;
import dev.leat.spi.schema.TableId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * How a fact finds its row of a dimension, written as {@code gold.dim_customer on customer_id at
 * ordered_at}.
 *
 * @param column the fact's new column
 * @param on columns of the dimension by those of the fact
 * @param at the fact's column with the time at which a version has to hold; null for the current
 *     one
 */
record DimensionLookup(
    String column, TableId dimension, Map<String, String> on, @Nullable String at) {
  static final String SYNTAX = "gold.dim_customer on customer_id = id at ordered_at";
  private static final Pattern WRITTEN =
      Pattern.compile("\\s*(\\S+)\\s+on\\s+(.+?)(?:\\s+at\\s+(\\S+))?\\s*");
  private static final Pattern PAIR = Pattern.compile("\\s*([^\\s=]+)\\s*(?:=\\s*([^\\s=]+)\\s*)?");

  static DimensionLookup parse(StepDefinition step, String column, String text) {
    Matcher written = WRITTEN.matcher(text);
    if (!written.matches()) {
      throw problem(step, column, "has no dataset with on and columns");
    }
    Map<String, String> on = new LinkedHashMap<>();
    for (String part : written.group(2).split(",", -1)) {
      Matcher pair = PAIR.matcher(part);
      if (!pair.matches()) {
        throw problem(step, column, "has something else than columns behind on");
      }
      String fact = pair.group(1);
      if (on.put(fact, pair.group(2) == null ? fact : pair.group(2)) != null) {
        throw problem(step, column, "compares " + fact + " twice");
      }
    }
    try {
      return new DimensionLookup(column, TableId.parse(written.group(1)), on, written.group(3));
    } catch (IllegalArgumentException e) {
      throw problem(step, column, "names no dataset before on");
    }
  }

  /** The facts with the surrogate key behind their columns; -1 where there is no match. */
  Relation join(
      Relation facts,
      List<String> columns,
      StepDefinition step,
      StepInputs inputs,
      StepColumns from) {
    StepColumns known = new StepColumns(step, dimension, inputs);
    known.require(on.values());
    String surrogateKey = surrogateKey(step, known);
    List<String> conditions = new ArrayList<>();
    on.forEach(
        (fact, dimension) ->
            conditions.add(Portable.name("l", fact) + " = " + Portable.name("r", dimension)));
    if (at != null) {
      known.require(List.of("valid_from", "valid_to"));
      known.requireTime("valid_from");
      String time = asTypeOf(known.type("valid_from"), from.type(at), Portable.name("l", at));
      conditions.add("r.\"valid_from\" <= " + time);
      conditions.add("(r.\"valid_to\" IS NULL OR " + time + " < r.\"valid_to\")");
    } else if (known.has("is_current")) {
      conditions.add("r.\"is_current\"");
    }
    List<Projection> result = new ArrayList<>();
    columns.forEach(name -> result.add(new Projection(name, Portable.name("l", name))));
    result.add(new Projection(column, "COALESCE(" + Portable.name("r", surrogateKey) + ", -1)"));
    return new Relation.Join(
        facts,
        new Relation.Scan(dimension),
        JoinType.LEFT,
        String.join(" AND ", conditions),
        result);
  }

  /** Times are compared only with those of the same type. */
  private static String asTypeOf(LogicalType wanted, LogicalType given, String expression) {
    if (wanted == given) {
      return expression;
    }
    String type =
        wanted == LogicalType.Primitive.DATE
            ? "DATE"
            : wanted == LogicalType.Primitive.TIMESTAMP ? "TIMESTAMP" : "TIMESTAMP WITH TIME ZONE";
    return "CAST(" + expression + " AS " + type + ")";
  }

  private String surrogateKey(StepDefinition step, StepColumns known) {
    String usual = Scd2Settings.surrogateKey(dimension);
    String found = known.has(column) ? column : usual;
    if (!known.has(found)) {
      throw StepProblem.of(
          StepProblem.COLUMNS,
          step,
          dimension + " has neither a column " + column + " nor " + usual + " to look up",
          "name the lookup as the dimension's surrogate key; its columns are "
              + String.join(", ", known.names()));
    }
    known.requireNumber(found);
    return found;
  }

  private static RuntimeException problem(StepDefinition step, String column, String what) {
    return StepProblem.options(
        step,
        "lookup " + column + " " + what,
        "write it as " + column + " = \"" + SYNTAX + "\"; \"at\" and \"= id\" are optional");
  }
}

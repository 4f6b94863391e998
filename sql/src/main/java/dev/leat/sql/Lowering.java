package dev.leat.sql;

import dev.leat.spi.instruction.JoinType;
import dev.leat.spi.instruction.Order;
import dev.leat.spi.instruction.Projection;
import dev.leat.spi.instruction.Relation;
import dev.leat.spi.schema.Column;
import dev.leat.spi.schema.TableId;
import dev.leat.spi.sql.Dialect;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Says relations in portable SQL: every input that is not a dataset becomes a part of one WITH, and
 * the whole stands behind it.
 */
final class Lowering {
  private final Script script;
  private final Dialect dialect;
  private final Function<Script, List<Column>> analysis;
  private int names;

  /**
   * @param dialect that it will be written in
   * @param analysis the columns of a script
   */
  Lowering(Script script, Dialect dialect, Function<Script, List<Column>> analysis) {
    this.script = script;
    this.dialect = dialect;
    this.analysis = analysis;
  }

  /** Writes one SELECT. */
  @FunctionalInterface
  interface Body {
    void write(Script script);
  }

  void whole(Relation relation) {
    if (relation instanceof Relation.Sql(String query)) {
      script.written(Parsing.withoutEnd(query));
      return;
    }
    Body body = body(relation);
    script.add(names == 0 ? "" : "\n");
    body.write(script);
  }

  /** What stands in FROM for a relation. */
  String source(Relation relation) {
    return relation instanceof Relation.Scan(TableId table)
        ? Names.quote(table)
        : define(body(relation));
  }

  /** A part of the WITH; the name of it. */
  String define(Body body) {
    String name = "\"_leat_" + (names + 1) + "\"";
    script.add(names == 0 ? "WITH " : ",\n").add(name).add(" AS (");
    names++;
    body.write(script);
    script.add(")");
    return name;
  }

  String define(String select) {
    return define(text -> text.add(select));
  }

  /** Conditions over key columns, as the dialect joins by them. */
  Keys keys(List<Column> columns) {
    return new Keys(columns, dialect.joinsNulls());
  }

  /** The columns of what stands in FROM. */
  List<Column> columns(String source) {
    return analysis.apply(script.copy().add(" SELECT * FROM " + source));
  }

  List<String> names(String source) {
    return columns(source).stream().map(Column::name).toList();
  }

  private Body body(Relation relation) {
    return switch (relation) {
      case Relation.Scan(TableId table) -> text -> text.add("SELECT * FROM " + Names.quote(table));
      case Relation.Sql(String query) -> {
        String part = Parsing.withoutEnd(query);
        check(part, Parsing::query);
        yield text -> text.written(part);
      }
      case Relation.Select select -> {
        String input = source(select.input());
        yield text -> projections(text.add("SELECT "), select.columns()).add(" FROM " + input);
      }
      case Relation.Filter filter -> {
        String input = source(filter.input());
        yield text ->
            expression(text.add("SELECT * FROM " + input + " WHERE "), filter.condition());
      }
      case Relation.Join join -> join(join);
      case Relation.Aggregate aggregate -> aggregate(aggregate);
      case Relation.Window window -> {
        String input = source(window.input());
        yield text -> projections(text.add("SELECT *, "), window.columns()).add(" FROM " + input);
      }
      case Relation.Union union -> {
        List<String> inputs = union.inputs().stream().map(this::source).toList();
        yield text ->
            text.add(
                inputs.stream()
                    .map(input -> "SELECT * FROM " + input)
                    .collect(Collectors.joining(union.distinct() ? " UNION " : " UNION ALL ")));
      }
      case Relation.Snapshot snapshot -> {
        String input = source(snapshot.input());
        yield text ->
            expression(text.add("SELECT *, "), snapshot.at())
                .add(" AS " + Names.quote(snapshot.column()) + " FROM " + input);
      }
      case Relation.Restrict restrict -> restrict(restrict);
      case Relation.Dedupe dedupe -> dedupe(dedupe);
      case Relation.Latest latest -> latest(latest);
      case Relation.ChangeFeed feed -> new ChangeLowering(this).feed(feed);
      case Relation.DeltaTransaction delta -> new ChangeLowering(this).delta(delta);
      case Relation.Scd2 scd2 -> new HistoryLowering(this, scd2).body();
      case Relation.Sessionize sessions -> new ActivityLowering(this).sessions(sessions);
      case Relation.GrowthAccounting growth -> new ActivityLowering(this).growth(growth);
      case Relation.NativeSql(String dialect, String _) ->
          throw new Problem(
              "SQL_NATIVE_INPUT",
              org.apache.calcite.sql.parser.SqlParserPos.ZERO,
              "A query in the language of " + dialect + " is part of another query",
              "Make a dataset of it in a step of its own, and read that.");
    };
  }

  private static void check(String part, Function<String, ?> parse) {
    Words words = Words.of(part);
    try {
      Object unused = parse.apply(words.text());
    } catch (Problem problem) {
      throw Script.error(problem, words);
    }
  }

  /** What a person wrote, as one operand. */
  static Script expression(Script text, String expression) {
    check(expression, Parsing::expression);
    return text.add("(").written(expression).add(")");
  }

  static Script projections(Script text, List<Projection> projections) {
    for (int i = 0; i < projections.size(); i++) {
      Projection projection = projections.get(i);
      check(projection.expression(), Parsing::expression);
      text.add(i == 0 ? "" : ", ")
          .written(projection.expression())
          .add(" AS " + Names.quote(projection.name()));
    }
    return text;
  }

  private Body join(Relation.Join join) {
    String left = source(join.left());
    String right = source(join.right());
    return text -> {
      text.add("SELECT ");
      if (join.columns().isEmpty()) {
        text.add("l.*");
      } else {
        projections(text, join.columns());
      }
      text.add(" FROM " + left + " AS l");
      switch (join.type()) {
        case INNER, LEFT, FULL ->
            expression(
                text.add(
                    join.type() == JoinType.INNER
                        ? " JOIN " + right + " AS r ON "
                        : " " + join.type() + " JOIN " + right + " AS r ON "),
                join.condition());
        case SEMI, ANTI ->
            expression(
                    text.add(
                        (join.type() == JoinType.SEMI ? " WHERE EXISTS" : " WHERE NOT EXISTS")
                            + " (SELECT 1 AS \"one\" FROM "
                            + right
                            + " AS r WHERE "),
                    join.condition())
                .add(")");
      }
    };
  }

  private Body aggregate(Relation.Aggregate aggregate) {
    String input = source(aggregate.input());
    String by = Names.list(aggregate.by());
    return text -> {
      text.add("SELECT " + by + (by.isEmpty() || aggregate.measures().isEmpty() ? "" : ", "));
      projections(text, aggregate.measures()).add(" FROM " + input);
      text.add(by.isEmpty() ? "" : " GROUP BY " + by);
    };
  }

  private Body restrict(Relation.Restrict restrict) {
    String rows =
        define(
            text ->
                expression(
                    text.add("SELECT * FROM " + Names.quote(restrict.table()) + " WHERE "),
                    restrict.condition()));
    script.add("\n");
    int first = script.line();
    Body body = restrictable(restrict.input());
    return text -> {
      body.write(text);
      text.add("\n").restrict(first, restrict.table(), rows.replace("\"", ""));
    };
  }

  /** A query that a person wrote may begin with a WITH of its own, which stands behind no other. */
  private Body restrictable(Relation input) {
    if (input instanceof Relation.Sql) {
      String part = source(input);
      return text -> text.add("SELECT * FROM " + part);
    }
    return body(input);
  }

  private Body dedupe(Relation.Dedupe dedupe) {
    String input = source(dedupe.input());
    List<String> columns = names(input);
    return text -> {
      text.add("SELECT " + Names.list(columns) + " FROM (SELECT *, ROW_NUMBER() OVER (");
      partition(text, dedupe.key());
      for (int i = 0; i < dedupe.order().size(); i++) {
        Order order = dedupe.order().get(i);
        term(text.add(i == 0 ? " ORDER BY " : ", "), order.expression(), columns)
            .add(order.descending() ? " DESC" : "");
      }
      text.add(") AS \"_leat_rank\" FROM " + input + ") AS \"_leat\" WHERE \"_leat_rank\" = 1");
    };
  }

  static Script partition(Script text, List<String> key) {
    return key.isEmpty() ? text : text.add("PARTITION BY " + Names.list(key));
  }

  /** A column by its name, or else an expression. */
  static Script term(Script text, String term, List<String> columns) {
    return columns.contains(term) ? text.add(Names.quote(term)) : expression(text, term);
  }

  private Body latest(Relation.Latest latest) {
    String input = source(latest.log());
    List<String> columns = names(input);
    Set<String> dropped = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
    dropped.addAll(latest.drop());
    List<String> kept = new ArrayList<>(columns);
    kept.removeIf(dropped::contains);
    return text -> {
      text.add("SELECT " + Names.list(kept) + " FROM (SELECT *, ROW_NUMBER() OVER (");
      partition(text, latest.key());
      for (int i = 0; i < latest.order().size(); i++) {
        term(text.add(i == 0 ? " ORDER BY " : ", "), latest.order().get(i), columns).add(" DESC");
      }
      text.add(") AS \"_leat_rank\" FROM " + input + ") AS \"_leat\" WHERE \"_leat_rank\" = 1");
      if (latest.deleted() != null) {
        expression(text.add(" AND "), latest.deleted()).add(" IS NOT TRUE");
      }
    };
  }
}

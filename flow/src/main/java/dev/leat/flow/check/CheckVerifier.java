package dev.leat.flow.check;

import dev.leat.flow.Place;
import dev.leat.flow.check.Rule.Accepted;
import dev.leat.flow.check.Rule.Contract;
import dev.leat.flow.check.Rule.Custom;
import dev.leat.flow.check.Rule.Distribution;
import dev.leat.flow.check.Rule.Freshness;
import dev.leat.flow.check.Rule.NotNull;
import dev.leat.flow.check.Rule.Pattern;
import dev.leat.flow.check.Rule.Range;
import dev.leat.flow.check.Rule.Reconcile;
import dev.leat.flow.check.Rule.Reference;
import dev.leat.flow.check.Rule.RowCount;
import dev.leat.flow.check.Rule.Unique;
import dev.leat.spi.error.ErrorCategory;
import dev.leat.spi.error.ErrorCode;
import dev.leat.spi.error.LeatException;
import dev.leat.spi.instruction.Relation;
import dev.leat.spi.schema.Column;
import dev.leat.spi.schema.LogicalType;
import dev.leat.spi.schema.LogicalType.Primitive;
import dev.leat.spi.schema.TableId;
import dev.leat.sql.CompiledQuery;
import dev.leat.sql.SqlCompiler;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Finds out whether checks can be run at all, one by one, so that each error has its place. */
final class CheckVerifier {
  private static final ErrorCode TYPE = new ErrorCode("CHECK_TYPE", ErrorCategory.CONFIG);
  private static final ErrorCode QUERY = new ErrorCode("CHECK_QUERY", ErrorCategory.CONFIG);

  private final RuleColumns columns;
  private final CheckCompiler queries;
  private final SqlCompiler compiler;

  CheckVerifier(TableId dataset, List<Column> columns, SqlCompiler compiler) {
    this.columns = new RuleColumns(dataset, columns);
    this.queries = new CheckCompiler(dataset, columns);
    this.compiler = compiler;
  }

  Optional<LeatException> problem(CheckModel check) {
    try {
      columns(check.rule());
      queries(check);
      return Optional.empty();
    } catch (LeatException e) {
      LeatException named = e.with("check", check.name());
      Place place = check.place();
      return Optional.of(
          place.line() == 0 ? named : named.with("place", place.line() + ":" + place.column()));
    }
  }

  private void columns(Rule rule) {
    switch (rule) {
      case NotNull(String column) -> columns.type(column);
      case Unique(List<String> key) -> key.forEach(columns::type);
      case Accepted(String column, List<String> values) ->
          values.forEach(value -> columns.literal(column, value));
      case Range(String column, String min, String max) ->
          Stream.of(Optional.ofNullable(min), Optional.ofNullable(max))
              .flatMap(Optional::stream)
              .forEach(value -> columns.literal(column, value));
      case Pattern(String column, String _) ->
          require(columns.type(column) == Primitive.TEXT, column, "a pattern", "a text");
      case Reference reference -> reference.columns().forEach(columns::type);
      case Freshness(String column, var _) ->
          require(isTime(columns.type(column)), column, "freshness", "a date or timestamp");
      case Distribution distribution -> {
        boolean number = columns.isNumber(distribution.column());
        if (distribution.meanMin() != null
            || distribution.meanMax() != null
            || distribution.meanChangeMax() != null) {
          require(number, distribution.column(), "a mean", "a number");
        }
      }
      case Contract contract -> contract.columns().forEach(CheckVerifier::typeName);
      case RowCount _, Custom _, Reconcile _ -> {}
    }
  }

  private void queries(CheckModel check) {
    CompiledQuery scan = queries.scan(List.of(check)).map(compiler::compile).orElse(null);
    CompiledQuery measure = queries.measure(check).map(compiler::compile).orElse(null);
    Optional<Relation> failures = queries.failures(check, 1);
    List<Column> sample =
        failures.map(compiler::compile).map(CompiledQuery::columns).orElse(List.of());
    if (check.rule() instanceof Reconcile && scan != null && measure != null) {
      numbers(scan);
      numbers(measure);
    }
    Set<String> names = new HashSet<>();
    for (Column column : sample) {
      if (!names.add(column.name())) {
        throw new LeatException(
            QUERY,
            "the query gives two columns named " + column.name(),
            "give one of them another name with AS");
      }
    }
  }

  private static void numbers(CompiledQuery query) {
    for (Column column : query.columns()) {
      if (!RuleColumns.isNumber(column.type())) {
        throw new LeatException(
            TYPE,
            "the measure %s is of type %s"
                .formatted(
                    column.name().substring(column.name().lastIndexOf('.') + 1),
                    ColumnTypeNames.of(column.type())),
            "compare numbers, such as SUM(amount) or COUNT(DISTINCT id)");
      }
    }
  }

  private static void typeName(String column, String name) {
    if (ColumnTypeNames.parse(name).isEmpty()) {
      throw new LeatException(
          TYPE,
          "column " + column + " has the type " + name + ", which there is not",
          "the types are DECIMAL(p, s), "
              + String.join(", ", ColumnTypeNames.known())
              + " and any of them with [] behind it");
    }
  }

  private void require(boolean met, String column, String what, String needed) {
    if (!met) {
      throw new LeatException(
          TYPE,
          "%s needs %s, and %s is of type %s"
              .formatted(what, needed, column, ColumnTypeNames.of(columns.type(column))),
          "check another column");
    }
  }

  private static boolean isTime(LogicalType type) {
    return type == Primitive.DATE || type == Primitive.TIMESTAMP || type == Primitive.TIMESTAMP_TZ;
  }
}

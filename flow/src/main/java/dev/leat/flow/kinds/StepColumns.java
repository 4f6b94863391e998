package dev.leat.flow.kinds;

import dev.leat.spi.error.LeatException;
import dev.leat.spi.instruction.JoinType;
import dev.leat.spi.instruction.Projection;
import dev.leat.spi.instruction.Relation;
import dev.leat.spi.kind.StepDefinition;
import dev.leat.spi.kind.StepInputs;
import dev.leat.spi.schema.Column;
import dev.leat.spi.schema.LogicalType;
import dev.leat.spi.schema.TableId;
import java.util.Collection;
import java.util.List;

/** The columns of a dataset that a step reads, asked for by name. */
final class StepColumns {
  static final String SYSTEM = "_leat_";

  private final StepDefinition step;
  private final TableId table;
  private final List<Column> columns;

  StepColumns(StepDefinition step, TableId table, StepInputs inputs) {
    this.step = step;
    this.table = table;
    this.columns = inputs.columns(table);
  }

  List<String> names() {
    return columns.stream().map(Column::name).toList();
  }

  boolean has(String name) {
    return columns.stream().anyMatch(column -> column.name().equals(name));
  }

  /** Those that are not Leat's and not among the given ones. */
  List<String> others(Collection<String> than) {
    return names().stream()
        .filter(name -> !name.startsWith(SYSTEM) && !than.contains(name))
        .toList();
  }

  LogicalType type(String name) {
    return columns.stream()
        .filter(column -> column.name().equals(name))
        .findFirst()
        .map(Column::type)
        .orElseThrow(() -> missing(name));
  }

  /** Sees to it that they exist. */
  StepColumns require(Collection<String> wanted) {
    for (String name : wanted) {
      if (!has(name)) {
        throw missing(name);
      }
    }
    return this;
  }

  /** Sees to it that a column of that name can be added. */
  StepColumns refuse(String name, String option) {
    if (has(name)) {
      throw StepProblem.of(
          StepProblem.COLUMNS,
          step,
          table + " has a column " + name + " already, which the step would add",
          "give it another name with " + option + ", or rename the column before");
    }
    return this;
  }

  /** Sees to it that a column has numbers. */
  void requireNumber(String name) {
    boolean number =
        switch (type(name)) {
          case LogicalType.Decimal _ -> true;
          case LogicalType.ListOf _ -> false;
          case LogicalType.Primitive primitive ->
              switch (primitive) {
                case INT16, INT32, INT64, FLOAT32, FLOAT64 -> true;
                case BOOLEAN, TEXT, JSON, BINARY, UUID -> false;
                case DATE, TIME, TIMESTAMP, TIMESTAMP_TZ, INTERVAL -> false;
              };
        };
    if (!number) {
      throw wrong(name, "a number");
    }
  }

  /** Sees to it that a column has dates or timestamps. */
  void requireTime(String name) {
    LogicalType type = type(name);
    if (type != LogicalType.Primitive.DATE
        && type != LogicalType.Primitive.TIMESTAMP
        && type != LogicalType.Primitive.TIMESTAMP_TZ) {
      throw wrong(name, "a date or timestamp");
    }
  }

  /** A watermark of that column as portable SQL. */
  String literal(String column, String watermark) {
    return Portable.literal(type(column), watermark)
        .orElseThrow(
            () ->
                StepProblem.of(
                    StepProblem.COLUMNS,
                    step,
                    column + " of " + table + " is " + type(column) + ", which has no order",
                    "read incrementally by a number, a text, a date or a time"));
  }

  /**
   * A relation of this dataset's rows with the given columns, where it has only some of them: the
   * others are NULL, of this dataset's types.
   *
   * @param present columns that the relation has
   */
  Relation filledUp(Relation relation, List<String> present, List<String> wanted) {
    if (present.containsAll(wanted)) {
      return new Relation.Select(relation, projections(wanted));
    }
    return new Relation.Join(
        relation,
        new Relation.Filter(new Relation.Scan(table), "FALSE"),
        JoinType.LEFT,
        "TRUE",
        wanted.stream()
            .map(
                name ->
                    new Projection(name, Portable.name(present.contains(name) ? "l" : "r", name)))
            .toList());
  }

  static List<Projection> projections(Collection<String> columns) {
    return columns.stream().map(name -> new Projection(name, Portable.name(name))).toList();
  }

  private LeatException wrong(String name, String expected) {
    return StepProblem.of(
        StepProblem.COLUMNS,
        step,
        name + " of " + table + " is " + type(name) + ", not " + expected,
        "name another column, or cast it in a step before");
  }

  private LeatException missing(String name) {
    return StepProblem.of(
        StepProblem.COLUMNS,
        step,
        table + " has no column " + name,
        "its columns are " + String.join(", ", names()));
  }
}

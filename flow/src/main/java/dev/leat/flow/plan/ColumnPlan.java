package dev.leat.flow.plan;

import dev.leat.flow.model.StepModel.NewColumns;
import dev.leat.spi.error.ErrorCategory;
import dev.leat.spi.error.ErrorCode;
import dev.leat.spi.error.LeatException;
import dev.leat.spi.schema.Column;
import dev.leat.spi.schema.LogicalType;
import dev.leat.spi.schema.LogicalType.Decimal;
import dev.leat.spi.schema.LogicalType.Primitive;
import dev.leat.spi.schema.TableId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Which columns a table has that is kept while rows of a query come to it. */
final class ColumnPlan {
  private static final ErrorCode MISSING =
      new ErrorCode("STEP_COLUMN_MISSING", ErrorCategory.CONFIG);
  private static final ErrorCode NEW = new ErrorCode("STEP_COLUMN_NEW", ErrorCategory.CONFIG);
  private static final ErrorCode RETYPED =
      new ErrorCode("STEP_COLUMN_RETYPED", ErrorCategory.CONFIG);

  private ColumnPlan() {}

  /**
   * The columns afterwards: those there are, widened where the query's are wider, and those that
   * are new.
   *
   * @throws LeatException category CONFIG if a column is gone, or would lose values
   */
  static List<Column> of(
      TableId table, List<Column> before, List<Column> query, NewColumns policy) {
    Map<String, Column> wanted = new LinkedHashMap<>();
    query.forEach(column -> wanted.put(column.name(), column));
    List<Column> after = new ArrayList<>();
    for (Column column : before) {
      Column now = wanted.remove(column.name());
      if (now == null) {
        throw new LeatException(
            MISSING,
            "the query no longer gives column " + column.name() + " of " + table,
            "give it again, perhaps as NULL, or change the table: `leat migrate plan`; or make it anew"
                + " with --full-refresh");
      }
      after.add(kept(table, column, now));
    }
    if (!wanted.isEmpty() && policy == NewColumns.STOP) {
      throw new LeatException(
          NEW,
          "the query gives columns that "
              + table
              + " does not have: "
              + String.join(", ", wanted.keySet()),
          "allow it with new_columns = \"add\", or make the table anew with --full-refresh");
    }
    wanted.values().forEach(column -> after.add(nullable(column)));
    return after;
  }

  private static Column kept(TableId table, Column before, Column now) {
    if (before.type().equals(now.type()) || holds(before.type(), now.type())) {
      return before;
    }
    if (holds(now.type(), before.type())) {
      return new Column(before.name(), now.type(), before.nullable(), now.sourceType());
    }
    throw new LeatException(
        RETYPED,
        "column %s of %s is %s and would become %s, which does not hold all its values"
            .formatted(before.name(), table, before.type(), now.type()),
        "CAST it to "
            + before.type()
            + " in the query, or change the table: `leat migrate plan`; or make it anew with"
            + " --full-refresh");
  }

  private static Column nullable(Column column) {
    return new Column(column.name(), column.type(), true, column.sourceType());
  }

  /** Whether every value of {@code narrow} is one of {@code wide}. */
  static boolean holds(LogicalType wide, LogicalType narrow) {
    if (wide instanceof Decimal(int precision, int scale)) {
      return switch (narrow) {
        case Decimal(int p, int s) -> scale >= s && precision - scale >= p - s;
        case Primitive.INT16 -> precision - scale >= 5;
        case Primitive.INT32 -> precision - scale >= 10;
        case Primitive.INT64 -> precision - scale >= 19;
        case Primitive _, LogicalType.ListOf _ -> false;
      };
    }
    return switch (narrow) {
      case Primitive.INT16 -> wide == Primitive.INT32 || wide == Primitive.INT64;
      case Primitive.INT32 -> wide == Primitive.INT64 || wide == Primitive.FLOAT64;
      case Primitive.FLOAT32 -> wide == Primitive.FLOAT64;
      case Primitive.JSON, Primitive.UUID -> wide == Primitive.TEXT;
      case Primitive _, Decimal _, LogicalType.ListOf _ -> false;
    };
  }
}

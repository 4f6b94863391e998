package dev.leat.flow.kinds;

import dev.leat.spi.instruction.Projection;
import dev.leat.spi.kind.StepDefinition;
import dev.leat.spi.schema.LogicalType;
import dev.leat.spi.schema.LogicalType.Decimal;
import dev.leat.spi.schema.LogicalType.ListOf;
import dev.leat.spi.schema.LogicalType.Primitive;
import dev.leat.spi.schema.TableId;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Values that a source did not send since they did not change, which PostgreSQL does with large
 * ones. They are NULL in a history; {@code _leat_unchanged} has the names of their columns as a
 * JSON array.
 */
final class UnchangedValues {
  private static final String PREFIX = "_leat_last_";

  private UnchangedValues() {}

  /** The columns that such values can be in. */
  static Set<String> columns(
      StepDefinition step,
      TableId table,
      StepColumns columns,
      List<String> key,
      List<String> state) {
    Set<String> result = new LinkedHashSet<>();
    for (String name : state) {
      if (!key.contains(name)
          && !name.startsWith(StepColumns.SYSTEM)
          && hasAnyLength(columns.type(name))) {
        result.add(name);
      }
    }
    if (!result.isEmpty() && columns.type(ChangeLog.UNCHANGED) != Primitive.TEXT) {
      throw StepProblem.of(
          StepProblem.COLUMNS,
          step,
          ChangeLog.UNCHANGED
              + " of "
              + table
              + " is not a text, so that it cannot be told which"
              + " values did not change",
          "keep the history with this version of Leat, which writes the names as a JSON array");
    }
    return result;
  }

  static String name(String column) {
    return PREFIX + column;
  }

  /**
   * @param partition the key
   * @param before an order from the last change to the first
   */
  static Projection lastSent(String column, String partition, String before) {
    String unchanged =
        "POSITION("
            + Portable.text(json(column))
            + " IN COALESCE("
            + Portable.name(ChangeLog.UNCHANGED)
            + ", '')) > 0";
    return new Projection(
        name(column),
        "FIRST_VALUE("
            + Portable.name(column)
            + ") OVER (PARTITION BY "
            + partition
            + " ORDER BY CASE WHEN "
            + unchanged
            + " THEN 1 ELSE 0 END, "
            + before
            + ")");
  }

  private static String json(String name) {
    return '"' + name.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }

  /** Others are always sent. */
  private static boolean hasAnyLength(LogicalType type) {
    return switch (type) {
      case Decimal _, ListOf _ -> true;
      case Primitive primitive ->
          switch (primitive) {
            case TEXT, JSON, BINARY -> true;
            case BOOLEAN, INT16, INT32, INT64, FLOAT32, FLOAT64 -> false;
            case UUID, DATE, TIME, TIMESTAMP, TIMESTAMP_TZ, INTERVAL -> false;
          };
    };
  }
}

package dev.leat.flow.migration;

import dev.leat.spi.schema.Column;
import java.util.List;

/** One difference between the columns that a dataset has and those it is to have. */
public sealed interface SchemaDifference {

  record Added(Column column) implements SchemaDifference {}

  record Dropped(Column column) implements SchemaDifference {}

  /** The same column under another name, because somebody says so. */
  record Renamed(Column before, Column after) implements SchemaDifference {}

  /** Another type; {@link TypeChange#SAME} never occurs. */
  record Retyped(Column before, Column after, TypeChange how) implements SchemaDifference {}

  /** Whether NULL is allowed; tables do not enforce it, checks do. */
  record NullabilityChanged(Column before, Column after) implements SchemaDifference {}

  /**
   * Other columns are unique.
   *
   * @param before by the names that the columns have afterwards
   */
  record KeyChanged(List<String> before, List<String> after) implements SchemaDifference {
    public KeyChanged {
      before = List.copyOf(before);
      after = List.copyOf(after);
    }
  }

  /** In a few words for people. */
  default String describe() {
    return switch (this) {
      case Added(Column column) ->
          "column %s (%s%s) is new"
              .formatted(column.name(), column.type(), column.nullable() ? "" : ", not NULL");
      case Dropped(Column column) -> "column " + column.name() + " is gone";
      case Renamed(Column before, Column after) ->
          "column " + before.name() + " is called " + after.name();
      case Retyped(Column before, Column after, TypeChange _) ->
          "column %s is %s, was %s".formatted(after.name(), after.type(), before.type());
      case NullabilityChanged(Column _, Column after) ->
          "column " + after.name() + (after.nullable() ? " may be NULL" : " may not be NULL");
      case KeyChanged(List<String> before, List<String> after) ->
          "the key is " + key(after) + ", was " + key(before);
    };
  }

  private static String key(List<String> columns) {
    return columns.isEmpty() ? "none" : String.join(", ", columns);
  }
}

package dev.leat.spi.schema;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One difference between two shapes of the same table, by the numbers of their columns, or by their
 * names where columns have no numbers.
 */
public sealed interface ColumnChange {

  /** In a few words for people. */
  default String describe() {
    return switch (this) {
      case Added(Column column) ->
          "column " + column.name() + " (" + column.sourceType() + ") is new";
      case Dropped(Column column) -> "column " + column.name() + " is gone";
      case Renamed(Column before, Column after) ->
          "column " + before.name() + " is called " + after.name();
      case Retyped(Column before, Column after) ->
          "column " + after.name() + " is " + after.sourceType() + ", was " + before.sourceType();
    };
  }

  /** There was no column of that number. */
  record Added(Column column) implements ColumnChange {}

  /** There is no column of that number any more. */
  record Dropped(Column column) implements ColumnChange {}

  /** The same column under another name. */
  record Renamed(Column before, Column after) implements ColumnChange {}

  /** The same column with another type, or with other parameters of it. */
  record Retyped(Column before, Column after) implements ColumnChange {}

  /**
   * What happened to a table's columns: first what was dropped, then renamed, retyped and added,
   * which is an order in which a destination can follow. A column that was renamed and retyped is
   * in the list twice.
   */
  static List<ColumnChange> between(TableSchema before, TableSchema after) {
    boolean numbered = isNumbered(before) && isNumbered(after);
    Map<Object, Column> left = new LinkedHashMap<>();
    before.columns().forEach(column -> left.put(key(column, numbered), column));
    List<ColumnChange> changes = new ArrayList<>();
    for (Column column : after.columns()) {
      Column old = left.remove(key(column, numbered));
      if (old == null) {
        changes.add(new Added(column));
        continue;
      }
      if (!old.name().equals(column.name())) {
        changes.add(new Renamed(old, column));
      }
      if (!old.type().equals(column.type()) || !old.sourceType().equals(column.sourceType())) {
        changes.add(new Retyped(old, column));
      }
    }
    left.values().forEach(column -> changes.add(new Dropped(column)));
    changes.sort(Comparator.comparing(ColumnChange::turn));
    return List.copyOf(changes);
  }

  private static int turn(ColumnChange change) {
    return switch (change) {
      case Dropped _ -> 0;
      case Renamed _ -> 1;
      case Retyped _ -> 2;
      case Added _ -> 3;
    };
  }

  private static boolean isNumbered(TableSchema schema) {
    return schema.columns().stream().allMatch(column -> column.number() != Column.NO_NUMBER);
  }

  private static Object key(Column column, boolean numbered) {
    return numbered ? (Object) column.number() : column.name();
  }
}

package dev.leat.replication;

import dev.leat.spi.error.ErrorCategory;
import dev.leat.spi.error.ErrorCode;
import dev.leat.spi.error.LeatException;
import dev.leat.spi.schema.Column;
import dev.leat.spi.schema.ColumnChange;
import dev.leat.spi.schema.ColumnChange.Renamed;
import dev.leat.spi.schema.ColumnChange.Retyped;
import dev.leat.spi.schema.TableSchema;
import dev.leat.spi.source.Source;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Compares the shape that a table has at the destination with the one its changes have. */
final class Shapes {
  private static final ErrorCode SCHEMA_CHANGED =
      new ErrorCode("SCHEMA_CHANGED", ErrorCategory.SCHEMA);

  private Shapes() {}

  /**
   * What a destination has to follow.
   *
   * @throws LeatException category SCHEMA if following would not make every row what it is at the
   *     source
   */
  static List<ColumnChange> changes(TableSchema known, TableSchema now, Source source) {
    List<ColumnChange> changes = ColumnChange.between(known, now);
    List<String> obstacles = new ArrayList<>();
    for (ColumnChange change : changes) {
      if (change instanceof Retyped(Column before, Column after)
          && !source.keepsValues(before, after)) {
        obstacles.add(change.describe());
      }
    }
    if (known.identity() != now.identity() || !keyAfter(known, changes).equals(keyNames(now))) {
      obstacles.add("its rows are told apart by " + identity(now) + ", were by " + identity(known));
    }
    if (!obstacles.isEmpty()) {
      throw new LeatException(
          SCHEMA_CHANGED,
          known.table() + " changed at the source: " + String.join("; ", obstacles),
          "`leat resync " + known.table() + "` copies the table anew with its present columns");
    }
    return changes;
  }

  static String describe(List<ColumnChange> changes) {
    return changes.stream().map(ColumnChange::describe).collect(Collectors.joining("; "));
  }

  private static String identity(TableSchema schema) {
    return switch (schema.identity()) {
      case KEY ->
          "("
              + schema.keyColumns().stream().map(Column::name).collect(Collectors.joining(", "))
              + ")";
      case FULL_ROW -> "the whole row";
      case NONE -> "nothing";
    };
  }

  private static Set<String> keyNames(TableSchema schema) {
    return schema.keyColumns().stream().map(Column::name).collect(Collectors.toSet());
  }

  /** The names that the key's columns have after the changes. */
  private static Set<String> keyAfter(TableSchema known, List<ColumnChange> changes) {
    Map<String, String> renamed = new HashMap<>();
    for (ColumnChange change : changes) {
      if (change instanceof Renamed(Column before, Column after)) {
        renamed.put(before.name(), after.name());
      }
    }
    return keyNames(known).stream()
        .map(name -> renamed.getOrDefault(name, name))
        .collect(Collectors.toSet());
  }
}

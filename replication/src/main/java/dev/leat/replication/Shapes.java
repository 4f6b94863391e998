package dev.leat.replication;

import dev.leat.spi.error.ErrorCategory;
import dev.leat.spi.error.ErrorCode;
import dev.leat.spi.error.LeatException;
import dev.leat.spi.schema.Column;
import dev.leat.spi.schema.TableSchema;
import java.util.ArrayList;
import java.util.List;

/** Compares the shape that a table has at the destination with the one its changes have. */
final class Shapes {
  private static final ErrorCode SCHEMA_CHANGED =
      new ErrorCode("SCHEMA_CHANGED", ErrorCategory.SCHEMA);

  private Shapes() {}

  static void requireSame(TableSchema known, TableSchema now) {
    List<String> differences = differences(known, now);
    if (!differences.isEmpty()) {
      throw new LeatException(
          SCHEMA_CHANGED,
          known.table() + " changed at the source: " + String.join("; ", differences),
          "`leat resync " + known.table() + "` copies the table anew with its present columns");
    }
  }

  static List<String> differences(TableSchema known, TableSchema now) {
    List<String> differences = new ArrayList<>();
    for (Column column : now.columns()) {
      int index = known.indexOf(column.name());
      if (index < 0) {
        differences.add("column " + column.name() + " (" + column.sourceType() + ") is new");
      } else {
        Column before = known.columns().get(index);
        if (!before.sourceType().equals(column.sourceType())
            || !before.type().equals(column.type())) {
          differences.add(
              "column "
                  + column.name()
                  + " is "
                  + column.sourceType()
                  + ", was "
                  + before.sourceType());
        }
      }
    }
    for (Column column : known.columns()) {
      if (now.indexOf(column.name()) < 0) {
        differences.add("column " + column.name() + " is gone");
      }
    }
    if (differences.isEmpty()) {
      if (!names(known.columns()).equals(names(now.columns()))) {
        differences.add("its columns have another order");
      } else if (known.identity() != now.identity() || !known.key().equals(now.key())) {
        differences.add(
            "its rows are told apart by " + identity(now) + ", were by " + identity(known));
      }
    }
    return differences;
  }

  private static String identity(TableSchema schema) {
    return switch (schema.identity()) {
      case KEY -> "(" + String.join(", ", names(schema.keyColumns())) + ")";
      case FULL_ROW -> "the whole row";
      case NONE -> "nothing";
    };
  }

  private static List<String> names(List<Column> columns) {
    return columns.stream().map(Column::name).toList();
  }
}

package dev.leat.flow.load;

import dev.leat.flow.model.FormatModel;
import dev.leat.spi.engine.Cancellation;
import dev.leat.spi.engine.FileReader;
import dev.leat.spi.engine.FileReader.FoundColumn;
import dev.leat.spi.schema.Column;
import dev.leat.spi.schema.LogicalType;
import dev.leat.spi.schema.LogicalType.Decimal;
import dev.leat.spi.schema.LogicalType.Primitive;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Types of columns of files, from their values. */
final class ColumnTypesFound {
  /** Rows of a group that are looked at. */
  static final long ROWS = 50_000;

  private static final int FILES = 5;

  private ColumnTypesFound() {}

  /** What the first files of groups have, the types such that they hold the values of all. */
  static List<FoundColumn> of(
      List<FileGroup> groups,
      FormatModel format,
      FileReader reader,
      long rows,
      Cancellation cancellation) {
    Map<String, FoundColumn> found = new LinkedHashMap<>();
    for (FileGroup group : groups) {
      List<LocalFile> some = group.files().subList(0, Math.min(FILES, group.files().size()));
      for (FoundColumn column :
          reader.look(
              group
                  .with(some)
                  .input(List.of(), formats(group.names(), format, Map.of()), Instant.EPOCH),
              rows,
              cancellation)) {
        found.merge(
            column.column().name().toLowerCase(Locale.ROOT), column, ColumnTypesFound::wider);
      }
    }
    return List.copyOf(found.values());
  }

  /**
   * How dates and times are written, by column.
   *
   * @param types of columns, as far as they are known; for others both are tried
   */
  static Map<String, String> formats(
      List<String> names, FormatModel format, Map<String, LogicalType> types) {
    Map<String, String> formats = new LinkedHashMap<>();
    for (String name : names) {
      LogicalType type = types.get(name);
      if (type == Primitive.DATE) {
        format.dateFormat().ifPresent(text -> formats.put(name, text));
      } else if (type == Primitive.TIMESTAMP || type == Primitive.TIMESTAMP_TZ) {
        format.timestampFormat().ifPresent(text -> formats.put(name, text));
      }
    }
    return formats;
  }

  static List<Column> columns(List<FoundColumn> found) {
    List<Column> columns = new ArrayList<>();
    found.forEach(one -> columns.add(Ledger.column(one.column().name(), one.column().type())));
    return columns;
  }

  private static FoundColumn wider(FoundColumn first, FoundColumn second) {
    LogicalType type =
        first.rows() == first.empty()
            ? second.column().type()
            : second.rows() == second.empty()
                ? first.column().type()
                : wider(first.column().type(), second.column().type());
    return new FoundColumn(
        Ledger.column(first.column().name(), type),
        first.rows() + second.rows(),
        first.empty() + second.empty(),
        first.misfits() + second.misfits(),
        Math.max(first.distinct(), second.distinct()),
        first.example().isEmpty() ? second.example() : first.example());
  }

  /** What holds the values of both; text if nothing else does. */
  static LogicalType wider(LogicalType first, LogicalType second) {
    if (first.equals(second)) {
      return first;
    }
    List<LogicalType> numbers =
        List.of(
            Primitive.INT16,
            Primitive.INT32,
            Primitive.INT64,
            Primitive.FLOAT32,
            Primitive.FLOAT64);
    int one = numbers.indexOf(first);
    int other = numbers.indexOf(second);
    if (one >= 0 && other >= 0) {
      return Math.max(one, other) < 3 ? numbers.get(Math.max(one, other)) : Primitive.FLOAT64;
    }
    if ((first instanceof Decimal && other >= 0) || (second instanceof Decimal && one >= 0)) {
      return Primitive.FLOAT64;
    }
    List<LogicalType> times = List.of(Primitive.DATE, Primitive.TIMESTAMP, Primitive.TIMESTAMP_TZ);
    one = times.indexOf(first);
    other = times.indexOf(second);
    return one >= 0 && other >= 0 ? times.get(Math.max(one, other)) : Primitive.TEXT;
  }
}

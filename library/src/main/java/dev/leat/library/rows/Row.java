package dev.leat.library.rows;

import dev.leat.spi.schema.Column;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A row, or some columns of one.
 *
 * @param columns the columns
 * @param values their values in that order, as {@link RowValues} lists them; null for NULL
 */
public record Row(List<Column> columns, List<@Nullable Object> values) {
  public Row {
    columns = List.copyOf(columns);
    values = Collections.unmodifiableList(new ArrayList<>(values));
  }

  /** The columns at these places only. */
  Row only(List<Integer> places) {
    List<Column> chosen = new ArrayList<>();
    List<@Nullable Object> read = new ArrayList<>();
    for (int place : places) {
      chosen.add(columns.get(place));
      read.add(values.get(place));
    }
    return new Row(chosen, read);
  }
}

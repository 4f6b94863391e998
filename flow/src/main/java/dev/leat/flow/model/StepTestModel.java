package dev.leat.flow.model;

import dev.leat.flow.Place;
import dev.leat.spi.schema.LogicalType;
import dev.leat.spi.schema.TableId;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * {@code [test.NAME]}: what a step makes of given rows.
 *
 * @param name of the test
 * @param step which is tested
 * @param given rows of what it reads, and of what it makes as that is before it, by dataset
 * @param columns types that the test declares, by dataset and column
 * @param expect the rows of the datasets that it makes, in any order; columns that no row names are
 *     not compared
 * @param now the time of the run; empty for the real one
 * @param failedChecks the names of the checks that are to fail; empty if no checks are to run
 * @param place in the flow file
 */
public record StepTestModel(
    String name,
    String step,
    Map<TableId, Rows> given,
    Map<TableId, Map<String, LogicalType>> columns,
    Map<TableId, Rows> expect,
    Optional<Instant> now,
    Optional<List<String>> failedChecks,
    Place place) {
  public StepTestModel {
    given = Collections.unmodifiableMap(new LinkedHashMap<>(given));
    columns = Collections.unmodifiableMap(new LinkedHashMap<>(columns));
    expect = Collections.unmodifiableMap(new LinkedHashMap<>(expect));
    failedChecks = failedChecks.map(List::copyOf);
  }

  /**
   * Rows as they stand in the file.
   *
   * @param rows in their order
   * @param place of the list
   */
  public record Rows(List<Row> rows, Place place) {
    public Rows {
      rows = List.copyOf(rows);
    }

    /** The columns that any of the rows names, in the order in which they occur. */
    public List<String> columns() {
      return rows.stream().flatMap(row -> row.values().keySet().stream()).distinct().toList();
    }
  }

  /**
   * One row.
   *
   * @param values by column, as TOML has them: String, Long, Double, Boolean, a {@code java.time}
   *     value or a List of such; null for NULL
   * @param place in the flow file
   */
  public record Row(Map<String, @Nullable Object> values, Place place) {
    public Row {
      values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
    }

    /** The same as the constructor, whose type other modules see without its NULLs. */
    public static Row of(Map<String, @Nullable Object> values, Place place) {
      return new Row(values, place);
    }
  }
}

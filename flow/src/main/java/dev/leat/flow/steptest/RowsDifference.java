package dev.leat.flow.steptest;

import dev.leat.flow.Place;
import dev.leat.spi.schema.TableId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How the rows of a dataset are other than expected.
 *
 * @param dataset whose rows
 * @param columns those compared, in order
 * @param missing rows that were expected and are not there
 * @param unexpected rows that are there and were not expected
 * @param differing rows that are there with other values
 * @param place of the rows expected
 */
public record RowsDifference(
    TableId dataset,
    List<String> columns,
    List<Row> missing,
    List<Row> unexpected,
    List<Differing> differing,
    Place place) {
  public RowsDifference {
    columns = List.copyOf(columns);
    missing = List.copyOf(missing);
    unexpected = List.copyOf(unexpected);
    differing = List.copyOf(differing);
  }

  /** Values as text, null for NULL. */
  public record Row(List<@Nullable String> values) {
    public Row {
      values = Collections.unmodifiableList(new ArrayList<>(values));
    }
  }

  /** A row that was expected, and the one that is there instead; values as text, null for NULL. */
  public record Differing(List<@Nullable String> expected, List<@Nullable String> actual) {
    public Differing {
      expected = Collections.unmodifiableList(new ArrayList<>(expected));
      actual = Collections.unmodifiableList(new ArrayList<>(actual));
    }
  }
}

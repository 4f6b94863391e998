package dev.leat.flow.check;

import dev.leat.spi.schema.TableId;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What has to hold for a dataset. Shares are from 0 to 1. */
public sealed interface Rule {

  /** No NULL in the column. */
  record NotNull(String column) implements Rule {}

  /** No two rows with the same values; rows with a NULL among them are not looked at. */
  record Unique(List<String> columns) implements Rule {
    public Unique {
      columns = List.copyOf(columns);
    }
  }

  /** Only these values, as portable literals without their quotes; NULL is allowed. */
  record Accepted(String column, List<String> values) implements Rule {
    public Accepted {
      values = List.copyOf(values);
    }
  }

  /** Between the two, both included, as portable literals without quotes; NULL is allowed. */
  record Range(String column, @Nullable String min, @Nullable String max) implements Rule {}

  /** A part of the text matches the regular expression; NULL is allowed. */
  record Pattern(String column, String regex) implements Rule {}

  /** The values occur in another dataset; rows with a NULL among them are not looked at. */
  record Reference(List<String> columns, TableId table, List<String> key) implements Rule {
    public Reference {
      columns = List.copyOf(columns);
      key = List.copyOf(key);
      if (columns.isEmpty() || columns.size() != key.size()) {
        throw new IllegalArgumentException("a reference pairs columns with those of a key");
      }
    }
  }

  /**
   * The number of rows.
   *
   * @param changeMax the largest change against the last run that was published, as a share of it;
   *     holds if there was none, or no row then
   */
  record RowCount(@Nullable Long min, @Nullable Long max, @Nullable Double changeMax)
      implements Rule {}

  /**
   * The highest value of the column, a date or timestamp, is not older than this at the time of the
   * run; a date is as old as its beginning in UTC. A dataset without any value is not fresh.
   */
  record Freshness(String column, Duration maxAge) implements Rule {}

  /**
   * The columns and their types, in portable SQL's names, in whatever order.
   *
   * @param columns types by column, see {@link ColumnTypeNames}
   * @param exact whether there may be no others
   */
  record Contract(Map<String, String> columns, boolean exact) implements Rule {
    public Contract {
      columns = Collections.unmodifiableMap(new LinkedHashMap<>(columns));
    }
  }

  /**
   * How a column's values are distributed, also against the runs before.
   *
   * <p>What is compared with earlier runs holds if there are none. A mean of no values holds.
   *
   * @param nullsMax the largest share of NULLs
   * @param nullsChangeMax by how much the share of NULLs may differ from the mean of the last runs
   * @param meanMin the lowest mean
   * @param meanMax the highest mean
   * @param meanChangeMax by what share the mean may differ from the mean of the last runs' means
   */
  record Distribution(
      String column,
      @Nullable Double nullsMax,
      @Nullable Double nullsChangeMax,
      @Nullable Double meanMin,
      @Nullable Double meanMax,
      @Nullable Double meanChangeMax)
      implements Rule {}

  /** The query, in portable SQL, gives no rows; they are what failed. */
  record Custom(String query) implements Rule {}

  /**
   * The dataset agrees with another one in aggregates over all rows of either.
   *
   * @param with the other dataset, such as the source's copy
   * @param where a condition for rows of the other one that count; null for all
   * @param measures portable aggregates that are numbers, over either dataset, by name
   * @param tolerance the largest difference, as a share of the other one's
   */
  record Reconcile(
      TableId with, @Nullable String where, Map<String, String> measures, double tolerance)
      implements Rule {
    public Reconcile {
      measures = Collections.unmodifiableMap(new LinkedHashMap<>(measures));
    }
  }

  /** Whether it is about rows, which fail one by one, and not about the dataset as a whole. */
  default boolean aboutRows() {
    return switch (this) {
      case NotNull _, Unique _, Accepted _, Range _, Pattern _, Reference _, Custom _ -> true;
      case RowCount _, Freshness _, Contract _, Distribution _, Reconcile _ -> false;
    };
  }
}

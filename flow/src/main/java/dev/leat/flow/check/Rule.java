package dev.leat.flow.check;

import dev.leat.spi.schema.TableId;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What has to hold for a dataset. Shares are from 0 to 1. */
public sealed interface Rule {

  /** No NULL in the column. */
  record NotNull(String column) implements Rule {}

  /** No two rows with the same values; rows with a NULL among them are not looked at. */
  record Unique(List<String> columns) implements Rule {}

  /** Only these values, as portable literals without their quotes; NULL is allowed. */
  record Accepted(String column, List<String> values) implements Rule {}

  /** Between the two, both included, as portable literals without quotes; NULL is allowed. */
  record Range(String column, @Nullable String min, @Nullable String max) implements Rule {}

  /** A part of the text matches the regular expression; NULL is allowed. */
  record Pattern(String column, String regex) implements Rule {}

  /** The values occur in another dataset; rows with a NULL among them are not looked at. */
  record Reference(List<String> columns, TableId table, List<String> key) implements Rule {}

  /**
   * The number of rows.
   *
   * @param changeMax the largest change against the last run that was published, as a share of it
   */
  record RowCount(@Nullable Long min, @Nullable Long max, @Nullable Double changeMax)
      implements Rule {}

  /** The highest value of the column is not older than this at the time of the run. */
  record Freshness(String column, Duration maxAge) implements Rule {}

  /**
   * The columns and their types, in portable SQL's names.
   *
   * @param exact whether there may be no others
   */
  record Contract(Map<String, String> columns, boolean exact) implements Rule {}

  /**
   * How a column's values are distributed, also against the runs before.
   *
   * @param nullsMax the largest share of NULLs
   * @param nullsChangeMax by how much the share of NULLs may differ from the mean of the last runs
   * @param meanMin the lowest mean
   * @param meanMax the highest mean
   * @param meanChangeMax by what share the mean may differ from that of the last runs
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
   * The dataset agrees with another one: in the number of rows, and in the aggregates of it.
   *
   * @param with the other dataset, such as the source's copy
   * @param where a condition for rows of the other one that count; null for all
   * @param measures portable aggregates over either dataset, by name
   * @param tolerance the largest difference, as a share
   */
  record Reconcile(
      TableId with, @Nullable String where, Map<String, String> measures, double tolerance)
      implements Rule {}
}

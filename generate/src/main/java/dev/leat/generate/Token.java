package dev.leat.generate;

import dev.leat.spi.schema.LogicalType;
import dev.leat.spi.schema.TableId;

/** What stands in a query where only the time of its run tells. */
public sealed interface Token {

  /** A dataset's table. */
  record Table(TableId dataset) implements Token {}

  /**
   * The time of the run, in UTC.
   *
   * @param unit what it is cut to
   * @param type DATE, TIMESTAMP or TIMESTAMP_TZ
   */
  record Now(Unit unit, LogicalType type) implements Token {}

  /** What a time is cut to. */
  enum Unit {
    MILLISECOND,
    HOUR,
    DAY,
    WEEK,
    MONTH
  }

  /**
   * How far a node has read its input.
   *
   * @param node the dataset that it makes
   * @param position of the column among those that order the input
   * @param type of the column
   */
  record Watermark(TableId node, int position, LogicalType type) implements Token {}

  /**
   * The newest partition that a node has made, or some days before.
   *
   * @param node the dataset that it makes
   * @param days before
   * @param type DATE or TIMESTAMP
   */
  record Newest(TableId node, long days, LogicalType type) implements Token {}
}

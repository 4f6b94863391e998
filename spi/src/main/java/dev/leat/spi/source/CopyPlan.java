package dev.leat.spi.source;

import java.util.List;

/**
 * How a table's copy is divided. The ranges do not overlap and together hold every row.
 *
 * @param layout names the table's physical layout; while it is the same, the plan can be continued
 *     in another snapshot, see {@link Snapshot#plan}
 * @param ranges in the order to read them; never empty
 */
public record CopyPlan(String layout, List<CopyRange> ranges) {
  public CopyPlan {
    ranges = List.copyOf(ranges);
  }
}

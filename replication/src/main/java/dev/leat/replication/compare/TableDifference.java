package dev.leat.replication.compare;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a comparison of one table found.
 *
 * @param sourceRows counted at the source
 * @param copyRows counted at the destination
 * @param rows those that differ, as many as were wanted
 * @param more whether there are more of them
 * @param undecided rows that changed whenever they were looked at
 * @param moved how many rows of hashes and values were fetched from both sides
 */
public record TableDifference(
    long sourceRows, long copyRows, List<Row> rows, boolean more, long undecided, long moved) {
  public TableDifference {
    rows = List.copyOf(rows);
  }

  public boolean equal() {
    return rows.isEmpty() && !more;
  }

  /** How a row differs. */
  public enum Kind {
    /** It is at the source only. */
    MISSING,
    /** It is at the destination only. */
    SURPLUS,
    /** It has other values. */
    DIFFERENT
  }

  /**
   * A row that differs.
   *
   * @param kind how
   * @param key the texts of its key, or of all its columns where there is no key
   * @param columns which columns have other values; empty unless the kind is DIFFERENT
   */
  public record Row(Kind kind, List<@Nullable String> key, List<String> columns) {}
}

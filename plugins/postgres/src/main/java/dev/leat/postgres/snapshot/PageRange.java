package dev.leat.postgres.snapshot;

import dev.leat.postgres.connect.Sql;
import dev.leat.spi.error.ErrorCode;
import dev.leat.spi.error.LeatException;
import dev.leat.spi.schema.TableId;

/**
 * A run of pages of one table that holds rows itself: an ordinary table, or a partition.
 *
 * @param leaf the table
 * @param from the first page
 * @param to the page after the last one; {@link #OPEN} if all that follow belong to it
 */
record PageRange(TableId leaf, long from, long to) {
  /**
   * The last range has no end: rows of the snapshot may be on pages that were added after the pages
   * were counted.
   */
  static final long OPEN = -1;

  PageRange {
    if (from < 0 || (to != OPEN && to <= from)) {
      throw new IllegalArgumentException("no range of pages: " + from + "-" + to);
    }
  }

  /** Such as {@code public.orders:0-1200} and {@code public.orders:1200-}. */
  String id() {
    return leaf + ":" + from + "-" + (to == OPEN ? "" : Long.toString(to));
  }

  /** Reads what {@link #id()} wrote. */
  static PageRange parse(String id) {
    int colon = id.lastIndexOf(':');
    int dash = id.lastIndexOf('-');
    try {
      if (colon < 0 || dash < colon) {
        throw new IllegalArgumentException("no page numbers");
      }
      String to = id.substring(dash + 1);
      return new PageRange(
          TableId.parse(id.substring(0, colon)),
          Long.parseLong(id.substring(colon + 1, dash)),
          to.isEmpty() ? OPEN : Long.parseLong(to));
    } catch (IllegalArgumentException e) {
      throw new LeatException(
          ErrorCode.INTERNAL, "'%s' is no range of a PostgreSQL copy.".formatted(id), "", e);
    }
  }

  boolean wholeTable() {
    return from == 0 && to == OPEN;
  }

  /** The rows' condition, which PostgreSQL 14 and later carry out by reading these pages alone. */
  String condition() {
    String lower = from == 0 ? "" : "ctid >= " + Sql.literal("(" + from + ",0)") + "::tid";
    String upper = to == OPEN ? "" : "ctid < " + Sql.literal("(" + to + ",0)") + "::tid";
    return lower.isEmpty() || upper.isEmpty() ? lower + upper : lower + " AND " + upper;
  }
}

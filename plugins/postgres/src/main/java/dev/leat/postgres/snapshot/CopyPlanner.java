package dev.leat.postgres.snapshot;

import dev.leat.spi.source.CopyPlan;
import dev.leat.spi.source.CopyRange;
import java.util.ArrayList;
import java.util.List;

/** Divides tables into ranges of pages. */
final class CopyPlanner {
  /** Below 8 MB a range's own cost (a statement, a commit at the destination) would show. */
  private static final long FEWEST_PAGES = 1024;

  private CopyPlanner() {}

  /**
   * About {@code wantedRanges} ranges in all, at least one for each leaf, none smaller than pays.
   */
  static CopyPlan plan(List<Leaf> leaves, int wantedRanges) {
    long pages = leaves.stream().mapToLong(Leaf::pages).sum();
    long perRange = Math.max(FEWEST_PAGES, Math.ceilDiv(pages, Math.max(1, wantedRanges)));
    List<CopyRange> ranges = new ArrayList<>();
    for (Leaf leaf : leaves) {
      long count = Math.max(1, Math.ceilDiv(leaf.pages(), perRange));
      for (long i = 0; i < count; i++) {
        long from = i * leaf.pages() / count;
        long to = i == count - 1 ? PageRange.OPEN : (i + 1) * leaf.pages() / count;
        long rows = leaf.rows() < 0 ? -1 : leaf.rows() / count;
        ranges.add(new CopyRange(new PageRange(leaf.id(), from, to).id(), rows));
      }
    }
    return new CopyPlan(layout(leaves), ranges);
  }

  /** Changes when rows may have moved to other pages than updates move them to. */
  static String layout(List<Leaf> leaves) {
    StringBuilder layout = new StringBuilder();
    for (Leaf leaf : leaves) {
      layout.append(layout.isEmpty() ? "" : ",").append(leaf.oid()).append(':');
      layout.append(leaf.filenode());
    }
    return layout.toString();
  }
}

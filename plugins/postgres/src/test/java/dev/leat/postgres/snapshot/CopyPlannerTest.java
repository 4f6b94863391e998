package dev.leat.postgres.snapshot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.leat.spi.error.LeatException;
import dev.leat.spi.schema.TableId;
import dev.leat.spi.source.CopyPlan;
import dev.leat.spi.source.CopyRange;
import java.util.List;
import org.junit.jupiter.api.Test;

class CopyPlannerTest {
  private static Leaf leaf(String name, long pages, long rows) {
    return new Leaf(name.hashCode(), 7, new TableId("public", name), pages, rows);
  }

  private static List<String> ids(CopyPlan plan) {
    return plan.ranges().stream().map(CopyRange::id).toList();
  }

  @Test
  void readsASmallTableAtOnce() {
    CopyPlan plan = CopyPlanner.plan(List.of(leaf("t", 10, 100)), 8);
    assertThat(ids(plan)).containsExactly("public.t:0-");
    assertThat(plan.ranges().getFirst().estimatedRows()).isEqualTo(100);
  }

  @Test
  void readsAnEmptyTableOnceToo() {
    assertThat(ids(CopyPlanner.plan(List.of(leaf("t", 0, -1)), 8))).containsExactly("public.t:0-");
  }

  @Test
  void dividesALargeTableEvenlyWithoutAnEnd() {
    assertThat(ids(CopyPlanner.plan(List.of(leaf("t", 12_000, 9)), 3)))
        .containsExactly("public.t:0-4000", "public.t:4000-8000", "public.t:8000-");
  }

  @Test
  void doesNotDivideBelowWhatPays() {
    assertThat(ids(CopyPlanner.plan(List.of(leaf("t", 3000, 9)), 100))).hasSize(3);
  }

  @Test
  void sharesRangesOutOverPartitionsBySize() {
    assertThat(ids(CopyPlanner.plan(List.of(leaf("a", 1, 1), leaf("b", 8000, 1)), 4)))
        .hasSize(5)
        .startsWith("public.a:0-", "public.b:0-2000");
  }

  @Test
  void namesTheLayoutByFilesOnDisk() {
    CopyPlan before = CopyPlanner.plan(List.of(new Leaf(1, 2, new TableId("s", "t"), 1, 1)), 1);
    CopyPlan after = CopyPlanner.plan(List.of(new Leaf(1, 3, new TableId("s", "t"), 1, 1)), 1);
    assertThat(before.layout()).isNotEqualTo(after.layout());
  }

  @Test
  void readsIdsBack() {
    for (PageRange range :
        List.of(
            new PageRange(new TableId("a.b", "c:\"d-1"), 0, 5),
            new PageRange(new TableId("public", "t"), 5, PageRange.OPEN))) {
      assertThat(PageRange.parse(range.id())).isEqualTo(range);
    }
    assertThatThrownBy(() -> PageRange.parse("public.t")).isInstanceOf(LeatException.class);
  }

  @Test
  void leavesOutConditionsThatEveryRowMeets() {
    TableId table = new TableId("public", "t");
    assertThat(new PageRange(table, 0, PageRange.OPEN).condition()).isEmpty();
    assertThat(new PageRange(table, 0, 9).condition()).isEqualTo("ctid < '(9,0)'::tid");
    assertThat(new PageRange(table, 9, 12).condition())
        .isEqualTo("ctid >= '(9,0)'::tid AND ctid < '(12,0)'::tid");
  }
}

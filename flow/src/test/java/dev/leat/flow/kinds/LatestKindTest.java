package dev.leat.flow.kinds;

import static org.assertj.core.api.Assertions.assertThat;

import dev.leat.spi.instruction.JoinType;
import dev.leat.spi.instruction.Order;
import dev.leat.spi.instruction.Projection;
import dev.leat.spi.instruction.Relation;
import dev.leat.spi.instruction.Write;
import dev.leat.spi.kind.StepNode.Increment;
import dev.leat.spi.schema.TableId;
import java.util.List;
import org.junit.jupiter.api.Test;

class LatestKindTest {
  private static final TableId LOG = TableId.parse("bronze.log");
  private static final Relation SCAN = new Relation.Scan(LOG);

  private static Given history() {
    return Given.a("latest")
        .from("bronze.log")
        .with("key", List.of("id"))
        .table(
            "bronze.log",
            "id INT64",
            "doc",
            "count INT64",
            "_leat_op",
            "_leat_lsn",
            "_leat_ordinal INT64",
            "_leat_committed_at TIMESTAMP_TZ",
            "_leat_unchanged");
  }

  private static Given own() {
    return Given.a("latest")
        .from("bronze.log")
        .with("key", List.of("id"))
        .with("order_by", List.of("changed_at"))
        .table("bronze.log", "id INT64", "name", "gone BOOLEAN", "changed_at TIMESTAMP");
  }

  @Test
  void takesTheLastRowPerKeyInTheGivenOrder() {
    assertThat(own().with("deleted", "gone").with("drop", List.of("gone")).made().query())
        .isEqualTo(
            new Relation.Latest(
                SCAN, List.of("id"), List.of("changed_at"), "gone", List.of("gone")));
    assertThat(own().made().write()).isEqualTo(new Write.Replace());
    assertThat(own().node().key()).containsExactly("id");
  }

  @Test
  void ordersAReplicationsHistoryByItsPositions() {
    Relation.Latest latest = (Relation.Latest) history().made().query();
    assertThat(latest.order()).containsExactly("_leat_position");
    assertThat(latest.deleted()).isEqualTo("\"_leat_op\" = 'D'");
    assertThat(latest.drop())
        .containsExactly(
            "_leat_op",
            "_leat_lsn",
            "_leat_ordinal",
            "_leat_committed_at",
            "_leat_unchanged",
            "_leat_position");
  }

  @Test
  void forgetsWhatCameBeforeATruncate() {
    Relation.Latest latest =
        (Relation.Latest)
            history()
                .table("bronze.log", "id INT64", "_leat_op", "_leat_lsn", "_leat_ordinal INT64")
                .made()
                .query();
    Relation.Join since = (Relation.Join) latest.log();
    assertThat(since.type()).isEqualTo(JoinType.INNER);
    assertThat(since.condition())
        .isEqualTo("r.\"_leat_truncated\" IS NULL OR l.\"_leat_position\" > r.\"_leat_truncated\"");
    Relation.Aggregate last = (Relation.Aggregate) since.right();
    assertThat(last.by()).isEmpty();
    assertThat(((Relation.Filter) last.input()).condition()).isEqualTo("\"_leat_op\" = 'T'");
  }

  @Test
  void takesValuesThatDidNotChangeFromTheLastChangeThatHasThem() {
    Relation.Latest latest = (Relation.Latest) history().made().query();
    Relation.Select select = (Relation.Select) latest.log();
    assertThat(select.columns())
        .contains(
            new Projection("doc", "\"_leat_last_doc\""), new Projection("count", "\"count\""));
    assertThat(((Relation.Window) select.input()).columns())
        .containsExactly(
            new Projection(
                "_leat_last_doc",
                "FIRST_VALUE(\"doc\") OVER (PARTITION BY \"id\" ORDER BY CASE WHEN"
                    + " POSITION('\"doc\"' IN COALESCE(\"_leat_unchanged\", '')) > 0 THEN 1 ELSE 0"
                    + " END, \"_leat_position\" DESC)"));
  }

  @Test
  void refusesAHistoryThatDoesNotSayWhatDidNotChange() {
    history()
        .table(
            "bronze.log",
            "id INT64",
            "doc",
            "_leat_lsn",
            "_leat_ordinal INT64",
            "_leat_unchanged TEXT[]")
        .isRefused("_leat_unchanged of bronze.log is not a text");
  }

  @Test
  void takesAHistoryWhoseValuesAreAlwaysSentAsItIs() {
    assertThat(
            history()
                .table(
                    "bronze.log",
                    "id INT64",
                    "count INT64",
                    "_leat_lsn",
                    "_leat_ordinal INT64",
                    "_leat_unchanged TEXT[]")
                .made()
                .query())
        .isInstanceOf(Relation.Latest.class);
  }

  @Test
  void readsEverythingInTheFirstIncrementalRun() {
    Given step = own().with("incremental", true).with("deleted", "gone").existing("gold.made");
    assertThat(step.made().query())
        .isEqualTo(
            new Relation.Select(
                new Relation.Dedupe(
                    SCAN,
                    List.of("id"),
                    List.of(
                        Order.ascending("CASE WHEN \"changed_at\" IS NULL THEN 0 ELSE 1 END"),
                        Order.descending("\"changed_at\""))),
                List.of(
                    new Projection("id", "\"id\""),
                    new Projection("name", "\"name\""),
                    new Projection("gone", "\"gone\""),
                    new Projection("changed_at", "\"changed_at\""),
                    new Projection("_leat_deleted", "CASE WHEN (gone) THEN TRUE ELSE FALSE END"))));
    assertThat(step.made().write()).isEqualTo(new Write.Merge(List.of("id"), "_leat_deleted"));
    assertThat(step.node().increment())
        .isEqualTo(new Increment(LOG, List.of("\"changed_at\""), null, true));
  }

  @Test
  void makesOnlyKeysWithNewChangesAgain() {
    Given step =
        own()
            .with("incremental", true)
            .with("arrival", "loaded_no")
            .table("bronze.log", "id INT64", "name", "changed_at TIMESTAMP", "loaded_no INT64")
            .watermark("17");
    Relation.Select select = (Relation.Select) step.made().query();
    assertThat(((Relation.Dedupe) select.input()).input())
        .isEqualTo(
            new Relation.Join(
                SCAN,
                new Relation.Filter(SCAN, "\"loaded_no\" > 17"),
                JoinType.SEMI,
                "l.\"id\" = r.\"id\"",
                List.of()));
  }

  @Test
  void removesRowsThatANewTruncateRemoves() {
    Given step = history().with("incremental", true).watermark("00F").existing("gold.made");
    Relation.Union union = (Relation.Union) step.made().query();
    assertThat(union.inputs()).hasSize(2);
    Relation.Select gone = (Relation.Select) union.inputs().get(1);
    assertThat(gone.columns()).endsWith(new Projection("_leat_deleted", "TRUE"));
    Relation.Join typed = (Relation.Join) gone.input();
    Relation.Join kept = (Relation.Join) typed.left();
    assertThat(kept.type()).isEqualTo(JoinType.ANTI);
    Relation.Join truncated = (Relation.Join) kept.left();
    assertThat(truncated.type()).isEqualTo(JoinType.SEMI);
    assertThat(((Relation.Filter) truncated.right()).condition())
        .isEqualTo("(\"_leat_op\" = 'T') AND (\"_leat_position\" > '00F')");
  }

  @Test
  void readsCopiedRowsAgainUntilThereWasAChange() {
    Given step = history().with("incremental", true).watermark("").existing("gold.made");
    assertThat(step.made().query()).isInstanceOf(Relation.Select.class);
  }

  @Test
  void refusesOptionsThatDoNotGoTogether() {
    own().from().isRefusedAtOnce("it does not say what it reads");
    own().from("bronze.a", "bronze.b").isRefusedAtOnce("from names 2");
    own().into("bronze.log").isRefusedAtOnce("it reads bronze.log, which it makes");
    own().with("key", List.of()).isRefusedAtOnce("key names no column");
    own().with("drop", List.of("id")).isRefusedAtOnce("id is in key and in drop");
    own().with("arrival", "name").isRefusedAtOnce("arrival goes only with incremental");
    own()
        .with("incremental", true)
        .with("order_by", List.of("a", "b"))
        .isRefusedAtOnce("orders changes by several columns");
    own().write(new Write.Append()).isRefusedAtOnce("kind latest cannot write with mode append");
    own().with("key", List.of("nothing")).isRefused("bronze.log has no column nothing");
    own().with("order_by", List.of()).isRefused("is not a replication's history");
  }
}

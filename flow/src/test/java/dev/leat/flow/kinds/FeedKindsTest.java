package dev.leat.flow.kinds;

import static org.assertj.core.api.Assertions.assertThat;

import dev.leat.spi.instruction.Relation;
import dev.leat.spi.instruction.Write;
import dev.leat.spi.kind.StepNode.Increment;
import dev.leat.spi.schema.TableId;
import java.util.List;
import org.junit.jupiter.api.Test;

class FeedKindsTest {
  private static final TableId LANDING = TableId.parse("bronze.drops");

  private static Given feed() {
    return Given.a("change_feed")
        .from("bronze.drops")
        .with("key", List.of("id"))
        .table("bronze.drops", "id INT64", "name", "price INT64", "_leat_file", "_leat_batch DATE");
  }

  @Test
  void comparesAllColumnsByDefault() {
    assertThat(feed().made().query())
        .isEqualTo(
            new Relation.ChangeFeed(
                new Relation.Scan(LANDING),
                "_leat_batch",
                List.of("id"),
                List.of("name", "price"),
                false,
                null));
    assertThat(feed().made().write()).isEqualTo(new Write.Append());
    assertThat(feed().node().key()).containsExactly("id", "_leat_batch");
    assertThat(feed().node().increment())
        .isEqualTo(new Increment(LANDING, List.of("\"_leat_batch\""), null, true));
  }

  @Test
  void classifiesOnlyBatchesAfterTheLast() {
    Relation.ChangeFeed days = (Relation.ChangeFeed) feed().watermark("2024-05-01").made().query();
    assertThat(days.after()).isEqualTo("DATE '2024-05-01'");
    Relation.ChangeFeed numbers =
        (Relation.ChangeFeed)
            feed()
                .with("batch", "no")
                .with("compare", List.of("name"))
                .with("unchanged", true)
                .table("bronze.drops", "id INT64", "name", "no INT64")
                .watermark("41")
                .made()
                .query();
    assertThat(numbers.after()).isEqualTo("41");
    assertThat(numbers.unchanged()).isTrue();
  }

  @Test
  void refusesFeedsThatCannotBe() {
    feed()
        .write(new Write.Replace())
        .isRefusedAtOnce("kind change_feed cannot write with mode replace");
    feed().with("compare", List.of("id")).isRefusedAtOnce("id is in key and in compare");
    feed().with("batch", "id").isRefusedAtOnce("id is in batch and in key");
    feed().with("batch", "day").isRefused("bronze.drops has no column day");
    feed()
        .table("bronze.drops", "id INT64", "_leat_batch JSON")
        .watermark("{}")
        .isRefused("_leat_batch of bronze.drops is JSON, which has no order");
  }

  private static Given postings() {
    return Given.a("delta_transaction")
        .from("silver.feed")
        .with("key", List.of("id"))
        .with("measures", List.of("price"))
        .table(
            "silver.feed",
            "id INT64",
            "_leat_change",
            "name",
            "price DECIMAL(10,2)",
            "_leat_old_name",
            "_leat_old_price DECIMAL(10,2)",
            "_leat_batch DATE");
  }

  @Test
  void postsMeasuresWithAllOtherColumns() {
    assertThat(postings().made().query())
        .isEqualTo(
            new Relation.DeltaTransaction(
                new Relation.Scan(TableId.parse("silver.feed")),
                "_leat_batch",
                List.of("id"),
                List.of("name"),
                List.of("price")));
    assertThat(postings().made().write()).isEqualTo(new Write.Append());
    assertThat(postings().node().key()).containsExactly("id", "_leat_batch", "_leat_posting");
    assertThat(postings().node().increment())
        .isEqualTo(
            new Increment(TableId.parse("silver.feed"), List.of("\"_leat_batch\""), null, false));
  }

  @Test
  void refusesPostingsOfWhatIsNoFeedOrNoNumber() {
    postings().with("measures", List.of()).isRefusedAtOnce("measures names no column");
    postings()
        .with("columns", List.of("price"))
        .isRefusedAtOnce("price is in measures and in columns");
    postings()
        .with("measures", List.of("name"))
        .isRefused("name of silver.feed is TEXT, not a number");
    postings()
        .table("silver.feed", "id INT64", "price INT64", "_leat_batch DATE")
        .isRefused("silver.feed has no column _leat_change");
    postings()
        .table("silver.feed", "id INT64", "_leat_change", "price INT64", "_leat_batch DATE")
        .isRefused("silver.feed has no column _leat_old_price");
  }
}

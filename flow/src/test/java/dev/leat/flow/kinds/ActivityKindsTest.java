package dev.leat.flow.kinds;

import static org.assertj.core.api.Assertions.assertThat;

import dev.leat.spi.instruction.JoinType;
import dev.leat.spi.instruction.Projection;
import dev.leat.spi.instruction.Relation;
import dev.leat.spi.instruction.Write;
import dev.leat.spi.kind.StepNode.Increment;
import dev.leat.spi.schema.TableId;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ActivityKindsTest {
  private static final TableId EVENTS = TableId.parse("bronze.events");
  private static final Relation ALL =
      new Relation.Filter(new Relation.Scan(EVENTS), "\"visitor\" IS NOT NULL");

  private static Given sessions() {
    return Given.a("sessionize")
        .from("bronze.events")
        .with("key", List.of("visitor"))
        .with("time", "at")
        .with("gap", Duration.ofMinutes(30))
        .table("bronze.events", "visitor", "at TIMESTAMP", "received TIMESTAMP_TZ", "url");
  }

  @Test
  void makesAllSessionsByDefault() {
    Given step = sessions().with("measures", Map.of("pages", "COUNT(DISTINCT url)"));
    assertThat(step.made().query())
        .isEqualTo(
            new Relation.Sessionize(
                ALL,
                List.of("visitor"),
                "at",
                1800,
                List.of(new Projection("pages", "COUNT(DISTINCT url)"))));
    assertThat(step.made().write()).isEqualTo(new Write.Replace());
    assertThat(step.node().key()).containsExactly("visitor", "session_no");
    assertThat(step.node().increment()).isNull();
  }

  @Test
  void makesSessionsOfKeysWithNewEventsAgain() {
    Given step =
        sessions()
            .with("incremental", true)
            .with("arrival", "received")
            .watermark("2024-05-01 10:00:00+00");
    assertThat(((Relation.Sessionize) step.made().query()).events())
        .isEqualTo(
            new Relation.Join(
                ALL,
                new Relation.Filter(
                    new Relation.Scan(EVENTS),
                    "\"received\" > TIMESTAMP WITH TIME ZONE '2024-05-01 10:00:00'"),
                JoinType.SEMI,
                "l.\"visitor\" = r.\"visitor\"",
                List.of()));
    assertThat(step.made().write()).isEqualTo(new Write.ReplaceKeys(List.of("visitor")));
    assertThat(step.node().increment())
        .isEqualTo(new Increment(EVENTS, List.of("\"received\""), null, true));
  }

  @Test
  void refusesSessionsThatCannotBe() {
    sessions().with("gap", Duration.ZERO).isRefusedAtOnce("gap is not whole seconds");
    sessions().with("gap", Duration.ofMillis(1500)).isRefusedAtOnce("gap is not whole seconds");
    sessions().with("arrival", "received").isRefusedAtOnce("arrival goes only with incremental");
    sessions()
        .with("measures", Map.of("events", "SUM(1)"))
        .isRefusedAtOnce("measure events has the name of another column");
    sessions()
        .with("incremental", true)
        .write(new Write.Append())
        .isRefusedAtOnce("the sessions of a key are always replaced");
    sessions().write(new Write.Append()).isRefusedAtOnce("cannot write with mode append");
    sessions().with("time", "url").isRefused("url of bronze.events is TEXT, not a date");
    sessions().with("key", List.of("who")).isRefused("bronze.events has no column who");
  }

  private static Given growth() {
    return Given.a("growth_accounting")
        .from("bronze.events")
        .with("user", List.of("visitor"))
        .with("time", "at")
        .table("bronze.events", "visitor", "at DATE");
  }

  @Test
  void accountsForGrowth() {
    assertThat(growth().with("period", "week").made().query())
        .isEqualTo(
            new Relation.GrowthAccounting(
                new Relation.Scan(EVENTS), List.of("visitor"), "at", "week"));
    growth()
        .with("time", "visitor")
        .with("period", "day")
        .isRefused("visitor of bronze.events is TEXT");
    growth().with("user", List.of("status")).isRefusedAtOnce("status is in user");
    growth().write(new Write.Append()).isRefusedAtOnce("cannot write with mode append");
  }

  private static Given snapshot(String period) {
    return Given.a("snapshot")
        .from("bronze.events")
        .with("period", period)
        .table("bronze.events", "visitor", "at DATE");
  }

  @Test
  void keepsASnapshotPerPeriod() {
    assertThat(snapshot("day").made().query())
        .isEqualTo(
            new Relation.Snapshot(new Relation.Scan(EVENTS), "snapshot_date", "DATE '2024-05-16'"));
    assertThat(snapshot("day").made().write())
        .isEqualTo(new Write.ReplacePartition("snapshot_date"));
    assertThat(at("hour")).isEqualTo("TIMESTAMP '2024-05-16 10:00:00'");
    assertThat(at("week")).isEqualTo("DATE '2024-05-13'");
    assertThat(at("month")).isEqualTo("DATE '2024-05-01'");
    assertThat(snapshot("day").with("key", List.of("visitor")).node().key())
        .containsExactly("visitor", "snapshot_date");
  }

  private static String at(String period) {
    return ((Relation.Snapshot) snapshot(period).made().query()).at();
  }

  @Test
  void refusesSnapshotsThatCannotBe() {
    snapshot("day").with("column", "at").isRefused("bronze.events has a column at already");
    snapshot("day").write(new Write.Append()).isRefusedAtOnce("cannot write with mode append");
    snapshot("day").with("key", List.of("no")).isRefused("bronze.events has no column no");
  }
}

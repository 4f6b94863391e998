package dev.leat.flow.kinds;

import static org.assertj.core.api.Assertions.assertThat;

import dev.leat.spi.engine.FileLayout;
import dev.leat.spi.instruction.Relation;
import dev.leat.spi.instruction.Write;
import dev.leat.spi.kind.StepNode.Increment;
import dev.leat.spi.kind.StepWork;
import dev.leat.spi.schema.TableId;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class WorkKindsTest {
  private static final TableId ORDERS = TableId.parse("gold.orders");

  private static Given export(String path) {
    return Given.a("export")
        .from("gold.orders")
        .into("export.it")
        .with("path", path)
        .table("gold.orders", "id INT64", "day DATE", "updated_at TIMESTAMP");
  }

  @Test
  void writesADatasetIntoAFile() {
    assertThat(export("out/orders_{time:yyyy-MM-dd_HHmm}.csv").node().work())
        .isEqualTo(
            new StepWork.Export(
                new Relation.Scan(ORDERS),
                "out/orders_2024-05-16_1011.csv",
                FileLayout.of("csv"),
                false,
                false,
                false));
    assertThat(export("out/o.csv").node().name()).isEqualTo(TableId.parse("export.it"));
  }

  @Test
  void writesPartitionsIntoAFolder() {
    StepWork.Export work =
        (StepWork.Export)
            export("s3://lake/orders")
                .with("format", "parquet")
                .with("partition", List.of("day"))
                .node()
                .work();
    assertThat(work.layout().partition()).containsExactly("day");
    assertThat(work.layout().format()).isEqualTo("parquet");
    assertThat(work.folder()).isTrue();
    assertThat(work.adds()).isFalse();
    assertThat(work.path()).isEqualTo("s3://lake/orders");
  }

  private static Given changed(String path) {
    return export(path)
        .with("only", "changed")
        .table("incremental", Map.of("column", List.of("updated_at")));
  }

  @Test
  void writesOnlyWhatIsNew() {
    assertThat(changed("o_{time:yyyyMMddHHmmss}.json").node().increment())
        .isEqualTo(new Increment(ORDERS, List.of("\"updated_at\""), null, false));
  }

  @Test
  void addsWhatIsNewToAFolder() {
    StepWork.Export work =
        (StepWork.Export)
            changed("out/orders")
                .with("format", "csv")
                .with("compression", "gzip")
                .with("delimiter", ";")
                .with("compact", true)
                .node()
                .work();
    assertThat(work.folder() && work.adds() && work.compact()).isTrue();
    assertThat(work.layout())
        .isEqualTo(
            new FileLayout(
                "csv", Map.of("compression", "gzip", "delimiter", ";"), List.of(), 128_000_000));
  }

  @Test
  void knowsAFormatByTheEndOfThePath() {
    StepWork.Export work = (StepWork.Export) export("out/o.csv.gz").node().work();
    assertThat(work.layout().options()).isEqualTo(Map.of("compression", "gzip"));
    assertThat(work.folder()).isFalse();
  }

  @Test
  void refusesExportsThatCannotBe() {
    export("o.csv").with("target_size", 1_000_000L).isRefusedAtOnce("target_size makes several");
    export("o").with("format", "csv").with("target_size", 1L).isRefusedAtOnce("less than 10 kB");
    export("o.parquet").with("delimiter", ";").isRefusedAtOnce("which is for CSV only");
    export("o.csv").with("delimiter", "||").isRefusedAtOnce("not one character");
    export("o.csv").with("compression", "snappy").isRefusedAtOnce("for Parquet only");
    export("o.csv").with("compact", true).isRefusedAtOnce("compacts files of earlier runs");
    export("orders").isRefusedAtOnce("path does not end as one of the formats");
    export("o_{date}.csv").isRefusedAtOnce("a brace that is no {time:…}");
    export("o_{time:bad pattern}.csv").isRefusedAtOnce("none of a time");
    export(" ").with("format", "csv").isRefusedAtOnce("path is empty");
    export("o.csv").write(new Write.Append()).isRefusedAtOnce("it has write");
    export("o.csv").with("partition", List.of("day")).isRefusedAtOnce("partition makes folders");
    export("o").with("format", "csv").with("partition", List.of("no")).isRefused("no column no");
    export("o.csv").with("only", "changed").isRefusedAtOnce("does not say which are new");
    changed("o.csv").with("only", "all").isRefusedAtOnce("writes all rows and has incremental");
    changed("o.csv").isRefusedAtOnce("over those of the run before");
  }

  private static Given task() {
    return Given.a("task").into("task.it");
  }

  @Test
  void runsACommand() {
    assertThat(task().with("command", List.of("python3", "a.py")).node().work())
        .isEqualTo(new StepWork.Run(List.of("python3", "a.py"), Duration.ofHours(1)));
    Given step =
        task()
            .with("command", List.of("true"))
            .with("timeout", Duration.ofSeconds(5))
            .from("gold.orders");
    assertThat(step.inputs()).containsExactly("gold.orders");
    assertThat(step.node().work())
        .isEqualTo(new StepWork.Run(List.of("true"), Duration.ofSeconds(5)));
  }

  @Test
  void asksAQuestion() {
    String query = "SELECT COUNT(*) > 0 FROM bronze.orders";
    Given step = task().with("condition", query);
    assertThat(step.inputs()).containsExactly("bronze.orders");
    assertThat(step.node().work()).isEqualTo(new StepWork.Condition(new Relation.Sql(query)));
  }

  @Test
  void refusesTasksThatAreNoneOrTwo() {
    task().isRefusedAtOnce("it has nothing to do");
    task()
        .with("command", List.of("a"))
        .with("condition", "b")
        .isRefusedAtOnce("it has command and condition");
    task().with("command", List.of(" ")).isRefusedAtOnce("names no program");
    task().with("condition", " ").isRefusedAtOnce("its condition is empty");
    task()
        .with("command", List.of("a"))
        .write(new Write.Append())
        .isRefusedAtOnce("it has write and makes no dataset");
  }
}

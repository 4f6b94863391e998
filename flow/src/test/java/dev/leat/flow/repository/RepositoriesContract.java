package dev.leat.flow.repository;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.leat.flow.check.CheckModel.Severity;
import dev.leat.spi.error.LeatException;
import dev.leat.spi.repository.Documents;
import dev.leat.spi.schema.Column;
import dev.leat.spi.schema.ColumnChange;
import dev.leat.spi.schema.LogicalType;
import dev.leat.spi.schema.LogicalType.Primitive;
import dev.leat.spi.schema.TableId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What the repositories do, on whatever store of documents. */
public interface RepositoriesContract {
  Instant TEN = Instant.parse("2026-11-25T10:15:30.123456Z");
  TableId ORDERS = new TableId("gold", "daily.\"orders\"");
  Column ID = new Column("id", Primitive.INT64, false, "bigint");
  Column TOTAL = new Column(2, "total", new LogicalType.Decimal(10, 2), true, "numeric(10,2)");
  Column TAGS = new Column("täg/s", new LogicalType.ListOf(Primitive.TEXT), true, "text[]");

  /** Opens a store that is empty at the first call in a test, and has what it had at others. */
  Documents open();

  @Test
  default void datasetsAreFoundAsTheyWereSaved() {
    Dataset orders =
        new Dataset(
            ORDERS,
            "Orders per day",
            "sales",
            List.of(ID, TOTAL, TAGS),
            List.of("id"),
            "shop",
            "daily",
            "warehouse",
            TEN);
    Dataset other =
        new Dataset(
            new TableId("bronze", "x"), "", "", List.of(), List.of(), "shop", "x", "main", TEN);
    try (Documents documents = open()) {
      DatasetRepository datasets = new DocumentDatasetRepository(documents);
      datasets.save(other);
      datasets.save(orders);
      datasets.save(orders);
    }
    try (Documents documents = open()) {
      DatasetRepository datasets = new DocumentDatasetRepository(documents);
      assertThat(datasets.find(ORDERS)).contains(orders);
      assertThat(datasets.find(ORDERS).map(Dataset::layer)).contains(Layer.GOLD);
      assertThat(datasets.list()).containsExactly(other, orders);
      datasets.delete(ORDERS);
      datasets.delete(ORDERS);
      assertThat(datasets.find(ORDERS)).isEmpty();
      assertThat(datasets.list()).containsExactly(other);
    }
  }

  @Test
  default void aFlowHasANewVersionOnlyIfItChanged() {
    try (Documents documents = open()) {
      FlowRepository flows = new DocumentFlowRepository(documents);
      FlowDefinition first = flows.save("shop", "a = 1", Map.of("gold.x", "{}"), TEN);
      FlowDefinition same = flows.save("shop", "a = 1", Map.of("gold.x", "{}"), TEN.plusSeconds(1));
      FlowDefinition text = flows.save("shop", "a = 2", Map.of("gold.x", "{}"), TEN.plusSeconds(2));
      FlowDefinition instruction =
          flows.save("shop", "a = 2", Map.of("gold.x", "{1}"), TEN.plusSeconds(3));
      flows.save("shop2", "b", Map.of(), TEN);

      assertThat(first.version()).isEqualTo(1);
      assertThat(same).isEqualTo(first);
      assertThat(text.version()).isEqualTo(2);
      assertThat(text.fingerprint()).isEqualTo(first.fingerprint());
      assertThat(instruction.hash()).isEqualTo(text.hash());
      assertThat(instruction.fingerprint()).isNotEqualTo(text.fingerprint());
      assertThat(flows.latest("shop")).contains(instruction);
      assertThat(flows.find("shop", 2)).contains(text);
      assertThat(flows.find("shop", 4)).isEmpty();
      assertThat(flows.history("shop", 2)).containsExactly(instruction, text);
      assertThat(flows.latest("sho")).isEmpty();
    }
  }

  @Test
  default void versionsHaveNoGapsWhenSeveralSaveAtTheSameTime() throws Exception {
    try (Documents documents = open();
        ExecutorService threads = Executors.newFixedThreadPool(4)) {
      FlowRepository flows = new DocumentFlowRepository(documents);
      List<Future<FlowDefinition>> saved = new ArrayList<>();
      for (int i = 0; i < 12; i++) {
        String text = "a = " + i;
        saved.add(threads.submit(() -> flows.save("shop", text, Map.of(), TEN)));
      }
      for (Future<FlowDefinition> each : saved) {
        assertThat(flows.find("shop", each.get().version())).contains(each.get());
      }
      assertThat(flows.history("shop", 100))
          .extracting(FlowDefinition::version)
          .containsExactlyElementsOf(IntStream.rangeClosed(1, 12).mapToObj(i -> 13L - i).toList());
    }
  }

  @Test
  default void schemasAreAppendedWithWhatChanged() {
    Column wide = new Column("id", new LogicalType.Decimal(38, 0), false, "numeric(38,0)");
    Column sum = new Column("sum", TOTAL.type(), true, "numeric(10,2)");
    try (Documents documents = open()) {
      SchemaHistoryRepository history = new DocumentSchemaHistoryRepository(documents);
      Optional<SchemaChange> first = history.append(ORDERS, List.of(ID, TOTAL), "run1", TEN);
      assertThat(history.append(ORDERS, List.of(ID, TOTAL), "run2", TEN)).isEmpty();
      history.append(
          ORDERS,
          List.of(wide, sum, TAGS),
          List.of(new ColumnChange.Renamed(TOTAL, sum)),
          "run3",
          TEN.plusSeconds(5));

      assertThat(first).isPresent();
      assertThat(history.at(ORDERS, 1)).isEqualTo(first);
      assertThat(history.list(ORDERS)).extracting(SchemaChange::version).containsExactly(1L, 2L);
      assertThat(history.latest(ORDERS).orElseThrow().changes())
          .containsExactly(
              new ColumnChange.Renamed(TOTAL, sum),
              new ColumnChange.Retyped(ID, wide),
              new ColumnChange.Added(TAGS));
      assertThat(history.list(new TableId("gold", "daily"))).isEmpty();
    }
  }

  @Test
  default void aRunIsLoadedWithItsStepsAsTheyWereLastSaved() {
    RunHead run;
    StepRecord one = step("orders", "2026-11-24");
    StepRecord two = StepRecord.pending("orders", "2026-11-25", ORDERS);
    StepRecord three = StepRecord.pending("a step / with % signs", "", null);
    try (Documents documents = open()) {
      RunRepository runs = new DocumentRunRepository(documents);
      run = runs.begin("shop", "prod", "schedule", TEN);
      assertThat(RunIds.isId(run.id())).isTrue();
      assertThat(run.id()).startsWith("20261125-101530-");
      runs.save(run, three);
      runs.save(run, one);
      runs.save(run, two);
      runs.save(run, two.started(TEN.plusSeconds(1)));
      runs.save(
          run.ended(
              RunState.FAILED, TEN.plusSeconds(9), new ErrorRecord("X_Y", "broken", "fix it")));
      RunHead other = runs.begin("shop", "prod", "schedule", TEN);
      runs.save(other, one);
    }
    try (Documents documents = open()) {
      RunRepository runs = new DocumentRunRepository(documents);
      RunRecord loaded = runs.load("shop", run.id()).orElseThrow();
      assertThat(loaded.head())
          .isEqualTo(
              run.ended(
                  RunState.FAILED, TEN.plusSeconds(9), new ErrorRecord("X_Y", "broken", "fix it")));
      assertThat(loaded.steps()).containsExactly(three, one, two.started(TEN.plusSeconds(1)));
      assertThat(runs.load("shop", "20261125-101530-zzzz")).isEmpty();
      assertThat(runs.load("other", run.id())).isEmpty();
    }
  }

  @Test
  default void aStepOfAnEarlierVersionHasNeitherEdgesNorLineage() {
    try (Documents documents = open()) {
      RunRepository runs = new DocumentRunRepository(documents);
      RunHead run = runs.begin("shop", "", "command", TEN);
      runs.save(run, StepRecord.pending("orders", "", ORDERS));
      String key = documents.keys("run_steps", "", 1, false).getFirst();
      documents.put(
          "run_steps",
          key,
          "{\"format\":1,\"step\":\"orders\",\"unit\":\"\",\"state\":\"succeeded\",\"attempts\":1,"
              + "\"checks\":[],\"inputs\":[]}");

      StepRecord step = runs.load("shop", run.id()).orElseThrow().steps().getFirst();

      assertThat(step.state()).isEqualTo(StepState.SUCCEEDED);
      assertThat(step.upstream()).isEmpty();
      assertThat(step.lineage()).isEmpty();
      assertThat(step.tries()).isEmpty();
    }
  }

  @Test
  default void runsAreListedFromTheNewest() {
    try (Documents documents = open()) {
      RunRepository runs = new DocumentRunRepository(documents);
      RunHead first = runs.begin("shop", "prod", "command", TEN);
      RunHead third = runs.begin("shop", "prod", "command", TEN.plusSeconds(7200));
      RunHead second = runs.begin("shop", "dev", "command", TEN.plusSeconds(3600));
      runs.begin("shop/2", "test", "command", TEN);

      assertThat(runs.list("shop", 10)).containsExactly(third, second, first);
      assertThat(runs.list("shop", 2)).containsExactly(third, second);
      assertThat(runs.last("shop", "prod")).contains(third);
      assertThat(runs.last("shop", "dev")).contains(second);
      assertThat(runs.last("shop", "test")).isEmpty();
    }
  }

  @Test
  default void pruningKeepsTheNewestAndWhatIsNotOver() {
    try (Documents documents = open()) {
      RunRepository runs = new DocumentRunRepository(documents);
      RunHead running = runs.begin("shop", "", "command", TEN);
      List<RunHead> over = new ArrayList<>();
      for (int i = 1; i <= 4; i++) {
        RunHead head = runs.begin("shop", "", "command", TEN.plusSeconds(i));
        runs.save(head, step("orders", ""));
        RunHead ended = head.ended(RunState.SUCCEEDED, TEN.plusSeconds(60), null);
        runs.save(ended);
        over.add(ended);
      }
      RunHead elsewhere = runs.begin("other", "", "command", TEN);
      runs.save(elsewhere.ended(RunState.SUCCEEDED, TEN, null));

      assertThat(runs.prune("shop", 2)).isEqualTo(2);
      assertThat(runs.prune("shop", 2)).isEqualTo(0);
      assertThat(runs.list("shop", 10)).containsExactly(over.get(3), over.get(2), running);
      assertThat(runs.list("other", 10)).hasSize(1);
      assertThat(runs.load("shop", over.get(3).id()).orElseThrow().steps()).hasSize(1);
      assertThat(documents.keys("run_steps", "", 10, false)).hasSize(2);
    }
  }

  @Test
  default void aDocumentOfANewerOrDamagedFormIsAnErrorThatNamesIt() {
    try (Documents documents = open()) {
      DatasetRepository datasets = new DocumentDatasetRepository(documents);
      documents.put("datasets", "gold/x", "{\"format\":2}");
      assertThatThrownBy(() -> datasets.find(new TableId("gold", "x")))
          .isInstanceOf(LeatException.class)
          .hasMessageContaining("document gold/x of datasets in " + documents.describe())
          .hasMessageContaining("format 2");
      documents.put("datasets", "gold/x", "{\"format\":1,\"name\":");
      assertThatThrownBy(datasets::list)
          .isInstanceOf(LeatException.class)
          .hasMessageContaining("gold/x")
          .hasMessageContaining("is not JSON");
    }
  }

  private static StepRecord step(String name, String unit) {
    return StepRecord.pending(name, unit, ORDERS)
        .started(TEN)
        .withSql("SELECT 'é'")
        .withRows(10L, null)
        .withInputs(List.of(new InputRecord(new TableId("bronze", "orders"), "run1", null)))
        .withChecks(
            List.of(
                new CheckRecord("not_null.id", Severity.ERROR, false, 2, 10, "2 NULLs", ORDERS),
                new CheckRecord("rows", Severity.WARN, true, 0, 10, "", null)))
        .withUpstream(List.of("check.bronze.orders"))
        .withLineage(
            List.of(
                new ColumnRecord(
                    "id",
                    List.of(new ColumnRecord.Origin(new TableId("bronze", "orders"), "a \"b\""))),
                new ColumnRecord("one", List.of())))
        .withTries(
            List.of(
                new AttemptRecord(
                    TEN, TEN.plusSeconds(1), new ErrorRecord("NET", "cut", "plug it in")),
                new AttemptRecord(TEN.plusSeconds(2), null, null)))
        .ended(StepState.FAILED, TEN.plusSeconds(3), new ErrorRecord("CHECK", "2 NULLs", ""));
  }
}

package dev.leat.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.leat.flow.Place;
import dev.leat.flow.kinds.BuiltInKinds;
import dev.leat.flow.model.StepTestModel;
import dev.leat.spi.kind.StepKind;
import dev.leat.spi.schema.LogicalType;
import dev.leat.spi.schema.TableId;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class StepTestReaderTest {
  private static final String FLOW =
      """
      flow = "shop"
      [step.clean]
      kind = "sql"
      into = "silver.orders"
      sql  = "SELECT * FROM bronze.orders"
      [test.cleans]
      """;
  private static final TableId BRONZE = new TableId("bronze", "orders");
  private static final TableId SILVER = new TableId("silver", "orders");

  @Test
  void readsRowsWithTheirPlaces() {
    StepTestModel test =
        good(
            """
            step = "clean"
            now  = 2026-05-01T12:00:00+02:00
            given."bronze.orders" = [
              { id = 1, status = "new", note = {} },
              { id = 2, at = 2026-05-01, tags = ["a", "b"] },
            ]
            columns."bronze.orders" = { id = "int", amount = "decimal(10, 2)" }
            expect = [{ id = 1 }]
            expect_failed_checks = []
            """);
    assertThat(test.step()).isEqualTo("clean");
    assertThat(test.now()).contains(Instant.parse("2026-05-01T10:00:00Z"));
    StepTestModel.Rows rows = Objects.requireNonNull(test.given().get(BRONZE));
    assertThat(rows.columns()).containsExactly("id", "status", "note", "at", "tags");
    assertThat(rows.rows().getFirst().values())
        .containsEntry("id", 1L)
        .containsEntry("status", "new")
        .containsEntry("note", null);
    assertThat(rows.rows().get(1).place()).isEqualTo(new Place(11, 3));
    assertThat(test.columns().get(BRONZE))
        .containsEntry("id", LogicalType.Primitive.INT32)
        .containsEntry("amount", new LogicalType.Decimal(10, 2));
    assertThat(test.expect()).containsOnlyKeys(SILVER);
    assertThat(test.failedChecks()).contains(List.of());
  }

  @Test
  void readsWhatIsExpectedByDataset() {
    assertThat(good("step = \"clean\"\nexpect.\"silver.orders\" = []").expect())
        .containsOnlyKeys(SILVER);
  }

  @Test
  void tellsWhatIsWrongAndWhere() {
    assertThat(
            problems(
                """
                step = "clear"
                givn = 1
                given."bronze.orders" = [{ id = 1 }, 5]
                given."orders" = []
                columns."bronze.orders" = { id = "number" }
                expect = [{ id = { a = 1 } }]
                now = "noon"
                """))
        .containsExactly(
            "7:1 the flow has no step clear; did you mean clean?",
            "8:1 [test.cleans] has no key givn; did you mean given?",
            "9:1 given: expected schema.table, found: orders; write the schema, too, for example"
                + " silver.orders",
            "9:38 given.bronze.orders has something in it that is not a row; write [{ id = 1 }]",
            "11:29 column id of bronze.orders has a type that there is not; write id = \"BIGINT\","
                + " or one of "
                + String.join(", ", dev.leat.flow.check.ColumnTypeNames.known()),
            "13:1 now is not a time; write now = 2026-05-01T10:00:00Z");
  }

  @Test
  void wantsSomethingToBeExpected() {
    assertThat(problems("step = \"clean\""))
        .containsExactly(
            "6:1 [test.cleans] expects nothing; add expect = [{ id = 1, name = \"a\" }], or"
                + " expect_failed_checks = [\"unique.id\"]");
  }

  private static StepTestModel good(String test) {
    return read(test).model().tests().getFirst();
  }

  private static List<String> problems(String test) {
    FlowProblems problems = catchThrowableOfType(FlowProblems.class, () -> read(test));
    return problems.problems().stream()
        .map(p -> p.line() + ":" + p.column() + " " + p.sentence() + "; " + p.fix())
        .toList();
  }

  private static FlowFile read(String test) {
    Map<String, StepKind> kinds =
        BuiltInKinds.all().stream().collect(Collectors.toMap(StepKind::name, Function.identity()));
    return FlowFileReader.readText(
        Path.of("flow.toml"),
        FLOW + test,
        new Systems(Map.of(), Map.of(), Map.of(), Map.of(), Map.of(), kinds),
        Map.of());
  }
}

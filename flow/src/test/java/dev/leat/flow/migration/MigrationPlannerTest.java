package dev.leat.flow.migration;

import static dev.leat.flow.migration.Shapes.ORDERS;
import static dev.leat.flow.migration.Shapes.shape;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.leat.spi.error.ErrorCategory;
import dev.leat.spi.error.LeatException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class MigrationPlannerTest {

  private static List<Migration> plan(
      DatasetShape before,
      DatasetShape after,
      Map<String, String> renamed,
      Compatibility compatibility) {
    return MigrationPlanner.plan(
        List.of(new PlannedChange(before, after, renamed, compatibility)), DuckDb.dialect());
  }

  @Test
  void aMigrationHasStatementsBothWaysAndSaysWhatIsLost() {
    Migration migration =
        plan(
                shape("id INT64, note TEXT, total DECIMAL(10,2)"),
                shape("nr INT64, total DECIMAL(8,2), day DATE"),
                Map.of("id", "nr"),
                Compatibility.NONE)
            .getFirst();

    String alter = "ALTER TABLE \"silver\".\"orders\" ";
    assertThat(migration.up())
        .containsExactly(
            alter + "DROP COLUMN \"note\"",
            alter + "RENAME COLUMN \"id\" TO \"nr\"",
            alter
                + "ALTER COLUMN \"total\" TYPE DECIMAL(8,2) USING CAST(\"total\" AS DECIMAL(8,2))",
            alter + "ADD COLUMN \"day\" DATE");
    assertThat(migration.down())
        .containsExactly(
            alter + "DROP COLUMN \"day\"",
            alter + "RENAME COLUMN \"nr\" TO \"id\"",
            alter
                + "ALTER COLUMN \"total\" TYPE DECIMAL(10,2) USING CAST(\"total\" AS DECIMAL(10,2))",
            alter + "ADD COLUMN \"note\" VARCHAR");
    assertThat(migration.lostByUp())
        .hasSize(2)
        .anySatisfy(loss -> assertThat(loss).startsWith("what DECIMAL(8,2) cannot hold"))
        .contains("the values of note");
    assertThat(migration.lostByDown()).containsExactly("the values of day");
    assertThat(migration.isReversible()).isFalse();
    assertThat(migration.id()).startsWith("silver.orders-");
  }

  @Test
  void whatNeedsNoStatementsIsNoMigration() {
    assertThat(
            plan(
                shape("id INT64, note TEXT"),
                shape("note TEXT !, id INT64 !", "id"),
                Map.of(),
                Compatibility.NONE))
        .isEmpty();
    assertThat(
            plan(
                DatasetShape.missing(ORDERS),
                DatasetShape.missing(ORDERS),
                Map.of(),
                Compatibility.NONE))
        .isEmpty();
  }

  @Test
  void datasetsComeAndGo() {
    DatasetShape orders = shape("id INT64 !", "id");
    Migration made =
        plan(DatasetShape.missing(ORDERS), orders, Map.of(), Compatibility.FULL).getFirst();
    Migration gone =
        plan(orders, DatasetShape.missing(ORDERS), Map.of(), Compatibility.NONE).getFirst();

    assertThat(made.up())
        .containsExactly(
            "CREATE SCHEMA IF NOT EXISTS \"silver\"",
            "CREATE TABLE \"silver\".\"orders\" (\"id\" BIGINT)");
    assertThat(made.down()).containsExactly("DROP TABLE \"silver\".\"orders\"");
    assertThat(made.isReversible()).isTrue();
    assertThat(gone.up()).isEqualTo(made.down());
    assertThat(gone.lostByUp()).containsExactly("all rows of silver.orders");
  }

  @Test
  void allThatIsNotCompatibleIsToldAtOnce() {
    assertThatThrownBy(
            () ->
                plan(
                    shape("id INT64, note TEXT !"),
                    shape("id INT32, day DATE !"),
                    Map.of(),
                    Compatibility.FULL))
        .isInstanceOfSatisfying(
            LeatException.class,
            error -> {
              assertThat(error.code().name()).isEqualTo("SCHEMA_INCOMPATIBLE");
              assertThat(error.category()).isEqualTo(ErrorCategory.SCHEMA);
              assertThat(error.fix()).contains("compatibility = \"none\"");
            })
        .hasMessageContaining(
            "silver.orders: column id is INT32, was INT64, but INT32 cannot hold every value of"
                + " INT64, and compatibility is full")
        .hasMessageContaining("column day (DATE, not NULL) is new, but rows that are there have no")
        .hasMessageContaining("column note is gone, but readers rely on a value in it");
  }

  @Test
  void equalChangesHaveEqualNames() {
    DatasetShape before = shape("id INT64");
    String one =
        plan(before, shape("id INT64, a TEXT"), Map.of(), Compatibility.NONE).getFirst().id();

    assertThat(
            plan(before, shape("id INT64, a TEXT"), Map.of(), Compatibility.NONE).getFirst().id())
        .isEqualTo(one);
    assertThat(
            plan(before, shape("id INT64, b TEXT"), Map.of(), Compatibility.NONE).getFirst().id())
        .isNotEqualTo(one);
  }
}

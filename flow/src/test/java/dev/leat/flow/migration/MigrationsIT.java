package dev.leat.flow.migration;

import static dev.leat.flow.migration.Shapes.ORDERS;
import static dev.leat.flow.migration.Shapes.shape;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.leat.flow.documents.MemoryDocuments;
import dev.leat.flow.migration.MigrationRecord.State;
import dev.leat.spi.engine.Engine;
import dev.leat.spi.error.LeatException;
import dev.leat.spi.schema.Column;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class MigrationsIT {
  private static final Instant NOW = Instant.parse("2026-11-25T10:15:30Z");
  private static final DatasetShape BEFORE = shape("id INT32, note TEXT");
  private static final DatasetShape AFTER = shape("nr INT64, day DATE");

  @TempDir private Path folder;
  private final MemoryDocuments documents = new MemoryDocuments();
  private final MigrationRepository repository = new DocumentMigrationRepository(documents, "main");
  private DuckDb duckdb;

  @BeforeEach
  void open() {
    duckdb = DuckDb.open(folder.resolve("it.duckdb"));
    duckdb
        .engine()
        .run(
            List.of(
                "CREATE SCHEMA silver",
                "CREATE TABLE silver.orders (id INTEGER, note VARCHAR)",
                "INSERT INTO silver.orders VALUES (1, 'x')"));
  }

  @AfterEach
  void close() {
    duckdb.close();
  }

  @Test
  void whatIsAppliedCanBeTakenBack() {
    List<MigrationRecord> applied = migrations(duckdb.engine()).apply(plan());

    assertThat(applied).extracting(MigrationRecord::state).containsExactly(State.APPLIED);
    assertThat(names()).containsExactly("nr", "day");
    assertThat(duckdb.engine().query("SELECT nr FROM silver.orders", 2).rows())
        .containsExactly(List.of("1"));

    List<MigrationRecord> back = migrations(duckdb.engine()).rollback(5);

    assertThat(back).extracting(MigrationRecord::state).containsExactly(State.ROLLED_BACK);
    assertThat(back.getFirst().rolledBackAt()).isEqualTo(NOW);
    assertThat(names()).containsExactly("id", "note");
    assertThat(duckdb.engine().query("SELECT id FROM silver.orders WHERE note IS NULL", 2).rows())
        .containsExactly(List.of("1"));
    assertThat(repository.list()).isEqualTo(back);
    assertThat(migrations(duckdb.engine()).rollback(1)).isEmpty();
  }

  @Test
  void applyingAgainChangesNothing() {
    migrations(duckdb.engine()).apply(plan());

    assertThat(migrations(duckdb.engine()).apply(plan())).isEmpty();
    assertThat(repository.list()).hasSize(1);
  }

  @Test
  void aTableThatIsNotAsItWasPlannedForIsLeftAlone() {
    duckdb.engine().run(List.of("ALTER TABLE silver.orders ADD COLUMN other INTEGER"));

    assertThatThrownBy(() -> migrations(duckdb.engine()).apply(plan()))
        .isInstanceOfSatisfying(
            LeatException.class,
            error -> assertThat(error.code().name()).isEqualTo("MIGRATION_STALE"));
    assertThat(names()).containsExactly("id", "note", "other");
    assertThat(repository.list()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aCrashWhileApplyingIsLookedUp(boolean after) {
    assertThatThrownBy(() -> migrations(crashing(after)).apply(plan())).isInstanceOf(Crash.class);
    assertThat(repository.list()).extracting(MigrationRecord::state).containsExactly(State.PENDING);

    migrations(duckdb.engine()).apply(plan());

    assertThat(names()).containsExactly("nr", "day");
    assertThat(repository.list()).extracting(MigrationRecord::state).containsExactly(State.APPLIED);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aCrashWhileRollingBackIsLookedUp(boolean after) {
    migrations(duckdb.engine()).apply(plan());
    assertThatThrownBy(() -> migrations(crashing(after)).rollback(1)).isInstanceOf(Crash.class);
    assertThat(repository.list())
        .extracting(MigrationRecord::state)
        .containsExactly(State.ROLLING_BACK);

    migrations(duckdb.engine()).rollback(1);

    assertThat(names()).containsExactly("id", "note");
    assertThat(repository.list())
        .extracting(MigrationRecord::state)
        .containsExactly(State.ROLLED_BACK);
  }

  @Test
  void aMigrationThatTheEngineRefusesChangesNothingAndIsForgotten() {
    duckdb.engine().run(List.of("INSERT INTO silver.orders VALUES (2, 'not a number')"));
    List<Migration> plan =
        MigrationPlanner.plan(
            BEFORE, shape("note INT64, extra TEXT"), DuckDb.dialect(), Compatibility.NONE);

    assertThatThrownBy(() -> migrations(duckdb.engine()).apply(plan))
        .isInstanceOfSatisfying(
            LeatException.class, error -> assertThat(error.context()).containsKey("migration"));
    assertThat(names()).containsExactly("id", "note");
    assertThat(repository.list()).isEmpty();
  }

  @Test
  void whatIsOpenAtAnotherEngineIsNotTouched() {
    MigrationRepository other = new DocumentMigrationRepository(documents, "main/2");
    MigrationRecord open =
        other.begin(
            MigrationPlanner.plan(
                    shape("x TEXT"), shape("y TEXT"), DuckDb.dialect(), Compatibility.NONE)
                .getFirst(),
            NOW);

    migrations(duckdb.engine()).apply(plan());

    assertThat(other.list()).containsExactly(open);
  }

  @Test
  void aDatasetComesAndGoes() {
    Migrations migrations = migrations(duckdb.engine());
    migrations.apply(
        MigrationPlanner.plan(
            BEFORE, DatasetShape.missing(ORDERS), DuckDb.dialect(), Compatibility.NONE));
    assertThat(duckdb.engine().columns(ORDERS)).isEmpty();

    migrations.rollback(1);

    assertThat(names()).containsExactly("id", "note");
  }

  private List<Migration> plan() {
    return MigrationPlanner.plan(
        List.of(new PlannedChange(BEFORE, AFTER, Map.of("id", "nr"), Compatibility.NONE)),
        DuckDb.dialect());
  }

  private Migrations migrations(Engine engine) {
    return new Migrations(engine, DuckDb.dialect(), repository, Clock.fixed(NOW, ZoneOffset.UTC));
  }

  private List<String> names() {
    return duckdb.engine().columns(ORDERS).orElseThrow().stream().map(Column::name).toList();
  }

  /** The engine, in a process that ends before or after it ran statements. */
  private Engine crashing(boolean after) {
    return (Engine)
        Proxy.newProxyInstance(
            Engine.class.getClassLoader(),
            new Class<?>[] {Engine.class},
            (_, method, arguments) -> {
              boolean run = method.getName().equals("run");
              if (run && !after) {
                throw new Crash();
              }
              try {
                Object result = method.invoke(duckdb.engine(), arguments);
                if (run) {
                  throw new Crash();
                }
                return result;
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }

  private static final class Crash extends Error {
    private static final long serialVersionUID = 1L;
  }
}

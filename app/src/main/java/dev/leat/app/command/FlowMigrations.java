package dev.leat.app.command;

import dev.leat.flow.engine.Environment;
import dev.leat.flow.engine.Workspace;
import dev.leat.flow.migration.Compatibility;
import dev.leat.flow.migration.DocumentMigrationRepository;
import dev.leat.flow.migration.Migration;
import dev.leat.flow.migration.MigrationPlanner;
import dev.leat.flow.migration.MigrationRecord;
import dev.leat.flow.migration.MigrationRepository;
import dev.leat.flow.migration.Migrations;
import dev.leat.flow.plan.FlowPlanner;
import dev.leat.flow.plan.ShapePlan;
import dev.leat.flow.repository.DatasetRepository;
import dev.leat.flow.repository.DocumentDatasetRepository;
import dev.leat.flow.run.DatasetRecorder;
import dev.leat.library.FlowEngines;
import dev.leat.library.FlowStore;
import dev.leat.spi.error.ErrorCategory;
import dev.leat.spi.error.ErrorCode;
import dev.leat.spi.error.LeatException;
import dev.leat.spi.plugin.DestinationConnector.Access;
import dev.leat.spi.repository.Documents;
import dev.leat.spi.schema.Column;
import dev.leat.spi.schema.ColumnChange;
import dev.leat.spi.schema.TableId;
import dev.leat.spi.sql.Dialect;
import dev.leat.spi.state.Lease;
import dev.leat.spi.state.StateStore;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The migrations of a flow's datasets, over all of its engines. What changes something is done by
 * one process at a time.
 */
final class FlowMigrations implements AutoCloseable {
  private static final ErrorCode LOSES = new ErrorCode("MIGRATION_LOSES", ErrorCategory.CONFIG);

  private final LoadedFlow flow;
  private final Environment environment;
  private final @Nullable StateStore state;
  private final @Nullable Lease lease;
  private final Documents documents;
  private final FlowEngines engines;

  /** A migration at an engine that is not made yet. */
  record Planned(String engine, Migration migration, boolean byRun) {}

  /** A migration at an engine that was begun. */
  record Begun(String engine, MigrationRecord record) {}

  /**
   * What is to be changed.
   *
   * @param unknown datasets whose columns are known only when their step is done
   * @param problems why steps cannot be planned
   */
  record Plan(List<Planned> migrations, List<TableId> unknown, List<LeatException> problems) {
    List<String> losses() {
      return migrations.stream()
          .flatMap(planned -> planned.migration().lostByUp().stream())
          .toList();
    }
  }

  /**
   * Opens what is needed.
   *
   * @param environment of null for the real tables
   * @param engine instead of the flow's; null for that
   * @param write whether something is going to be changed
   */
  FlowMigrations(
      LoadedFlow flow, @Nullable String environment, @Nullable String engine, boolean write) {
    this.flow = flow;
    this.environment = flow.environment(environment);
    this.state = write ? FlowStore.open(flow.stateFolder(), flow.name(), true) : null;
    Lease held = null;
    Documents opened = null;
    try {
      held = state == null ? null : state.acquire(flow.name(), FlowRun.holder(Path.of("")));
      opened = flow.documents(write);
      this.engines = flow.engines(engine, write ? Access.WRITE : Access.READ);
    } catch (RuntimeException e) {
      close(opened, held, state);
      throw e;
    }
    this.lease = held;
    this.documents = opened;
  }

  /**
   * What the datasets that are there need.
   *
   * @throws LeatException with code SCHEMA_INCOMPATIBLE if a change is not allowed
   */
  Plan plan(Compatibility compatibility) {
    ShapePlan shapes = shapes(compatibility);
    List<Planned> planned = new ArrayList<>();
    shapes
        .changes()
        .forEach(
            (engine, changes) ->
                MigrationPlanner.plan(changes, dialect(engine))
                    .forEach(
                        migration ->
                            planned.add(
                                new Planned(
                                    engine,
                                    migration,
                                    shapes.byRuns().contains(migration.dataset())))));
    return new Plan(planned, shapes.unknown(), shapes.problems());
  }

  private ShapePlan shapes(Compatibility compatibility) {
    DatasetRepository datasets = new DocumentDatasetRepository(documents);
    return ShapePlan.of(
        flow.model(),
        FlowPlanner.graph(flow.model()),
        new Workspace(flow.model(), engines, environment, Map.of()),
        datasets,
        compatibility,
        now());
  }

  /**
   * Makes what was planned.
   *
   * @throws LeatException category CONFIG, before anything is changed, if values would be lost and
   *     that was not accepted
   */
  List<Begun> apply(Plan plan, boolean acceptLoss) {
    if (!plan.losses().isEmpty() && !acceptLoss) {
      throw loses(
          plan.losses(),
          "look at `leat migrate plan`; to make the changes nevertheless, add --accept-loss");
    }
    List<Begun> made = new ArrayList<>();
    for (String engine : new TreeSet<>(plan.migrations().stream().map(Planned::engine).toList())) {
      List<Migration> here =
          plan.migrations().stream()
              .filter(planned -> planned.engine().equals(engine))
              .map(Planned::migration)
              .toList();
      for (MigrationRecord record : migrations(engine).apply(here)) {
        made.add(new Begun(engine, record));
        remember(engine, record.migration(), false);
      }
    }
    return made;
  }

  /** Those that a rollback would take back, from the newest. */
  List<Begun> newest(int last) {
    return list().stream()
        .filter(begun -> begun.record().state() == MigrationRecord.State.APPLIED)
        .limit(last)
        .toList();
  }

  /**
   * Takes back the last ones that were made.
   *
   * @throws LeatException category CONFIG, before anything is changed, if values are lost, or were
   *     lost by making it, and that was not accepted
   */
  List<Begun> rollback(int last, boolean acceptLoss) {
    List<Begun> chosen = newest(last);
    List<String> losses = chosen.stream().flatMap(b -> losses(b.record()).stream()).toList();
    if (!losses.isEmpty() && !acceptLoss) {
      throw loses(losses, "to take the changes back nevertheless, add --accept-loss");
    }
    List<Begun> back = new ArrayList<>();
    for (Begun begun : chosen) {
      for (MigrationRecord record : migrations(begun.engine()).rollback(1)) {
        back.add(new Begun(begun.engine(), record));
        remember(begun.engine(), record.migration(), true);
      }
    }
    return back;
  }

  /** What is gone after a migration was taken back. */
  static List<String> losses(MigrationRecord record) {
    List<String> losses = new ArrayList<>(record.migration().lostByDown());
    record.migration().lostByUp().forEach(loss -> losses.add(loss + " (they do not come back)"));
    return losses;
  }

  private LeatException loses(List<String> losses, String fix) {
    return new LeatException(LOSES, "values would be lost: " + String.join("; ", losses), fix);
  }

  /** All that were begun, from the newest. */
  List<Begun> list() {
    List<Begun> all = new ArrayList<>();
    for (String engine : names()) {
      repository(engine).list().forEach(record -> all.add(new Begun(engine, record)));
    }
    all.sort(
        Comparator.comparing((Begun begun) -> begun.record().at())
            .thenComparing(begun -> begun.record().number())
            .reversed());
    return all;
  }

  /** The engines that datasets of the flow may be in. */
  private Set<String> names() {
    TreeSet<String> names = new TreeSet<>(flow.model().engines().keySet());
    names.add(engines.usual());
    flow.model().steps().forEach(step -> step.engine().ifPresent(names::add));
    return names;
  }

  private void remember(String engine, Migration migration, boolean back) {
    TableId table = migration.dataset();
    List<Column> columns = engines.engine(engine).columns(table).orElse(List.of());
    new DatasetRecorder(documents, flow.name(), flow.model().owner())
        .migrated(
            table,
            columns,
            renamed(migration, columns, back),
            (back ? "rollback " : "migration ") + migration.id(),
            now());
  }

  /** Columns that have another name now, as the flow says. */
  private List<ColumnChange.Renamed> renamed(
      Migration migration, List<Column> columns, boolean back) {
    List<ColumnChange.Renamed> renamed = new ArrayList<>();
    flow.model().migrate().renamed().entrySet().stream()
        .filter(entry -> environment.written(entry.getKey()).equals(migration.dataset()))
        .flatMap(entry -> entry.getValue().entrySet().stream())
        .filter(
            names ->
                migration.before().containsKey(names.getKey())
                    && !migration.before().containsKey(names.getValue())
                    && migration.after().containsKey(names.getValue()))
        .forEach(
            names -> {
              String from = back ? names.getValue() : names.getKey();
              String to = back ? names.getKey() : names.getValue();
              columns.stream()
                  .filter(column -> column.name().equals(to))
                  .findFirst()
                  .ifPresent(
                      column ->
                          renamed.add(
                              new ColumnChange.Renamed(
                                  new Column(from, column.type(), column.nullable(), ""), column)));
            });
    return renamed;
  }

  private Migrations migrations(String engine) {
    return new Migrations(
        engines.engine(engine), dialect(engine), repository(engine), Clock.systemUTC());
  }

  private MigrationRepository repository(String engine) {
    String name = environment.name();
    return new DocumentMigrationRepository(
        documents, name.isEmpty() ? engine : engine + "@" + name);
  }

  private Dialect dialect(String engine) {
    return engines.connector(engine).dialect();
  }

  private static Instant now() {
    return Instant.now().truncatedTo(ChronoUnit.MILLIS);
  }

  @Override
  public void close() {
    try (StateStore _ = state;
        Lease _ = lease;
        Documents _ = documents) {
      engines.close();
    }
  }

  private static void close(
      @Nullable Documents documents, @Nullable Lease lease, @Nullable StateStore state) {
    try (StateStore _ = state;
        Lease _ = lease) {
      Optional.ofNullable(documents).ifPresent(Documents::close);
    }
  }
}

package dev.leat.flow.migration;

import dev.leat.spi.engine.Engine;
import dev.leat.spi.error.ErrorCategory;
import dev.leat.spi.error.ErrorCode;
import dev.leat.spi.error.LeatException;
import dev.leat.spi.schema.Column;
import dev.leat.spi.schema.TableId;
import dev.leat.spi.sql.Dialect;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;

/**
 * Makes migrations at an engine and takes them back, each in one transaction. Before, it is
 * recorded that one begins; what a crash left open is looked up at the engine the next time, so
 * that nothing is done twice.
 *
 * <p>One at a time for an engine: the caller holds the flow's lease.
 */
public final class Migrations {
  private static final ErrorCode MIGRATION_STALE =
      new ErrorCode("MIGRATION_STALE", ErrorCategory.SCHEMA);

  private final Engine engine;
  private final Dialect dialect;
  private final MigrationRepository repository;
  private final Clock clock;

  /**
   * Works at one engine.
   *
   * @param dialect the engine's
   * @param repository of this engine
   */
  public Migrations(Engine engine, Dialect dialect, MigrationRepository repository, Clock clock) {
    this.engine = engine;
    this.dialect = dialect;
    this.repository = repository;
    this.clock = clock;
  }

  /**
   * Makes what was planned, in order. One whose columns are there already is left out, so a plan
   * can be applied again.
   *
   * @return those that were made now
   * @throws LeatException with code MIGRATION_STALE, before anything is changed at that dataset, if
   *     its columns are not those that the plan was made for
   */
  public List<MigrationRecord> apply(List<Migration> plan) {
    settle();
    List<MigrationRecord> made = new ArrayList<>();
    for (Migration migration : plan) {
      SortedMap<String, String> columns = columns(migration.dataset());
      if (columns.equals(migration.after())) {
        continue;
      }
      if (!columns.equals(migration.before())) {
        throw stale(migration, "plan again");
      }
      MigrationRecord record = repository.begin(migration, clock.instant());
      run(record, migration.up());
      MigrationRecord applied = record.applied();
      repository.save(applied);
      made.add(applied);
    }
    return made;
  }

  /**
   * Takes back the last migrations that were made, from the newest. Columns that one had dropped
   * come back as the last ones and empty; {@link Migration#lostByUp()} and {@link
   * Migration#lostByDown()} say what is gone.
   *
   * @param last how many
   * @return those that were taken back
   * @throws LeatException with code MIGRATION_STALE, before anything is changed at that dataset, if
   *     its columns are not those that the migration made
   */
  public List<MigrationRecord> rollback(int last) {
    settle();
    List<MigrationRecord> applied =
        repository.list().stream()
            .filter(record -> record.state() == MigrationRecord.State.APPLIED)
            .limit(last)
            .toList();
    List<MigrationRecord> back = new ArrayList<>();
    for (MigrationRecord record : applied) {
      Migration migration = record.migration();
      if (!columns(migration.dataset()).equals(migration.after())) {
        throw stale(migration, "change them back by hand, or leave it as it is");
      }
      MigrationRecord begun = record.rollingBack(clock.instant());
      repository.save(begun);
      run(begun, migration.down());
      MigrationRecord done = begun.rolledBack();
      repository.save(done);
      back.add(done);
    }
    return back;
  }

  /** Runs statements; if they certainly changed nothing, their record says so again. */
  private void run(MigrationRecord record, List<String> statements) {
    try {
      engine.run(statements);
    } catch (LeatException e) {
      if (!e.category().retryable()) {
        settleAfter(e, record);
      }
      throw e.with("migration", record.migration().id());
    }
  }

  private void settleAfter(LeatException failure, MigrationRecord record) {
    try {
      settle(record);
    } catch (LeatException e) {
      failure.addSuppressed(e);
    }
  }

  /** Looks up what became of migrations that nobody knows the outcome of. */
  private void settle() {
    repository.list().forEach(this::settle);
  }

  private void settle(MigrationRecord record) {
    switch (record.state()) {
      case APPLIED, ROLLED_BACK -> {}
      case PENDING -> {
        if (isMade(record.migration())) {
          repository.save(record.applied());
        } else {
          repository.delete(record);
        }
      }
      case ROLLING_BACK ->
          repository.save(isMade(record.migration()) ? record.applied() : record.rolledBack());
    }
  }

  private boolean isMade(Migration migration) {
    SortedMap<String, String> columns = columns(migration.dataset());
    if (!columns.equals(migration.after()) && !columns.equals(migration.before())) {
      throw stale(
          migration,
          "it was interrupted, and the table was changed since: give it the columns from before"
              + " or after it");
    }
    return columns.equals(migration.after());
  }

  private SortedMap<String, String> columns(TableId dataset) {
    List<Column> columns = engine.columns(dataset).orElse(List.of());
    return MigrationPlanner.signature(columns, dialect);
  }

  private LeatException stale(Migration migration, String fix) {
    return new LeatException(
        MIGRATION_STALE,
        "the columns of %s at %s are not those that migration %s was made for"
            .formatted(migration.dataset(), engine.describe(), migration.id()),
        fix);
  }
}

package dev.leat.flow.migration;

import java.time.Instant;
import java.util.List;

/** The migrations that were begun. Safe for use by several threads. */
public interface MigrationRepository {

  /** Records a migration as pending, under the next number. */
  MigrationRecord begin(Migration migration, Instant at);

  /** Saves how far a migration is. */
  void save(MigrationRecord migration);

  /** Forgets a migration that was not made. */
  void delete(MigrationRecord migration);

  /** All that were begun, from the newest. */
  List<MigrationRecord> list();
}

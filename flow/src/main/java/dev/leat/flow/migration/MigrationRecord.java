package dev.leat.flow.migration;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A migration that was begun.
 *
 * @param number from 1 up, in the order in which they were begun
 * @param state how far it is
 * @param at when it was begun
 * @param rolledBackAt when taking it back was begun; null if it was not
 */
public record MigrationRecord(
    long number, Migration migration, State state, Instant at, @Nullable Instant rolledBackAt) {

  /** How far a migration is. */
  public enum State {
    /** It may have been made or not, and is not known to be. */
    PENDING,
    APPLIED,
    /** It may have been taken back or not, and is not known to be. */
    ROLLING_BACK,
    ROLLED_BACK
  }

  MigrationRecord applied() {
    return new MigrationRecord(number, migration, State.APPLIED, at, null);
  }

  MigrationRecord rollingBack(Instant when) {
    return new MigrationRecord(number, migration, State.ROLLING_BACK, at, when);
  }

  MigrationRecord rolledBack() {
    return new MigrationRecord(number, migration, State.ROLLED_BACK, at, rolledBackAt);
  }
}

package dev.leat.postgres.stream;

import dev.leat.postgres.connect.PostgresErrors;
import dev.leat.spi.error.LeatException;
import dev.leat.spi.source.StreamIdentity;
import java.util.Map;

/**
 * What a replication's slot was when it was made.
 *
 * @param slot its name
 * @param publication what it publishes
 * @param system the server's system identifier, which standbys share and restored copies too
 * @param database the database
 * @param made the position from which it has everything
 */
public record SlotFacts(
    String slot, String publication, String system, String database, String made) {

  public StreamIdentity identity() {
    return new StreamIdentity(
        Map.of(
            "slot", slot,
            "publication", publication,
            "system", system,
            "database", database,
            "made", made));
  }

  public static SlotFacts of(StreamIdentity identity) {
    return new SlotFacts(
        identity.fact("slot"),
        identity.fact("publication"),
        identity.fact("system"),
        identity.fact("database"),
        identity.fact("made"));
  }

  /** The position means nothing on another server. */
  public void requireSystem(String other) {
    if (!system.equals(other)) {
      throw new LeatException(
          PostgresErrors.SLOT_OTHER,
          "The connection leads to another server (system identifier %s) than the one that was replicated so far (%s)."
              .formatted(other, system),
          "Correct the connection; or, if the server was really replaced, `leat resync --all` copies the tables anew.");
    }
  }
}

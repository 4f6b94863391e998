package dev.leat.postgres.stream;

import dev.leat.spi.Position;
import org.jspecify.annotations.Nullable;

/**
 * A replication slot as the server shows it.
 *
 * @param name its name
 * @param plugin the output plugin
 * @param database the database it decodes
 * @param activePid the server process that uses it; null if nobody does
 * @param activeApplication what that process's client calls itself; empty if unknown
 * @param confirmed up to where its consumer has confirmed
 * @param restart from where the server keeps WAL; null if it does not any more
 * @param lost why it cannot be used any more; empty if it can
 * @param serverEnd the end of the server's log
 */
public record SlotState(
    String name,
    String plugin,
    String database,
    @Nullable Integer activePid,
    String activeApplication,
    Position confirmed,
    @Nullable Position restart,
    String lost,
    Position serverEnd) {

  public boolean active() {
    return activePid != null;
  }
}

package dev.leat.replication;

import dev.leat.spi.state.TablePhase;
import dev.leat.spi.state.TableState;
import java.util.Locale;

/** What a person may wish for one table. */
public enum TableAction {
  /** Leave the table at the destination as it is; its changes are not kept. */
  PAUSE,
  /** Copy a paused table anew and follow it: changes made meanwhile are nowhere else. */
  RESUME,
  /** Copy the table anew and follow it, whatever its state. */
  RESYNC;

  /** The state after it; the same if there is nothing to do. */
  public TableState apply(TableState state) {
    return switch (this) {
      case PAUSE -> state.in(TablePhase.PAUSED);
      case RESUME -> state.phase() == TablePhase.PAUSED ? anew(state) : state;
      case RESYNC -> anew(state);
    };
  }

  private static TableState anew(TableState state) {
    return TableState.initial(state.table(), state.destination());
  }

  /** As people type it. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}

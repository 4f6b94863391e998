package dev.leat.replication;

import dev.leat.spi.destination.WriteMode;
import dev.leat.spi.schema.TableId;

/** Decides what each table of the source becomes at the destination. A pure function. */
@FunctionalInterface
public interface TableMapping {

  /** What the source's table {@code table} becomes. */
  Target of(TableId table);

  /** A name and a mode at the destination. */
  record Target(TableId table, WriteMode mode) {}

  /** Same names, current state. */
  static TableMapping identity() {
    return table -> new Target(table, WriteMode.MIRROR);
  }
}

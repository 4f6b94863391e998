package dev.leat.spi.batch;

import java.util.Arrays;

/**
 * Finds the latest row of a key among the rows of a batch: open addressing over row numbers, the
 * keys stay in their columns.
 */
final class KeyIndex {
  private static final int EMPTY = -1;

  private final ColumnWriter[] key;
  private int[] rows = new int[256];
  private int[] hashes = new int[256];
  private int used;

  KeyIndex(ColumnWriter[] key) {
    this.key = key;
    Arrays.fill(rows, EMPTY);
  }

  /** Makes {@code row} the latest of its key and returns the one that was, or -1. */
  int put(int row) {
    if (used * 2 >= rows.length) {
      rehash();
    }
    int hash = hash(row);
    int slot = hash & (rows.length - 1);
    while (rows[slot] != EMPTY) {
      if (hashes[slot] == hash && sameKey(rows[slot], row)) {
        int previous = rows[slot];
        rows[slot] = row;
        return previous;
      }
      slot = (slot + 1) & (rows.length - 1);
    }
    rows[slot] = row;
    hashes[slot] = hash;
    used++;
    return EMPTY;
  }

  void clear() {
    Arrays.fill(rows, EMPTY);
    used = 0;
  }

  private int hash(int row) {
    int hash = 0;
    for (ColumnWriter column : key) {
      hash = 31 * hash + column.hash(row);
    }
    // The low bits choose the slot, so the high ones have to reach them.
    return hash ^ hash >>> 15;
  }

  private boolean sameKey(int row, int otherRow) {
    for (ColumnWriter column : key) {
      if (!column.same(row, otherRow)) {
        return false;
      }
    }
    return true;
  }

  private void rehash() {
    int[] oldRows = rows;
    int[] oldHashes = hashes;
    rows = new int[oldRows.length * 2];
    hashes = new int[oldRows.length * 2];
    Arrays.fill(rows, EMPTY);
    for (int i = 0; i < oldRows.length; i++) {
      if (oldRows[i] != EMPTY) {
        int slot = oldHashes[i] & (rows.length - 1);
        while (rows[slot] != EMPTY) {
          slot = (slot + 1) & (rows.length - 1);
        }
        rows[slot] = oldRows[i];
        hashes[slot] = oldHashes[i];
      }
    }
  }
}

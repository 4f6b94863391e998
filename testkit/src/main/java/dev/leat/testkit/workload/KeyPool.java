package dev.leat.testkit.workload;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.random.RandomGenerator;

/**
 * The keys of one table that belong to one session, as far as that session remembers.
 *
 * <p>It does not follow rollbacks: what it says depends on the seed alone, and a statement for a
 * row that is not there does no harm.
 */
final class KeyPool {
  private static final int KEYS_TAKEN_OVER = 10_000;

  private final DmlTable table;
  private final int step;
  private final List<Long> present;
  private final List<Long> deleted = new ArrayList<>();
  private long last;

  private KeyPool(DmlTable table, int step, List<Long> present, long last) {
    this.table = table;
    this.step = step;
    this.present = present;
    this.last = last;
  }

  static KeyPool of(Connection connection, DmlTable table, int session, int sessions)
      throws SQLException {
    List<Long> present = table.keys(connection, session, sessions, KEYS_TAKEN_OVER);
    long highest = table.highestKey(connection);
    return new KeyPool(table, sessions, present, highest - highest % sessions + session);
  }

  DmlTable table() {
    return table;
  }

  /** A key never used before. */
  long fresh() {
    last += step;
    present.add(last);
    return last;
  }

  /** A fresh key, or sometimes one that was deleted. */
  long toInsert(RandomGenerator random) {
    if (deleted.isEmpty() || random.nextInt(4) > 0) {
      return fresh();
    }
    long key = take(deleted, random);
    present.add(key);
    return key;
  }

  OptionalLong toUpdate(RandomGenerator random) {
    return present.isEmpty()
        ? OptionalLong.empty()
        : OptionalLong.of(present.get(random.nextInt(present.size())));
  }

  OptionalLong toDelete(RandomGenerator random) {
    if (present.isEmpty()) {
      return OptionalLong.empty();
    }
    long key = take(present, random);
    deleted.add(key);
    return OptionalLong.of(key);
  }

  void clear() {
    deleted.addAll(present);
    present.clear();
  }

  private static long take(List<Long> keys, RandomGenerator random) {
    int index = random.nextInt(keys.size());
    long key = keys.get(index);
    keys.set(index, keys.getLast());
    keys.removeLast();
    return key;
  }
}

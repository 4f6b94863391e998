package dev.leat.spi.instruction;

import dev.leat.spi.schema.TableId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A query as data: a tree of operations over datasets. Expressions and conditions in it are
 * portable SQL, a language of its own that is typed and then written for each engine; see {@link
 * dev.leat.spi.sql.PortableFunction} for its functions.
 *
 * <p>Two equal relations mean the same rows on every engine. Names of columns that an operation
 * makes begin with {@code _leat_}.
 */
public sealed interface Relation {

  /** All rows and columns of a dataset. */
  record Scan(TableId table) implements Relation {}

  /** Only these columns, in this order. */
  record Select(Relation input, List<Projection> columns) implements Relation {
    public Select {
      columns = List.copyOf(columns);
    }
  }

  /** Only rows for which the condition is true; not those for which it is NULL. */
  record Filter(Relation input, String condition) implements Relation {}

  /**
   * Two inputs side by side, known to the condition and the columns as {@code l} and {@code r}.
   *
   * @param columns the result's columns; empty for all of the left side, which is the only choice
   *     for SEMI and ANTI
   */
  record Join(
      Relation left, Relation right, JoinType type, String condition, List<Projection> columns)
      implements Relation {
    public Join {
      columns = List.copyOf(columns);
    }
  }

  /**
   * One row per group.
   *
   * @param by columns of the input; empty for one row in all
   * @param measures aggregates, behind the columns grouped by
   */
  record Aggregate(Relation input, List<String> by, List<Projection> measures) implements Relation {
    public Aggregate {
      by = List.copyOf(by);
      measures = List.copyOf(measures);
    }
  }

  /** All columns of the input and, behind them, window functions over its rows. */
  record Window(Relation input, List<Projection> columns) implements Relation {
    public Window {
      columns = List.copyOf(columns);
    }
  }

  /**
   * The rows of all inputs, which have the same columns in the same order.
   *
   * @param distinct whether equal rows are kept once
   */
  record Union(List<Relation> inputs, boolean distinct) implements Relation {
    public Union {
      inputs = List.copyOf(inputs);
    }
  }

  /** One row per key: the first in the given order. NULLs in keys are equal to each other. */
  record Dedupe(Relation input, List<String> key, List<Order> order) implements Relation {
    public Dedupe {
      key = List.copyOf(key);
      order = List.copyOf(order);
    }
  }

  /**
   * The current state that a change log leads to: per key the last change, left out where that is a
   * deletion. All columns of the log but those named in {@code drop}.
   *
   * @param order what makes a change later than another, columns or portable SQL; ascending, but a
   *     NULL is before everything
   * @param deleted a condition that is true for changes that delete; null if there are none
   * @param drop columns of the log that are not part of the state
   */
  record Latest(
      Relation log,
      List<String> key,
      List<String> order,
      @Nullable String deleted,
      List<String> drop)
      implements Relation {
    public Latest {
      key = List.copyOf(key);
      order = List.copyOf(order);
      drop = List.copyOf(drop);
    }
  }

  /**
   * Compares each batch of a landing dataset with the one before it, by key. Gives, for every batch
   * and in this order of columns: the key; {@code _leat_change}, one of {@code new}, {@code
   * changed}, {@code deleted}, {@code unchanged}; the compared columns, NULL for deleted rows; the
   * same as {@code _leat_old_NAME}, NULL for new rows; the batch column. Before the first batch
   * there was nothing. Keys are unique within a batch.
   *
   * @param landing rows of all batches
   * @param batch the column that tells batches apart and orders them
   * @param key columns; NULLs are equal to each other
   * @param compare columns that are compared; NULLs are equal to each other
   * @param unchanged whether unchanged rows are in the result
   * @param after only batches above this value, a portable literal, are classified; null for all
   */
  record ChangeFeed(
      Relation landing,
      String batch,
      List<String> key,
      List<String> compare,
      boolean unchanged,
      @Nullable String after)
      implements Relation {
    public ChangeFeed {
      key = List.copyOf(key);
      compare = List.copyOf(compare);
    }
  }

  /**
   * Postings that sum: a new row posts its measures; a deleted one reverses those it had; a changed
   * one reverses the old and posts the new. The sums of the measures over all postings, grouped by
   * any of the columns, are at every batch those of the current state. Gives the key; {@code
   * _leat_posting}, {@code post} or {@code reverse}; the other columns of the feed; the measures,
   * with their sign; the batch column.
   *
   * @param feed what {@link ChangeFeed} gives
   * @param columns compared columns of the feed that are not measures
   * @param measures compared columns of the feed that are numbers; NULL counts as 0
   */
  record DeltaTransaction(
      Relation feed, String batch, List<String> key, List<String> columns, List<String> measures)
      implements Relation {
    public DeltaTransaction {
      key = List.copyOf(key);
      columns = List.copyOf(columns);
      measures = List.copyOf(measures);
    }
  }

  /**
   * History of a dimension: the whole history of every key that occurs in the source, or in {@code
   * deleted}, made of what is there already and what is new. Versions of one key are ordered by
   * {@code valid_from}; a version whose tracked columns equal those of the one before is left out;
   * of two with the same {@code valid_from} the source's counts; a late row takes its place in the
   * middle. Gives {@code surrogateKey} (a 64-bit number that a version keeps; new ones count on
   * from the highest), the key, the tracked columns, {@code valid_from}, {@code valid_to} (NULL for
   * the current version) and {@code is_current}. Intervals are closed below and open above. Keys
   * have no NULLs; rows without a {@code valid_from} are left out. A version that was left out is
   * not known later, when a late row comes before it.
   *
   * @param source rows, perhaps several versions of a key
   * @param history the dimension as it is; null if there is none yet
   * @param surrogateKey name of the surrogate key's column
   * @param key columns of the source
   * @param track columns of the source whose changes make a version
   * @param validFrom portable SQL over the source: since when a row is so
   * @param closeMissing whether a key that is in the history but not in the source ends at {@code
   *     now}; then the source holds the whole present, and where the history of a key goes on
   *     behind its last row in the source, as after an end, that row holds again from {@code now}
   * @param now a portable timestamp literal: the time of the run
   */
  record Scd2(
      Relation source,
      @Nullable TableId history,
      String surrogateKey,
      List<String> key,
      List<String> track,
      String validFrom,
      boolean closeMissing,
      String now)
      implements Relation {
    public Scd2 {
      key = List.copyOf(key);
      track = List.copyOf(track);
    }
  }

  /**
   * Events as sessions: a session of a key ends where the next event is later by more than the gap.
   * Gives the key, {@code session_no} from 1 in each key, {@code started_at}, {@code ended_at},
   * {@code events} and the measures, which are aggregates over the session's events.
   *
   * @param time column with the time of an event; events without one are left out
   * @param gapSeconds the longest time without an event within a session
   */
  record Sessionize(
      Relation events, List<String> key, String time, long gapSeconds, List<Projection> measures)
      implements Relation {
    public Sessionize {
      key = List.copyOf(key);
      measures = List.copyOf(measures);
    }
  }

  /**
   * What became of users from period to period. Gives the user, {@code period}, the first day of
   * it, and {@code status}: {@code new} in the first period with activity, {@code retained} where
   * the one before had some, {@code resurrected} where only earlier ones had, {@code churned} in
   * the first period without, unless that is later than the last period of the whole input.
   *
   * @param user columns
   * @param time column with a date or timestamp; rows without one are left out
   * @param period {@code day}, {@code week}, {@code month}, {@code quarter} or {@code year}
   */
  record GrowthAccounting(Relation activity, List<String> user, String time, String period)
      implements Relation {
    public GrowthAccounting {
      user = List.copyOf(user);
    }
  }

  /**
   * All rows of the input with {@code column} behind them, which says when they were seen.
   *
   * @param at a portable literal
   */
  record Snapshot(Relation input, String column, String at) implements Relation {}

  /** A query in portable SQL over datasets, by their names. */
  record Sql(String text) implements Relation {}

  /**
   * A query in the language of one kind of engine, passed on as it is but for the names of
   * datasets.
   *
   * @param dialect see {@link dev.leat.spi.sql.Dialect#name()}
   */
  record NativeSql(String dialect, String text) implements Relation {}

  /**
   * The same query, reading only some rows of one of its datasets.
   *
   * @param table the dataset
   * @param condition portable SQL over its columns
   */
  record Restrict(Relation input, TableId table, String condition) implements Relation {}
}

package dev.leat.spi.instruction;

import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How the rows of a query become a dataset; apart from the query, so that one query can serve
 * several ways.
 */
public sealed interface Write {

  /** The rows are the dataset. */
  record Replace() implements Write {}

  /** The rows come to those that are there. */
  record Append() implements Write {}

  /**
   * Partitions have these rows and no others, the other partitions stay.
   *
   * @param column says to which partition a row belongs
   * @param from the first day of what is replaced, all rows of the query being of that time; null
   *     if every partition is replaced that has a row in the query, and no other
   * @param to the day after the last; null for everything from {@code from} on, and what has no day
   */
  record ReplacePartition(String column, @Nullable LocalDate from, @Nullable LocalDate to)
      implements Write {
    public ReplacePartition {
      if (from == null ? to != null : to != null && !from.isBefore(to)) {
        throw new IllegalArgumentException("partitions from " + from + " to " + to);
      }
    }

    /** Replaces every partition that has a row in the query. */
    public ReplacePartition(String column) {
      this(column, null, null);
    }
  }

  /**
   * A row replaces the one with its key, or comes to the others. Keys are unique in the query's
   * rows; a key with a NULL in it is an error.
   *
   * @param deleted a column of the query, not of the dataset, that is true for rows that are to be
   *     removed; null if none are
   */
  record Merge(List<String> key, @Nullable String deleted) implements Write {
    public Merge {
      key = List.copyOf(key);
      if (key.isEmpty()) {
        throw new IllegalArgumentException("a merge needs a key");
      }
    }
  }

  /**
   * All rows of every key that the query has rows of are replaced; the other keys stay. What {@link
   * Relation.Scd2} and {@link Relation.Sessionize} are written with.
   */
  record ReplaceKeys(List<String> key) implements Write {
    public ReplaceKeys {
      key = List.copyOf(key);
      if (key.isEmpty()) {
        throw new IllegalArgumentException("replacing keys needs a key");
      }
    }
  }

  /** As it is written in flow files. */
  default String mode() {
    return switch (this) {
      case Replace _ -> "replace";
      case Append _ -> "append";
      case ReplacePartition _ -> "replace_partition";
      case Merge _ -> "merge";
      case ReplaceKeys _ -> "scd2";
    };
  }
}

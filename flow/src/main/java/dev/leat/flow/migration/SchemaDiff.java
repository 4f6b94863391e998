package dev.leat.flow.migration;

import dev.leat.spi.error.ErrorCategory;
import dev.leat.spi.error.ErrorCode;
import dev.leat.spi.error.LeatException;
import dev.leat.spi.schema.Column;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What is different between two shapes of a dataset. Columns are the same if their names are, or if
 * they were declared to be renamed; the order of columns does not count.
 *
 * @param before the shape that is there
 * @param after the shape that is wanted
 * @param renamed the names before, by those after; only of columns that are in both shapes
 * @param differences in the order of the columns wanted, then those that are gone, then the key
 */
public record SchemaDiff(
    DatasetShape before,
    DatasetShape after,
    Map<String, String> renamed,
    List<SchemaDifference> differences) {
  private static final ErrorCode RENAME_UNKNOWN =
      new ErrorCode("RENAME_UNKNOWN", ErrorCategory.CONFIG);

  public SchemaDiff {
    renamed = Map.copyOf(renamed);
    differences = List.copyOf(differences);
  }

  /**
   * Compares two shapes of one dataset.
   *
   * @param declared new names by old ones, as in {@code renamed = { old = "new" }}; one that was
   *     carried out before does not count: the new column is there already, and the old one is not,
   *     or is wanted besides
   * @throws LeatException with code RENAME_UNKNOWN if the old column is not there or the new one is
   *     not wanted, if another column has the new name already, or if names are exchanged
   */
  public static SchemaDiff between(
      DatasetShape before, DatasetShape after, Map<String, String> declared) {
    return of(before, after, renamed(before, after, declared));
  }

  /** The way back. */
  SchemaDiff reversed() {
    Map<String, String> back = new HashMap<>();
    renamed.forEach((now, then) -> back.put(then, now));
    return of(after, before, back);
  }

  private static SchemaDiff of(
      DatasetShape before, DatasetShape after, Map<String, String> renamed) {
    List<SchemaDifference> differences = new ArrayList<>();
    List<Column> left = new ArrayList<>(before.columns());
    for (Column column : after.columns()) {
      Column old = before.column(renamed.getOrDefault(column.name(), column.name())).orElse(null);
      if (old == null || isTaken(old, column, renamed)) {
        differences.add(new SchemaDifference.Added(column));
        continue;
      }
      left.remove(old);
      compare(old, column, differences);
    }
    left.forEach(column -> differences.add(new SchemaDifference.Dropped(column)));
    List<String> key = renamedKey(before.key(), renamed);
    if (before.exists() && after.exists() && !key.equals(after.key())) {
      differences.add(new SchemaDifference.KeyChanged(key, after.key()));
    }
    return new SchemaDiff(before, after, renamed, differences);
  }

  private static void compare(Column old, Column column, List<SchemaDifference> differences) {
    if (!old.name().equals(column.name())) {
      differences.add(new SchemaDifference.Renamed(old, column));
    }
    TypeChange how = TypeChange.of(old.type(), column.type());
    if (how != TypeChange.SAME) {
      differences.add(new SchemaDifference.Retyped(old, column, how));
    }
    if (old.nullable() != column.nullable()) {
      differences.add(new SchemaDifference.NullabilityChanged(old, column));
    }
  }

  /** Whether the column of that name has become another one, so that this one is new. */
  private static boolean isTaken(Column old, Column column, Map<String, String> renamed) {
    return !renamed.containsKey(column.name()) && renamed.containsValue(old.name());
  }

  private static Map<String, String> renamed(
      DatasetShape before, DatasetShape after, Map<String, String> declared) {
    Map<String, String> renamed = new HashMap<>();
    if (!before.exists() || !after.exists()) {
      return renamed;
    }
    declared.forEach(
        (old, name) -> {
          if (after.column(name).isEmpty()) {
            throw refused(before, old, name, "there is to be no column " + name);
          }
          boolean was = before.column(old).isPresent();
          boolean isOther = before.column(name).isPresent() && !declared.containsKey(name);
          if (!was && before.column(name).isEmpty()) {
            throw refused(before, old, name, "there is no column " + old);
          }
          if (was && isOther && after.column(old).isEmpty()) {
            throw refused(before, old, name, "there is a column " + name + " already");
          }
          if (was && !isOther && renamed.put(name, old) != null) {
            throw refused(before, old, name, "two columns would have that name");
          }
        });
    declared.forEach((old, name) -> checkNoCircle(before, declared, old, name));
    return renamed;
  }

  /** Exchanged names look the same before and after, so nobody could tell whether it was done. */
  private static void checkNoCircle(
      DatasetShape before, Map<String, String> declared, String old, String name) {
    Set<String> seen = new HashSet<>();
    for (String next = name; next != null && seen.add(next); next = declared.get(next)) {
      if (next.equals(old)) {
        throw refused(before, old, name, "its name would come back to it, or to another column");
      }
    }
  }

  private static LeatException refused(DatasetShape shape, String old, String name, String why) {
    return new LeatException(
        RENAME_UNKNOWN,
        "column %s of %s cannot be renamed to %s: %s".formatted(old, shape.dataset(), name, why),
        "correct renamed, or remove from it what was carried out");
  }

  private static List<String> renamedKey(List<String> key, Map<String, String> renamed) {
    Map<String, String> forward = new HashMap<>();
    renamed.forEach((name, old) -> forward.put(old, name));
    return key.stream().map(column -> forward.getOrDefault(column, column)).toList();
  }
}

package dev.leat.testkit.workload;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Makes one random statement after the other for a table. */
final class DmlStatements {
  private final RandomGenerator random;
  private final RandomValues values;

  /**
   * A statement.
   *
   * @param parameters texts that the statement casts itself
   */
  record Dml(String sql, List<@Nullable String> parameters) {}

  DmlStatements(RandomGenerator random) {
    this.random = random;
    this.values = new RandomValues(random);
  }

  Dml next(KeyPool keys) {
    int choice = random.nextInt(100);
    if (choice < 45) {
      return insert(keys);
    }
    OptionalLong key = choice < 85 ? keys.toUpdate(random) : keys.toDelete(random);
    if (key.isEmpty()) {
      return insert(keys);
    }
    if (choice < 77) {
      return update(keys.table(), key.getAsLong());
    }
    if (choice < 85) {
      return keys.table().firstText().isPresent()
          ? enlarge(keys.table(), keys.table().firstText().get(), key.getAsLong())
          : update(keys.table(), key.getAsLong());
    }
    return choice < 90 ? moveKey(keys, key.getAsLong()) : delete(keys.table(), key.getAsLong());
  }

  Dml truncate(KeyPool keys) {
    keys.clear();
    return new Dml("TRUNCATE " + keys.table().name(), List.of());
  }

  private Dml insert(KeyPool keys) {
    DmlTable table = keys.table();
    List<@Nullable String> parameters = new ArrayList<>();
    parameters.add(Long.toString(keys.toInsert(random)));
    table.columns().forEach(column -> parameters.add(values.next(column)));
    String names =
        table.columns().stream().map(column -> ", " + column.name()).collect(Collectors.joining());
    String casts =
        table.columns().stream().map(column -> ", " + cast(column)).collect(Collectors.joining());
    return new Dml(
        "INSERT INTO %s (%s%s) VALUES (CAST(? AS bigint)%s) ON CONFLICT DO NOTHING"
            .formatted(table.name(), table.key(), names, casts),
        parameters);
  }

  /**
   * Sets some columns; large values among the others stay as they are, which the change stream
   * leaves out.
   */
  private Dml update(DmlTable table, long key) {
    List<DmlTable.Column> changed = new ArrayList<>();
    table.columns().stream().filter(_ -> random.nextInt(3) == 0).forEach(changed::add);
    if (changed.isEmpty() && !table.columns().isEmpty()) {
      changed.add(table.columns().get(random.nextInt(table.columns().size())));
    }
    List<@Nullable String> parameters = new ArrayList<>();
    changed.forEach(column -> parameters.add(values.next(column)));
    String sets =
        changed.stream()
            .map(column -> column.name() + " = " + cast(column))
            .collect(Collectors.joining(", "));
    return new Dml(
        "UPDATE %s SET %s WHERE %s = %d"
            .formatted(
                table.name(),
                sets.isEmpty() ? table.key() + " = " + table.key() : sets,
                table.key(),
                key),
        parameters);
  }

  private Dml enlarge(DmlTable table, DmlTable.Column column, long key) {
    return new Dml(
        "UPDATE %s SET %s = ? WHERE %s = %d"
            .formatted(table.name(), column.name(), table.key(), key),
        List.of(values.large()));
  }

  private Dml moveKey(KeyPool keys, long key) {
    DmlTable table = keys.table();
    return new Dml(
        "UPDATE %1$s SET %2$s = %3$d WHERE %2$s = %4$d"
            .formatted(table.name(), table.key(), keys.fresh(), key),
        List.of());
  }

  private static Dml delete(DmlTable table, long key) {
    return new Dml(
        "DELETE FROM %s WHERE %s = %d".formatted(table.name(), table.key(), key), List.of());
  }

  private static String cast(DmlTable.Column column) {
    return "CAST(? AS " + column.type() + ")";
  }
}

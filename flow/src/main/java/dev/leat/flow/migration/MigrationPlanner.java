package dev.leat.flow.migration;

import dev.leat.flow.instruction.Fingerprint;
import dev.leat.spi.error.ErrorCategory;
import dev.leat.spi.error.ErrorCode;
import dev.leat.spi.error.LeatException;
import dev.leat.spi.schema.Column;
import dev.leat.spi.schema.TableId;
import dev.leat.spi.sql.Dialect;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Makes migrations of what is there and what is wanted. Tables are made as publishing makes them:
 * every column may be NULL and there is no key, as checks hold those before anything is published;
 * so a change of those alone needs no migration, though it has to be compatible.
 */
public final class MigrationPlanner {
  private static final ErrorCode SCHEMA_INCOMPATIBLE =
      new ErrorCode("SCHEMA_INCOMPATIBLE", ErrorCategory.SCHEMA);
  private static final int ID_DIGITS = 12;

  private MigrationPlanner() {}

  /**
   * Plans one dataset.
   *
   * @throws LeatException as {@link #plan(List, Dialect)} does
   */
  public static List<Migration> plan(
      DatasetShape current, DatasetShape wanted, Dialect dialect, Compatibility compatibility) {
    return plan(
        List.of(new PlannedChange(current, wanted, java.util.Map.of(), compatibility)), dialect);
  }

  /**
   * Plans what is needed of what is wanted.
   *
   * @return at most one migration per dataset, in the order of {@code wanted}
   * @throws LeatException with code SCHEMA_INCOMPATIBLE if changes are not compatible; all of them
   *     are named
   */
  public static List<Migration> plan(List<PlannedChange> wanted, Dialect dialect) {
    List<Migration> migrations = new ArrayList<>();
    List<String> refused = new ArrayList<>();
    for (PlannedChange change : wanted) {
      SchemaDiff diff = SchemaDiff.between(change.current(), change.wanted(), change.renamed());
      refused.addAll(refused(change, diff));
      migration(diff, dialect).ifPresent(migrations::add);
    }
    if (!refused.isEmpty()) {
      throw new LeatException(
          SCHEMA_INCOMPATIBLE,
          String.join("; ", refused),
          "let new columns be NULL and keep what readers rely on, or make another dataset beside"
              + " this one and move its readers, or allow it: compatibility = \"none\"");
    }
    return migrations;
  }

  private static List<String> refused(PlannedChange change, SchemaDiff diff) {
    Compatibility mode = change.compatibility();
    if (!diff.before().exists()) {
      return List.of();
    }
    String dataset = change.current().dataset() + ": ";
    String suffix = ", and compatibility is " + mode.name().toLowerCase(Locale.ROOT);
    if (!diff.after().exists()) {
      return mode == Compatibility.NONE
          ? List.of()
          : List.of(dataset + "the dataset is gone" + suffix);
    }
    return diff.differences().stream()
        .flatMap(
            each ->
                mode.refuses(each).stream()
                    .map(reason -> dataset + each.describe() + ", but " + reason + suffix))
        .toList();
  }

  private static Optional<Migration> migration(SchemaDiff diff, Dialect dialect) {
    List<String> up = statements(diff, dialect);
    if (up.isEmpty()) {
      return Optional.empty();
    }
    SchemaDiff back = diff.reversed();
    List<String> down = statements(back, dialect);
    TableId dataset = diff.before().dataset();
    SortedMap<String, String> before = signature(diff.before().columns(), dialect);
    SortedMap<String, String> after = signature(diff.after().columns(), dialect);
    String id =
        dataset
            + "-"
            + Fingerprint.of(dataset + "\n" + before + "\n" + after + "\n" + up)
                .substring(0, ID_DIGITS);
    return Optional.of(
        new Migration(
            id,
            dataset,
            describe(diff),
            up,
            down,
            Losses.of(diff),
            Losses.of(back),
            before,
            after));
  }

  private static List<String> statements(SchemaDiff diff, Dialect dialect) {
    TableId dataset = diff.before().dataset();
    if (!diff.before().exists() && !diff.after().exists()) {
      return List.of();
    }
    if (!diff.before().exists()) {
      return dialect.createTable(
          dataset,
          diff.after().columns().stream().map(MigrationPlanner::nullable).toList(),
          List.of());
    }
    return diff.after().exists()
        ? ColumnSteps.of(diff).stream()
            // One by one: a dialect may put several into an order of its own.
            .flatMap(change -> dialect.alterTable(dataset, List.of(change)).stream())
            .toList()
        : List.of("DROP TABLE " + dialect.quote(dataset));
  }

  private static List<String> describe(SchemaDiff diff) {
    if (!diff.before().exists()) {
      return List.of("dataset " + diff.after().dataset() + " is new");
    }
    return diff.after().exists()
        ? diff.differences().stream().map(SchemaDifference::describe).toList()
        : List.of("dataset " + diff.before().dataset() + " is gone");
  }

  private static Column nullable(Column column) {
    return new Column(column.number(), column.name(), column.type(), true, column.sourceType());
  }

  /** What a table looks like to the engine, whatever types it tells its columns have. */
  static SortedMap<String, String> signature(List<Column> columns, Dialect dialect) {
    SortedMap<String, String> signature = new TreeMap<>();
    columns.forEach(column -> signature.put(column.name(), dialect.type(column.type())));
    return signature;
  }
}

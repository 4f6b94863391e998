package dev.leat.flow.load;

import dev.leat.flow.model.LoadModel;
import dev.leat.spi.engine.Cancellation;
import dev.leat.spi.engine.FileReader;
import dev.leat.spi.schema.Column;
import dev.leat.spi.schema.LogicalType;
import dev.leat.spi.storage.StorageAddress;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * The columns that a dataset has after files are loaded, and what becomes of files with others.
 *
 * @param columns all of them; empty if nothing says which
 * @param good files whose rows go into the dataset
 * @param parked files whose rows are parked, and why
 */
record LoadColumns(List<Column> columns, List<FileGroup> good, Map<FileGroup, String> parked) {

  static LoadColumns decide(
      LoadPlan plan,
      List<Column> before,
      List<FileGroup> groups,
      FileReader reader,
      LoadStage stage,
      Cancellation cancellation) {
    LoadModel load = plan.load();
    Map<String, LogicalType> declared = load.columns();
    FilePattern pattern =
        FilePattern.of(StorageAddress.of(load.path(), java.nio.file.Path.of("/")).name());
    List<Column> base;
    if (!before.isEmpty()) {
      base = retyped(before, declared);
    } else if (!declared.isEmpty()) {
      base = plan.columns();
    } else if (groups.isEmpty()) {
      return new LoadColumns(List.of(), List.of(), Map.of());
    } else if (namesAll(plan.columns(), groups)) {
      // Found out while it was planned, from the same files.
      return new LoadColumns(plan.columns(), groups, Map.of());
    } else {
      List<Column> found =
          ColumnTypesFound.columns(
              ColumnTypesFound.of(
                  groups, load.format(), reader, ColumnTypesFound.ROWS, cancellation));
      if (found.isEmpty()) {
        groups.stream()
            .flatMap(group -> group.files().stream())
            .forEach(
                file ->
                    stage.fail(
                        file.name(),
                        LoadErrors.columns(
                            file.name() + " is empty, and nothing says what columns there are",
                            "say them, such as columns = { id = \"bigint\" }, or remove it")));
        return new LoadColumns(List.of(), List.of(), Map.of());
      }
      return new LoadColumns(LoadPlanner.withSystem(found, pattern), groups, Map.of());
    }
    Set<String> known = lower(base.stream().map(Column::name).toList());
    List<Column> added = new ArrayList<>();
    declared.forEach(
        (name, type) -> {
          if (known.add(name.toLowerCase(Locale.ROOT))) {
            added.add(Ledger.column(name, type));
          }
        });
    List<FileGroup> good = new ArrayList<>();
    List<FileGroup> growing = new ArrayList<>();
    Map<FileGroup, String> parked = new LinkedHashMap<>();
    Set<String> wanted = wanted(base, pattern);
    for (FileGroup group : groups) {
      List<String> more =
          group.names().stream()
              .filter(name -> !known.contains(name.toLowerCase(Locale.ROOT)))
              .toList();
      Set<String> missing = new TreeSet<>(wanted);
      missing.removeAll(lower(group.names()));
      boolean none = missing.size() == wanted.size() && !wanted.isEmpty();
      if (none && !group.names().isEmpty()) {
        group
            .files()
            .forEach(
                file ->
                    stage.fail(
                        file.name(),
                        LoadErrors.columns(
                            file.name() + " has none of the columns of " + load.into(),
                            "if its first row has no names, set header = false in format")));
        continue;
      }
      if (!load.rules().missingColumns() && !missing.isEmpty()) {
        group
            .files()
            .forEach(
                file ->
                    stage.fail(
                        file.name(),
                        LoadErrors.columns(
                            file.name() + " has no column " + String.join(", ", missing),
                            "have it written with it, or set missing_columns = \"null\"")));
        continue;
      }
      if (more.isEmpty()) {
        good.add(group);
        continue;
      }
      String words =
          (more.size() == 1 ? "column " : "columns ")
              + String.join(", ", more)
              + (more.size() == 1 ? " is" : " are")
              + " new in "
              + load.into();
      switch (load.rules().newColumns()) {
        case ADD -> growing.add(group);
        case PARK -> parked.put(group, words);
        case STOP ->
            throw LoadErrors.columns(
                group.files().getFirst().name() + ": " + words,
                "add it to columns, or set new_columns = \"add\"");
      }
    }
    if (!growing.isEmpty()) {
      for (Column column :
          ColumnTypesFound.columns(
              ColumnTypesFound.of(
                  growing, load.format(), reader, ColumnTypesFound.ROWS, cancellation))) {
        if (known.add(column.name().toLowerCase(Locale.ROOT))) {
          added.add(column);
        }
      }
      good.addAll(growing);
    }
    return new LoadColumns(with(base, added), good, parked);
  }

  private static boolean namesAll(List<Column> columns, List<FileGroup> groups) {
    Set<String> known = lower(columns.stream().map(Column::name).toList());
    return groups.stream().anyMatch(group -> !group.names().isEmpty())
        && groups.stream().allMatch(group -> known.containsAll(lower(group.names())));
  }

  /** New columns stand behind the others. */
  private static List<Column> with(List<Column> base, List<Column> added) {
    List<Column> all = new ArrayList<>(base);
    all.addAll(added);
    return all;
  }

  private static List<Column> retyped(List<Column> before, Map<String, LogicalType> declared) {
    Map<String, LogicalType> types = new LinkedHashMap<>();
    declared.forEach((name, type) -> types.put(name.toLowerCase(Locale.ROOT), type));
    return before.stream()
        .map(
            column ->
                Ledger.column(
                    column.name(),
                    types.getOrDefault(column.name().toLowerCase(Locale.ROOT), column.type())))
        .toList();
  }

  private static Set<String> wanted(List<Column> base, FilePattern pattern) {
    Set<String> wanted = lower(base.stream().map(Column::name).toList());
    wanted.removeIf(name -> name.startsWith("_leat_"));
    wanted.removeAll(lower(pattern.columns()));
    return wanted;
  }

  private static Set<String> lower(List<String> names) {
    Set<String> lower = new TreeSet<>();
    names.forEach(name -> lower.add(name.toLowerCase(Locale.ROOT)));
    return lower;
  }
}

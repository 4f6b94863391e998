package dev.leat.flow.load;

import dev.leat.flow.model.FormatModel;
import dev.leat.spi.engine.Cancellation;
import dev.leat.spi.engine.FileInput;
import dev.leat.spi.engine.FileInput.CsvDialect;
import dev.leat.spi.engine.FileInput.Layout;
import dev.leat.spi.engine.FileReader;
import dev.leat.spi.error.ErrorCategory;
import dev.leat.spi.error.ErrorCode;
import dev.leat.spi.error.LeatException;
import dev.leat.spi.schema.Column;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Files that are written in the same way, with the same columns.
 *
 * @param files at least one
 * @param names of their columns, as they are there
 * @param paths of JSON where a column's value is found, by name
 */
record FileGroup(List<LocalFile> files, List<String> names, Map<String, List<String>> paths) {
  FileGroup {
    files = List.copyOf(files);
    names = List.copyOf(names);
    paths = Map.copyOf(paths);
  }

  /** Everything that tells files of one group from those of another, but for JSON's fields. */
  private record Key(Layout layout, CsvDialect dialect, List<String> names) {}

  /** Divides files; JSON and Parquet are asked for what they have. */
  static List<FileGroup> of(
      List<LocalFile> files,
      FormatModel format,
      FileReader reader,
      Failed failed,
      Cancellation cancellation) {
    Map<Key, List<LocalFile>> divided = new LinkedHashMap<>();
    for (LocalFile file : files) {
      List<String> names = file.names();
      Object named =
          failed.orElse(
              file,
              () -> {
                file.names().forEach(name -> requireName(file, name));
                return true;
              });
      if (named == null) {
        continue;
      }
      if (file.layout() == Layout.PARQUET) {
        List<List<String>> found =
            failed.orElse(file, () -> reader.fields(input(List.of(file)), 1, cancellation));
        if (found == null) {
          continue;
        }
        names = found.stream().map(List::getFirst).toList();
      }
      divided
          .computeIfAbsent(new Key(file.layout(), file.dialect(), names), key -> new ArrayList<>())
          .add(file);
    }
    List<FileGroup> groups = new ArrayList<>();
    divided.forEach(
        (key, members) -> {
          if (key.layout() == Layout.JSON_LINES || key.layout() == Layout.JSON_ARRAY) {
            json(members, format, reader, failed, cancellation).ifPresent(groups::add);
          } else {
            groups.add(new FileGroup(members, key.names(), Map.of()));
          }
        });
    return groups;
  }

  private static Optional<FileGroup> json(
      List<LocalFile> files,
      FormatModel format,
      FileReader reader,
      Failed failed,
      Cancellation cancellation) {
    int depth = format.flatten() ? Math.max(1, format.depth()) : 1;
    List<LocalFile> good = new ArrayList<>();
    Map<String, List<String>> paths = new LinkedHashMap<>();
    fields(files, failed, some -> reader.fields(input(some), depth, cancellation), good, paths);
    return good.isEmpty()
        ? Optional.empty()
        : Optional.of(new FileGroup(good, List.copyOf(paths.keySet()), paths));
  }

  /** Asks for the fields of all files, or, where some cannot be read, of the others. */
  private static void fields(
      List<LocalFile> files,
      Failed failed,
      Function<List<LocalFile>, List<List<String>>> ask,
      List<LocalFile> good,
      Map<String, List<String>> paths) {
    try {
      List<List<String>> found = ask.apply(files);
      found.forEach(path -> path.forEach(name -> requireName(files.getFirst(), name)));
      found.forEach(path -> paths.putIfAbsent(String.join("_", path), path));
      good.addAll(files);
    } catch (LeatException e) {
      if (e.category() != ErrorCategory.DATA || e.code().equals(ErrorCode.CANCELLED)) {
        throw e;
      }
      int half = files.size() / 2;
      if (half > 0) {
        fields(files.subList(0, half), failed, ask, good, paths);
        fields(files.subList(half, files.size()), failed, ask, good, paths);
        return;
      }
      LocalFile file = files.getFirst();
      Object none =
          failed.orElse(
              file,
              () -> {
                throw file.layout() == Layout.JSON_ARRAY && !e.code().equals(LoadErrors.FILE)
                    ? LoadErrors.file(
                        file.name()
                            + " is not one array of JSON: it is damaged, or has more behind its end",
                        "have it written again, or with one object a line, where bad rows are parked",
                        e)
                    : e;
              });
      assert none == null;
    }
  }

  /**
   * Refuses what no table can have as the name of a column.
   *
   * @throws dev.leat.spi.error.LeatException category DATA
   */
  static void requireName(LocalFile file, String name) {
    if (name.chars().anyMatch(Character::isISOControl)) {
      throw LoadErrors.file(
          file.name() + " is no text: there are control characters in the names of its columns",
          "have it written again, or correct encoding and type in format",
          null);
    }
  }

  /** Only to ask what there is. */
  static FileInput input(List<LocalFile> files) {
    LocalFile first = files.getFirst();
    return new FileInput(
        first.layout(),
        sources(files),
        first.dialect(),
        first.names(),
        List.of(),
        Map.of(),
        Map.of(),
        Instant.EPOCH);
  }

  static List<FileInput.Source> sources(List<LocalFile> files) {
    return files.stream()
        .map(file -> new FileInput.Source(file.name(), file.path(), file.values()))
        .toList();
  }

  Layout layout() {
    return files.getFirst().layout();
  }

  FileGroup with(List<LocalFile> some) {
    return new FileGroup(some, names, paths);
  }

  /** The columns as a table calls them, whose engine ignores case. */
  FileGroup named(List<Column> columns) {
    Map<String, String> spelling = new HashMap<>();
    columns.forEach(
        column -> spelling.put(column.name().toLowerCase(java.util.Locale.ROOT), column.name()));
    Map<String, List<String>> renamed = new HashMap<>();
    List<String> all = new ArrayList<>();
    for (String name : names) {
      String known = spelling.getOrDefault(name.toLowerCase(java.util.Locale.ROOT), name);
      all.add(known);
      List<String> path = paths.get(name);
      if (path != null) {
        renamed.put(known, path);
      }
    }
    return new FileGroup(files, all, renamed);
  }

  /** All rows of the files, for a table. */
  FileInput input(List<Column> columns, Map<String, String> formats, Instant loadedAt) {
    return input(layout(), sources(files), columns, formats, loadedAt);
  }

  /** Rows of one file that were listed one by one. */
  FileInput listed(Path good, List<Column> columns, Map<String, String> formats, Instant loadedAt) {
    LocalFile file = files.getFirst();
    Layout listed = layout() == Layout.CSV ? Layout.LISTED : Layout.LISTED_JSON;
    return input(
        listed,
        List.of(new FileInput.Source(file.name(), good, file.values())),
        columns,
        formats,
        loadedAt);
  }

  private FileInput input(
      Layout layout,
      List<FileInput.Source> sources,
      List<Column> columns,
      Map<String, String> formats,
      Instant loadedAt) {
    return new FileInput(
        layout, sources, files.getFirst().dialect(), names, columns, paths, formats, loadedAt);
  }

  /** Notes what cannot be read, so that the others can be. */
  interface Failed {
    <T> @Nullable T orElse(LocalFile file, java.util.function.Supplier<T> work);
  }
}

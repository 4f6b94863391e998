package dev.leat.duckdb;

import dev.leat.spi.engine.Cancellation;
import dev.leat.spi.engine.FileLayout;
import dev.leat.spi.engine.WrittenFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** {@code COPY … TO}, and what it says of the files that it made. */
final class CopyStatement {
  private final Path folder;
  private final String name;
  private final FileLayout layout;

  CopyStatement(Path folder, String name, FileLayout layout) {
    this.folder = folder.toAbsolutePath().normalize();
    this.name = name;
    this.layout = layout;
  }

  private boolean isOne() {
    return layout.partition().isEmpty() && layout.targetSize() == 0;
  }

  private boolean isParquet() {
    return layout.format().equals("parquet");
  }

  String of(String query) {
    List<String> options = new ArrayList<>();
    switch (layout.format()) {
      case "csv" -> {
        options.add("FORMAT csv");
        options.add("HEADER " + header(layout));
        options.add("DELIMITER " + DuckDbSql.literal(delimiter(layout)));
        options.add("NULLSTR " + DuckDbSql.literal(nullText(layout)));
      }
      case "json" -> options.add("FORMAT json");
      case "parquet" -> {
        options.add("FORMAT parquet");
        option("row_group")
            .ifPresent(rows -> options.add("ROW_GROUP_SIZE " + Long.parseLong(rows)));
      }
      default -> throw EngineErrors.unknownFormat(layout.format());
    }
    compression(layout)
        .or(() -> isParquet() ? Optional.of("'zstd'") : Optional.empty())
        .ifPresent(compression -> options.add("COMPRESSION " + compression));
    options.add(isParquet() ? "RETURN_STATS true" : "RETURN_FILES true");
    if (!isOne()) {
      options.add("FILENAME_PATTERN " + DuckDbSql.literal(name + "_{i}"));
      options.add("FILE_EXTENSION " + DuckDbSql.literal(layout.extension()));
    }
    if (layout.targetSize() > 0) {
      options.add("FILE_SIZE_BYTES " + layout.targetSize());
    }
    if (!layout.partition().isEmpty()) {
      options.add(
          layout.partition().stream()
              .map(DuckDbSql::quote)
              .collect(Collectors.joining(", ", "PARTITION_BY (", ")")));
    }
    Path target = isOne() ? folder.resolve(name) : folder;
    return "COPY ("
        + query
        + ") TO "
        + DuckDbSql.literal(target.toString())
        + " ("
        + String.join(", ", options)
        + (isOne() ? ")" : ", OVERWRITE_OR_IGNORE true)");
  }

  /** Writes what a query of the session gives. */
  WrittenFiles run(Session session, String query, Cancellation cancellation) {
    String statement = of(query);
    List<List<@Nullable String>> answer = new ArrayList<>();
    long unused =
        DuckDbEngine.cancellable(
            session,
            cancellation,
            s -> {
              answer.addAll(s.rows(statement));
              return answer.size();
            });
    return read(answer);
  }

  /** What the statement's answer says; text formats do not count the rows of each file. */
  WrittenFiles read(List<List<@Nullable String>> answer) {
    if (!isParquet()) {
      return new WrittenFiles(Long.parseLong(String.valueOf(answer.getFirst().getFirst())), made());
    }
    List<WrittenFiles.File> files = new ArrayList<>();
    long all = 0;
    for (List<@Nullable String> row : answer) {
      long rows = Long.parseLong(String.valueOf(row.get(1)));
      all += rows;
      files.add(new WrittenFiles.File(below(Path.of(String.valueOf(row.get(0)))), rows));
    }
    return new WrittenFiles(all, files);
  }

  private List<WrittenFiles.File> made() {
    try (Stream<Path> all = Files.walk(folder)) {
      return all.filter(Files::isRegularFile)
          .filter(file -> String.valueOf(file.getFileName()).startsWith(name))
          .map(file -> new WrittenFiles.File(below(file), -1))
          .toList();
    } catch (IOException e) {
      throw EngineErrors.unwritable(folder, e);
    }
  }

  private String below(Path file) {
    return folder.relativize(file).toString().replace('\\', '/');
  }

  private Optional<String> option(String key) {
    return Optional.ofNullable(layout.options().get(key));
  }

  static String delimiter(FileLayout layout) {
    return layout.options().getOrDefault("delimiter", ",");
  }

  static String nullText(FileLayout layout) {
    return layout.options().getOrDefault("null", "");
  }

  static String header(FileLayout layout) {
    return layout.options().getOrDefault("header", "true").equals("false") ? "false" : "true";
  }

  /** As a literal; empty for what is usual. */
  static Optional<String> compression(FileLayout layout) {
    return Optional.ofNullable(layout.options().get("compression"))
        .map(
            name ->
                name.equals("none") && layout.format().equals("parquet") ? "uncompressed" : name)
        .map(DuckDbSql::literal);
  }
}

package dev.leat.duckdb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.leat.spi.engine.Cancellation;
import dev.leat.spi.engine.FileLayout;
import dev.leat.spi.engine.FileWriter;
import dev.leat.spi.engine.WrittenFiles;
import dev.leat.spi.error.ErrorCode;
import dev.leat.spi.error.LeatException;
import dev.leat.spi.schema.Column;
import dev.leat.spi.source.BatchReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Into real files, read back by DuckDB. */
final class DuckDbFileWriterIT {
  private static final String ROWS =
      "SELECT i AS id, CASE WHEN i % 2 = 0 THEN 'it''s \"' || i END AS \"na me\", i % 3 AS part, TIMESTAMPTZ '2024-05-01"
          + " 10:00:00+00' AS at, CAST(i AS DECIMAL(9,2)) AS amount FROM range(1000) r(i)";

  @TempDir private Path folder;
  private final FileWriter files = new DuckDbPlugin().fileWriter().orElseThrow();
  private EngineFile engine;

  @BeforeEach
  void open() {
    engine = EngineFile.open(folder.resolve(":memory:"));
  }

  @AfterEach
  void close() {
    engine.close();
  }

  private WrittenFiles write(String query, Path target, String name, FileLayout layout)
      throws IOException {
    Files.createDirectories(target);
    List<Column> columns = engine.engine().columnsOf(query);
    try (BatchReader rows = engine.engine().read(query, columns, Cancellation.never())) {
      return files.write(rows, columns, target, name, layout, Cancellation.never());
    }
  }

  private static FileLayout layout(String format, Map<String, String> options) {
    return new FileLayout(format, options, List.of(), 0);
  }

  @ParameterizedTest
  @CsvSource({
    "csv, none",
    "csv, gzip",
    "csv, zstd",
    "json, none",
    "json, gzip",
    "parquet, none",
    "parquet, gzip",
    "parquet, snappy"
  })
  void writesAFileThatHoldsTheRows(String format, String compression) throws IOException {
    FileLayout layout = layout(format, Map.of("compression", compression));
    String name = "out." + layout.extension();
    WrittenFiles written = write(ROWS, folder.resolve("made"), name, layout);
    Path target = folder.resolve("made").resolve(name);
    assertThat(written.rows()).isEqualTo(1000);
    assertThat(written.files()).extracting(WrittenFiles.File::name).containsExactly(name);
    assertThat(
            engine.rows("SELECT count(*) FROM (FROM '%s' EXCEPT ALL (%s))".formatted(target, ROWS)))
        .containsExactly(List.of("0"));
    assertThat(engine.rows("SELECT count(*) FROM '" + target + "'"))
        .containsExactly(List.of("1000"));
    assertThat(list(folder.resolve("made"))).containsExactly(target);
  }

  @ParameterizedTest
  @CsvSource({"csv", "json", "parquet"})
  void writesAFolderForEveryValueOfAPartition(String format) throws IOException {
    Path target = folder.resolve("parts");
    FileLayout layout = new FileLayout(format, Map.of(), List.of("part"), 0);
    WrittenFiles written = write(ROWS, target, "x", layout);
    assertThat(written.rows()).isEqualTo(1000);
    assertThat(written.files())
        .extracting(WrittenFiles.File::name)
        .containsExactlyInAnyOrder(
            "part=0/x_0." + format, "part=1/x_0." + format, "part=2/x_0." + format);
    assertThat(
            engine.rows(
                "SELECT part, count(*), sum(id) FROM read_%s('%s/*/*', hive_partitioning = true) GROUP BY 1 ORDER BY 1"
                    .formatted(format, target)))
        .isEqualTo(
            engine.rows(
                "SELECT part, count(*), sum(id) FROM (" + ROWS + ") GROUP BY 1 ORDER BY 1"));
    WrittenFiles none = write(ROWS + " WHERE false", folder.resolve("none"), "x", layout);
    assertThat(none).isEqualTo(new WrittenFiles(0, List.of()));
  }

  @ParameterizedTest
  @CsvSource({"csv", "json", "parquet"})
  void writesFilesOfAboutASize(String format) throws IOException {
    Path target = folder.resolve("sized");
    String many = "SELECT i AS id, uuid() AS text, i % 2 AS part FROM range(300000) r(i)";
    Map<String, String> options =
        format.equals("parquet") ? Map.of("row_group", "20000") : Map.of();
    for (List<String> partition : List.of(List.<String>of(), List.of("part"))) {
      Path each = target.resolve("by" + partition.size());
      WrittenFiles written =
          write(many, each, "x", new FileLayout(format, options, partition, 1_000_000));
      assertThat(written.rows()).isEqualTo(300_000);
      assertThat(written.files()).hasSizeBetween(4, 40);
      assertThat(engine.rows("SELECT count(DISTINCT id) FROM '%s/**/*.%s'".formatted(each, format)))
          .containsExactly(List.of("300000"));
    }
  }

  @Test
  void writesTheNamesOfColumnsWhereThereAreNoRows() throws IOException {
    WrittenFiles written =
        write("SELECT 1 AS a, 2 AS b WHERE false", folder, "none.csv", FileLayout.of("csv"));
    assertThat(written.rows()).isZero();
    assertThat(folder.resolve("none.csv")).hasContent("a,b\n");
  }

  @Test
  void writesCsvAsItIsWanted() throws IOException {
    FileLayout layout = layout("csv", Map.of("delimiter", ";", "header", "false", "null", "\\N"));
    write(
        "SELECT 1 AS a, CAST(NULL AS VARCHAR) AS b, 'x;y' AS c, '' AS d", folder, "o.csv", layout);
    assertThat(folder.resolve("o.csv")).hasContent("1;\\N;\"x;y\";\n");
  }

  @ParameterizedTest
  @CsvSource({"csv, none", "csv, gzip", "json, zstd", "parquet, none"})
  void rewritesFilesAsOneWithEveryValueAsItWas(String format, String compression)
      throws IOException {
    FileLayout layout = layout(format, Map.of("compression", compression));
    String rows =
        "SELECT i AS id, CASE i %% 4 WHEN 0 THEN NULL WHEN 1 THEN '' WHEN 2 THEN '0012' ELSE"
            + " 'a\nb,\"c' END AS t, CAST(i AS DECIMAL(30,10)) / 3 AS d FROM range(%d, %d) r(i)";
    List<Path> made = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      String name = "small" + i + "." + layout.extension();
      write(rows.formatted(i * 100, i * 100 + 100), folder, name, layout);
      made.add(folder.resolve(name));
    }
    String all = "all." + layout.extension();
    files.rewrite(
        made,
        engine.engine().columnsOf(rows.formatted(0, 1)),
        folder,
        all,
        layout,
        Cancellation.never());
    write(rows.formatted(0, 300), folder, "expected." + layout.extension(), layout);
    assertThat(content(folder.resolve(all)))
        .isEqualTo(content(folder.resolve("expected." + layout.extension())));
  }

  private List<?> content(Path file) throws IOException {
    return file.toString().endsWith("csv")
        ? Files.readAllLines(file)
        : engine.rows("FROM '" + file + "' ORDER BY id");
  }

  @Test
  void failsWhereTheRowsDo() {
    assertThatThrownBy(
            () ->
                write(
                    "SELECT CAST(CASE WHEN i = 900000 THEN 'x' ELSE i END AS INT) AS n FROM range(1000000) r(i)",
                    folder,
                    "o.csv",
                    FileLayout.of("csv")))
        .isInstanceOf(LeatException.class);
    Cancellation cancelled = new Cancellation();
    cancelled.cancel();
    List<Column> columns = engine.engine().columnsOf("SELECT 1 AS a");
    try (BatchReader rows = engine.engine().read("SELECT 1 AS a", columns, Cancellation.never())) {
      assertThatThrownBy(
              () -> files.write(rows, columns, folder, "o.csv", FileLayout.of("csv"), cancelled))
          .isInstanceOfSatisfying(
              LeatException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.CANCELLED));
    }
    assertThatThrownBy(() -> write(ROWS, folder, "x.xlsx", FileLayout.of("xlsx")))
        .hasMessageContaining("xlsx");
  }

  private static Stream<Path> list(Path folder) throws IOException {
    try (Stream<Path> entries = Files.list(folder)) {
      return entries.toList().stream();
    }
  }
}

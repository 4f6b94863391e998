package dev.leat.duckdb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.leat.spi.engine.Cancellation;
import dev.leat.spi.engine.FileWriter;
import dev.leat.spi.error.ErrorCode;
import dev.leat.spi.error.LeatException;
import dev.leat.spi.schema.Column;
import dev.leat.spi.source.BatchReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
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

  private long write(String query, Path target, String format, String... partition) {
    List<Column> columns = engine.engine().columnsOf(query);
    try (BatchReader rows = engine.engine().read(query, columns, Cancellation.never())) {
      return files.write(rows, columns, target, format, List.of(partition), Cancellation.never());
    }
  }

  @ParameterizedTest
  @CsvSource({"csv,", "csv,.gz", "json,", "parquet,"})
  void writesAFileThatHoldsTheRows(String format, String end) throws IOException {
    Path target = folder.resolve("made/out." + format + (end == null ? "" : end));
    assertThat(write("SELECT 1 AS id", target, format)).isEqualTo(1);
    assertThat(write(ROWS, target, format)).isEqualTo(1000);
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
    write("SELECT 1 AS id, 'gone' AS part", target, format, "part");
    assertThat(write(ROWS, target, format, "part")).isEqualTo(1000);
    assertThat(list(target).map(path -> path.getFileName().toString()))
        .containsExactlyInAnyOrder("part=0", "part=1", "part=2");
    assertThat(
            engine.rows(
                "SELECT part, count(*), sum(id) FROM read_%s('%s/*/*', hive_partitioning = true) GROUP BY 1 ORDER BY 1"
                    .formatted(format, target)))
        .isEqualTo(
            engine.rows(
                "SELECT part, count(*), sum(id) FROM (" + ROWS + ") GROUP BY 1 ORDER BY 1"));
    assertThat(write(ROWS + " WHERE false", target, format, "part")).isZero();
    assertThat(list(target)).isEmpty();
  }

  @Test
  void writesTheNamesOfColumnsWhereThereAreNoRows() throws IOException {
    Path target = folder.resolve("none.csv");
    assertThat(write("SELECT 1 AS a, 2 AS b WHERE false", target, "csv")).isZero();
    assertThat(target).hasContent("a,b\n");
  }

  @Test
  void keepsTheOldFileWhereWritingFails() throws IOException {
    Path target = folder.resolve("out.csv");
    Files.writeString(target, "old");
    assertThatThrownBy(
            () ->
                write(
                    "SELECT CAST(CASE WHEN i = 900000 THEN 'x' ELSE i END AS INT) AS n FROM range(1000000) r(i)",
                    target,
                    "csv"))
        .isInstanceOf(LeatException.class);
    Cancellation cancelled = new Cancellation();
    cancelled.cancel();
    List<Column> columns = engine.engine().columnsOf("SELECT 1 AS a");
    try (BatchReader rows = engine.engine().read("SELECT 1 AS a", columns, Cancellation.never())) {
      assertThatThrownBy(() -> files.write(rows, columns, target, "csv", List.of(), cancelled))
          .isInstanceOfSatisfying(
              LeatException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.CANCELLED));
    }
    assertThat(target).hasContent("old");
    assertThat(list(folder)).containsExactly(target);
  }

  @Test
  void replacesNothingThatItDidNotWrite() throws IOException {
    Path place = Files.createDirectories(folder.resolve("other"));
    Path other = place.resolve("notes.txt");
    Files.writeString(other, "mine");
    for (String[] partition : Arrays.asList(new String[] {"part"}, new String[] {})) {
      assertThatThrownBy(() -> write(ROWS, place, "csv", partition))
          .hasMessageContaining("not replaced");
    }
    assertThatThrownBy(() -> write(ROWS, folder.resolve("x.xlsx"), "xlsx"))
        .hasMessageContaining("xlsx");
    assertThat(other).hasContent("mine");
    assertThat(list(folder)).containsExactly(place);
  }

  private static Stream<Path> list(Path folder) throws IOException {
    try (Stream<Path> entries = Files.list(folder)) {
      return entries.toList().stream();
    }
  }
}

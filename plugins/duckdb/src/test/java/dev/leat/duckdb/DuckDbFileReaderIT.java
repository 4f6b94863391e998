package dev.leat.duckdb;

import static org.assertj.core.api.Assertions.assertThat;

import dev.leat.spi.engine.Cancellation;
import dev.leat.spi.engine.FileInput;
import dev.leat.spi.engine.FileInput.CsvDialect;
import dev.leat.spi.engine.FileInput.Layout;
import dev.leat.spi.engine.FileReader;
import dev.leat.spi.error.ErrorCategory;
import dev.leat.spi.error.LeatException;
import dev.leat.spi.schema.Column;
import dev.leat.spi.schema.LogicalType.Primitive;
import dev.leat.spi.schema.TableId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whole numbers in CSV, which are read in two ways before each row is looked at by itself. */
final class DuckDbFileReaderIT {
  private static final TableId TABLE = EngineFile.table("numbers");
  private static final List<String> NUMBERS =
      List.of(
          "0",
          "-0",
          "7",
          "-7",
          "+7",
          "007",
          " 7",
          "7 ",
          "32767",
          "-32768",
          "32768",
          "2147483647",
          "2147483648",
          "9007199254740991",
          "9007199254740992",
          "9007199254740993",
          "-9007199254740993",
          "9223372036854775807",
          "-9223372036854775808",
          "9223372036854775808",
          "1e3",
          "1E3",
          "15e-1",
          "10e-1",
          "1.5",
          "1.0",
          "1.",
          ".5",
          "-0.4",
          "1.000001",
          "0.9999999",
          "1e400",
          "inf",
          "-Infinity",
          "NaN",
          "0x1F",
          "0b11",
          "1_000",
          "1 000",
          "--1",
          "true",
          "seven",
          "٣");

  @TempDir private Path folder;
  private EngineFile file;
  private FileReader reader;

  @BeforeEach
  void open() {
    file = EngineFile.open(folder.resolve("it.duckdb"));
    reader = file.engine().fileReader().orElseThrow();
  }

  @AfterEach
  void close() {
    file.close();
  }

  @ParameterizedTest
  @EnumSource(
      value = Primitive.class,
      names = {"INT16", "INT32", "INT64"})
  void neverReadsANumberAsAnother(Primitive type) throws IOException {
    int loaded = 0;
    for (String text : NUMBERS) {
      String expected =
          file.rows(
                  "SELECT CAST(%s AS VARCHAR)"
                      .formatted(DuckDbTexts.converted(DuckDbSql.literal(text), type, null, '.')))
              .getFirst()
              .getFirst();
      try {
        assertThat(append(type, text + "\n")).isEqualTo(1);
        assertThat(file.rows("SELECT CAST(n AS VARCHAR) FROM shop.numbers").getFirst().getFirst())
            .as(text)
            .isNotNull()
            .isEqualTo(expected);
        loaded++;
      } catch (LeatException e) {
        // Each row is looked at then; an error where nothing is wrong only takes longer.
        assertThat(e.category()).as(text).isEqualTo(ErrorCategory.DATA);
        assertThat(file.rows("FROM shop.numbers")).isEmpty();
      }
    }
    assertThat(loaded).isGreaterThan(8);
  }

  @ParameterizedTest
  @ValueSource(strings = {"9007199254740993", "-9223372036854775808", "4611686018427387905"})
  void readsNumbersThatADoubleHasNot(String large) throws IOException {
    assertThat(append(Primitive.INT64, "1\n\n\"\"\n-3\n" + large + "\n")).isEqualTo(5);
    assertThat(
            file.rows("SELECT n FROM shop.numbers ORDER BY n IS NULL, abs(n::HUGEINT)").stream()
                .map(List::getFirst))
        .containsExactly("1", "-3", large, null, null);
  }

  private long append(Primitive type, String lines) throws IOException {
    Path csv = folder.resolve("numbers.csv");
    Files.writeString(csv, "n,t\n" + lines.replace("\n", ",x\n"));
    List<Column> columns =
        List.of(
            new Column("n", type, true, ""),
            new Column("t", Primitive.TEXT, true, ""),
            new Column(FileInput.FILE, Primitive.TEXT, true, ""));
    reader.create(TABLE, columns);
    FileInput input =
        new FileInput(
            Layout.CSV,
            List.of(new FileInput.Source("numbers.csv", csv, Map.of())),
            CsvDialect.USUAL,
            List.of("n", "t"),
            columns,
            Map.of(),
            Map.of(),
            Instant.EPOCH);
    return Objects.requireNonNull(reader).append(TABLE, input, Cancellation.never());
  }
}

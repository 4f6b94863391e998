package dev.leat.flow.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.leat.duckdb.DuckDbPlugin;
import dev.leat.flow.storage.LocalStorageConnector;
import dev.leat.spi.engine.Cancellation;
import dev.leat.spi.engine.Engine;
import dev.leat.spi.engine.FileLayout;
import dev.leat.spi.error.LeatException;
import dev.leat.spi.instruction.Relation;
import dev.leat.spi.kind.StepWork;
import dev.leat.spi.plugin.DestinationConnector.Access;
import dev.leat.spi.plugin.OpenContext;
import dev.leat.spi.plugin.OptionValues;
import dev.leat.spi.schema.Column;
import dev.leat.spi.schema.TableId;
import dev.leat.spi.source.BatchReader;
import dev.leat.spi.storage.Storage;
import dev.leat.spi.storage.StorageAddress;
import dev.leat.spi.storage.StorageNames;
import dev.leat.spi.storage.StorageWriter;
import dev.leat.spi.storage.Storages;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.arrow.memory.RootAllocator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Into real folders, by DuckDB. */
final class ExporterIT {
  private static final TableId ORDERS = TableId.parse("gold.orders");

  @TempDir private Path folder;
  private RootAllocator allocator;
  private Engine engine;
  private boolean broken;

  @BeforeEach
  void open() {
    allocator = new RootAllocator();
    engine =
        new DuckDbPlugin()
            .engine()
            .orElseThrow()
            .open(
                new OpenContext(
                    "test",
                    "test",
                    new OptionValues(Map.of("path", Path.of(":memory:"))),
                    allocator),
                Access.WRITE);
  }

  @AfterEach
  void close() {
    engine.close();
    allocator.close();
  }

  /** Storages whose manifests cannot be written while they are broken. */
  private final class Local implements Storages {
    @Override
    public StorageAddress address(String text) {
      return StorageAddress.of(text, folder);
    }

    @Override
    public StorageAddress folder(String text) {
      return StorageAddress.folder(text, folder);
    }

    @Override
    public Storage open(StorageAddress address) {
      Storage real = new LocalStorageConnector().open(address.root(), new OptionValues(Map.of()));
      return (Storage)
          Proxy.newProxyInstance(
              Storage.class.getClassLoader(),
              new Class<?>[] {Storage.class},
              (_, method, arguments) -> {
                if (broken && method.getName().equals("create")) {
                  StorageWriter left = real.create("left");
                  left.out().write(1);
                  left.out().flush();
                  throw new IllegalStateException("killed");
                }
                try {
                  return method.invoke(real, arguments);
                } catch (InvocationTargetException e) {
                  throw e.getCause();
                }
              });
    }
  }

  /** An engine's own files are those that are made of the rows it gives. */
  @ParameterizedTest
  @ValueSource(strings = {"csv", "json", "parquet"})
  void writesTheSameInTheEngineAsOfItsRows(String format) {
    String query =
        """
        SELECT i AS id, CAST(i AS SMALLINT) AS small, i / 3 AS fraction, CAST(i / 4 AS DECIMAL(9, 3)) AS exact, i % 2 = 0 AS flag,
          DATE '2026-05-01' + i::INTEGER AS day, TIMESTAMP '2026-05-01 10:00:00.123456' AS at,
          TIMESTAMPTZ '2026-05-01 10:00:00+02' AS instant, CAST('{"a": ' || i || '}' AS JSON) AS document,
          CAST('00000000-0000-0000-0000-00000000000' || i AS UUID) AS code, 'ä"b,' || chr(10) || i AS "te xt",
          CASE WHEN i > 2 THEN NULL ELSE 'x' END AS missing
        FROM range(5) r(i)""";
    List<Column> columns = engine.columnsOf(query);
    Exporter exporter = new Exporter(new DuckDbPlugin().fileWriter().orElseThrow(), new Local());
    Exporter.Job job = new Exporter.Job(ORDERS, "r1", Instant.EPOCH, "", Optional.empty());
    try (BatchReader batches = engine.read(query, columns, Cancellation.never())) {
      exporter.export(
          (writer, into, name, layout, cancellation) ->
              writer.write(batches, columns, into, name, layout, cancellation),
          columns,
          one("rows", format),
          job,
          Cancellation.never());
    }
    exporter.export(
        ExportRows.of(engine, query, columns),
        columns,
        one("engine", format),
        job,
        Cancellation.never());
    String rows = "'" + folder.resolve("rows." + format) + "'";
    String own = "'" + folder.resolve("engine." + format) + "'";
    assertThat(engine.query("DESCRIBE FROM " + own, 100).rows())
        .isEqualTo(engine.query("DESCRIBE FROM " + rows, 100).rows())
        .hasSize(columns.size());
    assertThat(engine.query("FROM " + own, 100).rows())
        .isEqualTo(engine.query("FROM " + rows, 100).rows())
        .hasSize(5);
  }

  private static StepWork.Export one(String name, String format) {
    return new StepWork.Export(
        new Relation.Scan(ORDERS), name + "." + format, layout(format, 0), false, false, false);
  }

  private long export(String query, StepWork.Export work, String run, String... continues) {
    List<Column> columns = engine.columnsOf(query);
    return new Exporter(new DuckDbPlugin().fileWriter().orElseThrow(), new Local())
        .export(
            ExportRows.of(engine, query, columns),
            columns,
            work,
            new Exporter.Job(ORDERS, run, Instant.EPOCH, "", Stream.of(continues).findFirst()),
            Cancellation.never());
  }

  private static StepWork.Export work(FileLayout layout, boolean adds, boolean compact) {
    return new StepWork.Export(new Relation.Scan(ORDERS), "out", layout, true, adds, compact);
  }

  private static FileLayout layout(String format, long size, String... partition) {
    return new FileLayout(format, Map.of(), List.of(partition), size);
  }

  private static String rows(int from, int to) {
    return "SELECT i AS id, i %% 2 AS part, 'v' || i AS v FROM range(%d, %d) r(i)"
        .formatted(from, to);
  }

  private Manifest manifest() throws IOException {
    return Manifest.parse(Files.readString(folder.resolve("out/_manifest.json")), "manifest");
  }

  private List<String> onDisk() throws IOException {
    Path out = folder.resolve("out");
    try (Stream<Path> all = Files.walk(out)) {
      return all.filter(Files::isRegularFile)
          .map(file -> out.relativize(file).toString())
          .filter(name -> !name.equals(Manifest.NAME))
          .sorted()
          .toList();
    }
  }

  private static List<String> names(Manifest manifest) {
    return manifest.files().stream().map(Manifest.File::name).sorted().toList();
  }

  /** Of the files that the manifest names. */
  private long countedRows() throws IOException {
    long rows = 0;
    for (Manifest.File file : manifest().files()) {
      Path path = folder.resolve("out").resolve(file.name());
      String text =
          engine.query("SELECT count(*) FROM '" + path + "'", 1).rows().getFirst().getFirst();
      rows += Long.parseLong(String.valueOf(text));
    }
    return rows;
  }

  @Test
  void aSingleFileStaysASingleFile() throws IOException {
    StepWork.Export one =
        new StepWork.Export(
            new Relation.Scan(ORDERS), "out/o.csv", FileLayout.of("csv"), false, false, false);
    assertThat(export(rows(0, 10), one, "r1")).isEqualTo(10);
    assertThat(export(rows(0, 3), one, "r2")).isEqualTo(3);
    assertThat(onDisk()).containsExactly("o.csv");
    assertThat(folder.resolve("out/o.csv")).hasContent("id,part,v\n0,0,v0\n1,1,v1\n2,0,v2\n");
    Files.createDirectories(folder.resolve("dir.csv"));
    StepWork.Export other =
        new StepWork.Export(
            new Relation.Scan(ORDERS), "dir.csv", FileLayout.of("csv"), false, false, false);
    assertThatThrownBy(() -> export(rows(0, 1), other, "r3")).hasMessageContaining("not replaced");
  }

  @Test
  void allRowsReplaceThoseOfTheRunBefore() throws IOException {
    StepWork.Export work = work(layout("parquet", 0, "part"), false, false);
    export(rows(0, 10), work, "r1");
    Manifest first = manifest();
    assertThat(first.rows()).isEqualTo(10);
    assertThat(first.files()).hasSize(2).allMatch(file -> file.rows() == 5 && file.bytes() > 0);
    assertThat(onDisk()).isEqualTo(names(first));

    export("SELECT i AS id, 7 AS part FROM range(4) r(i)", work, "r2");
    assertThat(manifest().rows()).isEqualTo(4);
    assertThat(names(manifest())).singleElement().asString().startsWith("part=7/leat-r2-");
    assertThat(onDisk()).isEqualTo(names(manifest()));
    assertThat(folder.resolve("out/part=0")).doesNotExist();
    assertThat(manifest().shapes()).hasSize(1);
  }

  @Test
  void changedRowsComeInFilesBesideTheOthers() throws IOException {
    StepWork.Export work = work(layout("csv", 0), true, false);
    export(rows(0, 10), work, "r1");
    export(rows(10, 12), work, "r2", "r1");
    export(rows(0, 0), work, "r3", "r2");
    assertThat(manifest().rows()).isEqualTo(12);
    assertThat(manifest().files()).hasSize(2);
    assertThat(manifest().run()).isEqualTo("r3");
    assertThat(countedRows()).isEqualTo(12);
    // All rows anew.
    export(rows(0, 12), work, "r4");
    assertThat(manifest().files()).hasSize(1);
    assertThat(onDisk()).isEqualTo(names(manifest()));
  }

  @Test
  void rowsOfARunWhoseEndWasNotRecordedComeOnce() throws IOException {
    StepWork.Export work = work(layout("csv", 0), true, false);
    export(rows(0, 10), work, "r1");
    export(rows(10, 12), work, "r2", "r1");
    // The engine still knows r1 only, so that its rows are read again.
    export(rows(10, 15), work, "r3", "r1");
    assertThat(manifest().rows()).isEqualTo(15);
    assertThat(countedRows()).isEqualTo(15);
    assertThat(onDisk()).isEqualTo(names(manifest()));
  }

  @Test
  void smallFilesOfEarlierRunsAreMadeLarger() throws IOException {
    for (String format : List.of("parquet", "csv", "json")) {
      StepWork.Export work = work(layout(format, 100_000, "part"), true, true);
      export(rows(0, 10), work, format + 0);
      for (int i = 1; i < 12; i++) {
        export(rows(i * 10, i * 10 + 10), work, format + i, format + (i - 1));
      }
      assertThat(manifest().rows()).isEqualTo(120);
      assertThat(countedRows()).isEqualTo(120);
      assertThat(manifest().files()).hasSizeBetween(2, 10);
      assertThat(onDisk()).isEqualTo(names(manifest()));
      Files.delete(folder.resolve("out/_manifest.json"));
      for (String name : onDisk()) {
        Files.delete(folder.resolve("out").resolve(name));
      }
    }
  }

  @Test
  void filesOfOtherColumnsAreNotJoined() throws IOException {
    StepWork.Export work = work(layout("csv", 100_000), true, true);
    export(rows(0, 10), work, "r0");
    for (int i = 1; i < 8; i++) {
      String wide = "SELECT *, 1 AS w FROM (" + rows(i * 10, i * 10 + 10) + ")";
      export(i < 4 ? rows(i * 10, i * 10 + 10) : wide, work, "r" + i, "r" + (i - 1));
    }
    assertThat(manifest().shapes()).hasSize(2);
    assertThat(countedRows()).isEqualTo(80);
    assertThat(manifest().files().stream().map(Manifest.File::shape).distinct()).hasSize(2);
  }

  @Test
  void anExportThatIsKilledLeavesTheFormerOneAndTheNextOneCleansUp() throws IOException {
    StepWork.Export work = work(layout("parquet", 0, "part"), false, false);
    export(rows(0, 10), work, "r1");
    Manifest first = manifest();
    broken = true;
    assertThatThrownBy(() -> export(rows(0, 99), work, "r2"))
        .isInstanceOf(IllegalStateException.class);
    broken = false;
    assertThat(manifest()).isEqualTo(first);
    assertThat(countedRows()).isEqualTo(10);
    assertThat(onDisk()).hasSizeGreaterThan(first.files().size());
    export(rows(0, 20), work, "r3");
    assertThat(countedRows()).isEqualTo(20);
    assertThat(onDisk()).isEqualTo(names(manifest())).noneMatch(StorageNames::isAside);
  }

  @Test
  void whatOthersPutThereIsNotTouched() throws IOException {
    Path mine = Files.createDirectories(folder.resolve("out")).resolve("notes.txt");
    Files.writeString(mine, "mine");
    StepWork.Export work = work(layout("csv", 0, "part"), false, false);
    assertThatThrownBy(() -> export(rows(0, 1), work, "r1"))
        .isInstanceOfSatisfying(
            LeatException.class, e -> assertThat(e.code().name()).isEqualTo("EXPORT_OTHER_FILES"));
    Files.delete(mine);
    // As exports were before there were manifests.
    Path old = Files.createDirectories(folder.resolve("out/part=5")).resolve("data_0.csv");
    Files.writeString(old, "id\n1\n");
    export(rows(0, 1), work, "r2");
    assertThat(old).doesNotExist();
    Files.writeString(mine, "mine");
    export(rows(0, 1), work, "r3");
    assertThat(mine).hasContent("mine");
    StepWork.Export parquet = work(layout("parquet", 0), true, false);
    assertThatThrownBy(() -> export(rows(0, 1), parquet, "r4", "r3"))
        .hasMessageContaining("would add others");
    assertThatThrownBy(
            () ->
                new ExportFolder(new Local().open(new Local().folder("out")))
                    .look("gold.other", List.of()))
        .hasMessageContaining("has the export of gold.orders");
  }
}

package dev.leat.duckdb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.leat.spi.Position;
import dev.leat.spi.batch.BytesColumnWriter;
import dev.leat.spi.batch.ChangeBatchBuilder;
import dev.leat.spi.batch.FixedColumnWriter;
import dev.leat.spi.batch.Operation;
import dev.leat.spi.batch.RowBatch;
import dev.leat.spi.batch.RowBatchBuilder;
import dev.leat.spi.destination.ChangeWriter;
import dev.leat.spi.destination.Destination;
import dev.leat.spi.destination.TableTarget;
import dev.leat.spi.destination.WriteMode;
import dev.leat.spi.error.LeatException;
import dev.leat.spi.plugin.DestinationConnector.Access;
import dev.leat.spi.plugin.OpenContext;
import dev.leat.spi.plugin.OptionValues;
import dev.leat.spi.schema.Column;
import dev.leat.spi.schema.LogicalType.Primitive;
import dev.leat.spi.schema.RowIdentity;
import dev.leat.spi.schema.TableId;
import dev.leat.spi.schema.TableSchema;
import dev.leat.spi.source.BatchReader;
import dev.leat.spi.source.CopyRange;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Against a real file; the allocator fails a test that leaks column memory. */
class DuckDbDestinationIT {
  private static final TableId ID = new TableId("shop", "it\"ems");

  @TempDir Path folder;
  private BufferAllocator allocator = new RootAllocator();
  private @Nullable Destination open;

  @BeforeEach
  void openFile() {
    open = destination("it");
  }

  @AfterEach
  void closeAll() {
    destination().close();
    allocator.close();
  }

  private Destination destination() {
    return java.util.Objects.requireNonNull(open);
  }

  private Destination destination(String replication) {
    return new DuckDbPlugin()
        .destination()
        .orElseThrow()
        .open(
            new OpenContext(
                "it",
                replication,
                new OptionValues(Map.of("path", folder.resolve("it.duckdb"))),
                allocator),
            Access.WRITE);
  }

  private static TableTarget target(WriteMode mode, boolean keyed) {
    TableSchema schema =
        new TableSchema(
            ID,
            List.of(
                new Column("id", Primitive.INT32, false, "integer"),
                new Column("select", Primitive.TEXT, true, "text"),
                new Column("doc", Primitive.TEXT, true, "text")),
            keyed ? List.of(0) : List.of(),
            keyed ? RowIdentity.KEY : RowIdentity.FULL_ROW);
    return new TableTarget(schema, ID, mode);
  }

  private void copy(TableTarget target, String range, boolean overlapping, Row... rows) {
    var unused =
        destination()
            .copy(target, new CopyRange(range, -1), new Rows(target.schema(), rows), overlapping);
  }

  private List<List<@Nullable String>> table() {
    return destination()
        .engine()
        .orElseThrow()
        .query("SELECT * FROM shop.\"it\"\"ems\" ORDER BY ALL", 100_000)
        .rows();
  }

  @Test
  void copiesRangesWithTheirMarks() {
    TableTarget target = target(WriteMode.MIRROR, true);
    destination().startCopy(target);
    copy(target, "a", false, row(1, "x", null), row(2, null, "d"));
    copy(target, "b", false, row(3, "z", "e"));
    assertThat(table())
        .containsExactly(
            java.util.Arrays.asList("1", "x", null),
            java.util.Arrays.asList("2", null, "d"),
            List.of("3", "z", "e"));
    assertThat(destination().progress().finishedRanges().get(ID))
        .containsExactlyInAnyOrder("a", "b");
    destination().startCopy(target);
    assertThat(table()).isEmpty();
    assertThat(destination().progress().finishedRanges()).isEmpty();
  }

  @Test
  void replacesRowsOfAnOverlappingRange() {
    TableTarget target = target(WriteMode.MIRROR, true);
    destination().startCopy(target);
    copy(target, "a", false, row(1, "old", null), row(2, "kept", null));
    copy(target, "b", true, row(1, "new", null), row(3, "added", null));
    assertThat(table()).extracting(row -> row.get(1)).containsExactly("new", "kept", "added");
  }

  @Test
  void forgetsARangeWhoseReaderFails() {
    TableTarget target = target(WriteMode.MIRROR, true);
    destination().startCopy(target);
    LeatException broken =
        new LeatException(
            new dev.leat.spi.error.ErrorCode("BROKEN", dev.leat.spi.error.ErrorCategory.TRANSIENT),
            "cut",
            "");
    BatchReader failing =
        new Rows(target.schema(), row(1, "x", null)) {
          @Override
          public @Nullable RowBatch next() {
            RowBatch batch = super.next();
            if (batch == null) {
              throw broken;
            }
            return batch;
          }
        };
    assertThatThrownBy(() -> destination().copy(target, new CopyRange("a", -1), failing, false))
        .isSameAs(broken);
    assertThat(table()).isEmpty();
    assertThat(destination().progress().finishedRanges()).isEmpty();
  }

  @Test
  void keepsNothingOfARollback() {
    TableTarget target = target(WriteMode.MIRROR, true);
    destination().startCopy(target);
    try (ChangeWriter writer = destination().openChangeWriter()) {
      Changes changes = new Changes(target);
      changes.insert(1, "x", "d");
      writer.write(target, changes.build());
      writer.commit(Position.at(10));
      changes = new Changes(target);
      changes.insert(2, "y", "d");
      writer.write(target, changes.build());
      writer.rollback();
      changes = new Changes(target);
      changes.insert(3, "z", "d");
      writer.write(target, changes.build());
    }
    assertThat(table()).hasSize(1);
    assertThat(destination().progress().streamed()).isEqualTo(Position.at(10));
  }

  @Test
  void marksDeletedRowsAndKeepsTheirValues() {
    TableTarget target = target(WriteMode.MIRROR_KEEPING_DELETED, true);
    destination().startCopy(target);
    copy(target, "a", false, row(1, "x", "big"), row(2, "y", "big"));
    apply(target, changes -> changes.delete(1));
    assertThat(table().getFirst()).startsWith("1", "x", "big", "true");
    apply(target, changes -> changes.insert(1, "again", null));
    assertThat(table().getFirst()).startsWith("1", "again", null, "false");
  }

  @Test
  void keepsEveryChangeAndNamesWhatWasUnchanged() {
    TableTarget target = target(WriteMode.HISTORY, true);
    destination().startCopy(target);
    copy(target, "a", false, row(1, "x", "big"));
    apply(
        target,
        changes -> {
          changes.update(1, "y");
          changes.delete(1);
        });
    assertThat(
            destination()
                .engine()
                .orElseThrow()
                .query(
                    "SELECT id, \"select\", doc, _leat_op, _leat_unchanged FROM shop.\"it\"\"ems\" ORDER BY _leat_ordinal NULLS FIRST",
                    10)
                .rows())
        .containsExactly(
            java.util.Arrays.asList("1", "x", "big", "R", null),
            java.util.Arrays.asList("1", "y", null, "U", "[doc]"),
            java.util.Arrays.asList("1", null, null, "D", null));
  }

  @Test
  void removesAsManyCopiesOfAnEqualRowAsWereDeleted() {
    TableTarget target = target(WriteMode.MIRROR, false);
    destination().startCopy(target);
    copy(
        target,
        "a",
        false,
        row(1, null, null),
        row(1, null, null),
        row(1, null, null),
        row(2, "y", null));
    apply(
        target,
        changes -> {
          changes.full(Operation.DELETE, 1, null, null);
          changes.full(Operation.DELETE, 1, null, null);
          changes.full(Operation.INSERT, 2, "y", null);
        });
    assertThat(table()).extracting(row -> row.get(0)).containsExactly("1", "2", "2");
  }

  @Test
  void refusesAnUpdateWithAbsentValuesOfAMissingRow() {
    TableTarget target = target(WriteMode.MIRROR, true);
    destination().startCopy(target);
    assertThatThrownBy(() -> apply(target, changes -> changes.update(7, "y")))
        .isInstanceOf(LeatException.class)
        .hasMessageContaining("missing");
  }

  @Test
  void refusesATableOfSomebodyElse() {
    TableTarget target = target(WriteMode.MIRROR, true);
    destination().startCopy(target);
    destination().close();
    open = destination("another");
    assertThat(destination().check(List.of(target)))
        .singleElement()
        .satisfies(
            finding ->
                assertThat(finding.problem().code().name()).isEqualTo("DUCKDB_TABLE_EXISTS"));
    assertThatThrownBy(() -> destination().startCopy(target))
        .hasMessageContaining("already exists");
  }

  @Test
  void leavesAFileOfAnotherProgramAlone() throws IOException {
    Path file = folder.resolve("notes.txt");
    Files.writeString(file, "not a database");
    assertThatThrownBy(() -> DuckDbDatabase.open(file, true, 1 << 28, 1))
        .hasMessageContaining("another program");
    assertThat(file).hasContent("not a database");
    Path missing = folder.resolve("no/such/folder.duckdb");
    assertThatThrownBy(() -> DuckDbDatabase.open(missing, true, 1 << 28, 1))
        .hasMessageContaining("cannot be opened");
  }

  /** Random changes in random batches and commits against a plain map. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6})
  void equalsAModel(long seed) {
    Random random = new Random(seed);
    TableTarget target = target(WriteMode.MIRROR, true);
    destination().startCopy(target);
    Map<Integer, String[]> model = new TreeMap<>();
    try (ChangeWriter writer = destination().openChangeWriter()) {
      for (int commit = 1; commit <= 40; commit++) {
        for (int b = random.nextInt(3); b >= 0; b--) {
          Changes changes = new Changes(target);
          for (int n = random.nextInt(30); n >= 0; n--) {
            change(random, changes, model);
          }
          writer.write(target, changes.build());
        }
        writer.commit(Position.at(commit));
      }
    }
    List<List<String>> expected = new ArrayList<>();
    model.forEach(
        (id, values) -> expected.add(java.util.Arrays.asList(id.toString(), values[0], values[1])));
    assertThat(table()).as("seed %s", seed).isEqualTo(expected);
  }

  private static void change(Random random, Changes changes, Map<Integer, String[]> model) {
    int id = random.nextInt(20);
    String text = "t" + random.nextInt(1000);
    String[] values = model.get(id);
    if (values == null) {
      changes.insert(id, text, "doc of " + text);
      model.put(id, new String[] {text, "doc of " + text});
      return;
    }
    switch (random.nextInt(5)) {
      case 0 -> {
        changes.delete(id);
        model.remove(id);
      }
      case 1 -> {
        int other = random.nextInt(20);
        if (!model.containsKey(other)) {
          changes.move(id, other, text);
          model.remove(id);
          model.put(other, new String[] {text, values[1]});
        }
      }
      case 2 -> {
        if (random.nextInt(20) == 0) {
          changes.builder.truncate(1, 0, 0);
          model.clear();
        }
      }
      default -> {
        changes.update(id, text);
        model.put(id, new String[] {text, values[1]});
      }
    }
  }

  private void apply(TableTarget target, java.util.function.Consumer<Changes> work) {
    try (ChangeWriter writer = destination().openChangeWriter()) {
      Changes changes = new Changes(target);
      work.accept(changes);
      writer.write(target, changes.build());
      writer.commit(Position.at(100));
    }
  }

  private static Row row(int id, @Nullable String text, @Nullable String doc) {
    return new Row(id, text, doc);
  }

  private record Row(int id, @Nullable String text, @Nullable String doc) {}

  /** Changes of the test table. */
  private final class Changes {
    private final ChangeBatchBuilder builder;
    private int ordinal;

    Changes(TableTarget target) {
      builder =
          new ChangeBatchBuilder(allocator, target.schema(), target.mode().batches(), false, 8);
    }

    void insert(int id, @Nullable String text, @Nullable String doc) {
      full(Operation.INSERT, id, text, doc);
    }

    void full(Operation operation, int id, @Nullable String text, @Nullable String doc) {
      builder.startRow(operation, 5, ordinal++, 0);
      ((FixedColumnWriter) builder.column(0)).appendInt(id);
      append((BytesColumnWriter) builder.column(1), text);
      append((BytesColumnWriter) builder.column(2), doc);
      builder.endRow();
    }

    void update(int id, String text) {
      builder.startRow(Operation.UPDATE, 5, ordinal++, 0);
      ((FixedColumnWriter) builder.column(0)).appendInt(id);
      append((BytesColumnWriter) builder.column(1), text);
      builder.absent(2);
      builder.endRow();
    }

    void delete(int id) {
      builder.startRow(Operation.DELETE, 5, ordinal++, 0);
      ((FixedColumnWriter) builder.column(0)).appendInt(id);
      builder.absent(1);
      builder.absent(2);
      builder.endRow();
    }

    void move(int from, int to, String text) {
      delete(from);
      builder.startRow(Operation.UPDATE, 5, ordinal++, 0);
      ((FixedColumnWriter) builder.column(0)).appendInt(to);
      append((BytesColumnWriter) builder.column(1), text);
      builder.absent(2);
      builder.moved();
      builder.endRow();
    }

    dev.leat.spi.batch.ChangeBatch build() {
      return builder.build();
    }
  }

  private static void append(BytesColumnWriter column, @Nullable String value) {
    if (value == null) {
      column.appendNull();
    } else {
      byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
      column.appendBytes(bytes, 0, bytes.length);
    }
  }

  /** The given rows as one batch. */
  private class Rows implements BatchReader {
    private final TableSchema schema;
    private final Row[] rows;
    private boolean done;

    Rows(TableSchema schema, Row... rows) {
      this.schema = schema;
      this.rows = rows;
    }

    @Override
    public @Nullable RowBatch next() {
      if (done) {
        return null;
      }
      done = true;
      RowBatchBuilder builder = new RowBatchBuilder(allocator, schema, 8);
      for (Row row : rows) {
        ((FixedColumnWriter) builder.column(0)).appendInt(row.id());
        append((BytesColumnWriter) builder.column(1), row.text());
        append((BytesColumnWriter) builder.column(2), row.doc());
        builder.endRow();
      }
      return builder.build();
    }

    @Override
    public long bytesRead() {
      return 0;
    }

    @Override
    public long rowsRead() {
      return rows.length;
    }

    @Override
    public void close() {}
  }
}

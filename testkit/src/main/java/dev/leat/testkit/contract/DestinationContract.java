package dev.leat.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.leat.spi.Position;
import dev.leat.spi.batch.Operation;
import dev.leat.spi.batch.RowBatch;
import dev.leat.spi.destination.ChangeWriter;
import dev.leat.spi.destination.Destination;
import dev.leat.spi.destination.TableTarget;
import dev.leat.spi.destination.WriteMode;
import dev.leat.spi.error.ErrorCategory;
import dev.leat.spi.error.ErrorCode;
import dev.leat.spi.error.LeatException;
import dev.leat.spi.schema.Column;
import dev.leat.spi.schema.LogicalType.Primitive;
import dev.leat.spi.schema.RowIdentity;
import dev.leat.spi.schema.TableId;
import dev.leat.spi.schema.TableSchema;
import dev.leat.spi.source.CopyRange;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What every destination must do; a destination's own test extends it and says how one is opened.
 * What is there is read through {@link Destination#preview}. The allocator fails a test in which
 * memory of a batch is not given back.
 */
public abstract class DestinationContract {
  /** A table whose name needs quoting, with columns that do. */
  protected static final TableId TABLE = new TableId("shop", "it\"ems");

  private static final int ALL = 100_000;

  private @Nullable BufferAllocator allocator;
  private @Nullable Destination open;

  /** Opens the destination of the test: the same one at every call, with what is durable in it. */
  protected abstract Destination open(BufferAllocator memory);

  /** What tables can be there; the contract of other modes is that they are refused. */
  protected boolean supports(WriteMode mode) {
    return true;
  }

  @BeforeEach
  final void openDestination() {
    allocator = new RootAllocator();
    open = open(allocator);
  }

  @AfterEach
  final void closeDestination() {
    destination().close();
    allocator().close();
  }

  /** Closes it and opens it again, as the next process would. */
  protected final void reopen() {
    destination().close();
    open = open(allocator());
  }

  protected final Destination destination() {
    return java.util.Objects.requireNonNull(open);
  }

  protected final BufferAllocator allocator() {
    return java.util.Objects.requireNonNull(allocator);
  }

  /** A table with the columns id, select and doc; with a key that is the id. */
  protected static TableTarget target(WriteMode mode, boolean keyed) {
    TableSchema schema =
        new TableSchema(
            TABLE,
            List.of(
                new Column("id", Primitive.INT32, false, "integer"),
                new Column("select", Primitive.TEXT, true, "text"),
                new Column("doc", Primitive.TEXT, true, "text")),
            keyed ? List.of(0) : List.of(),
            keyed ? RowIdentity.KEY : RowIdentity.FULL_ROW);
    return new TableTarget(schema, TABLE, mode);
  }

  private static TableTarget mirror() {
    return target(WriteMode.MIRROR, true);
  }

  protected final void copy(
      TableTarget target, String range, boolean overlapping, TestRow... rows) {
    long written =
        destination()
            .copy(
                target,
                new CopyRange(range, -1),
                new TestRows(allocator(), target.schema(), List.of(rows)),
                overlapping)
            .rows();
    assertThat(written).isEqualTo(rows.length);
  }

  protected final void apply(TableTarget target, Consumer<TestChanges> work) {
    try (ChangeWriter writer = destination().openChangeWriter()) {
      TestChanges changes = new TestChanges(allocator(), target);
      work.accept(changes);
      writer.write(target, changes.build());
      writer.commit(Position.at(100));
    }
  }

  protected static TestRow row(int id, @Nullable String text, @Nullable String doc) {
    return new TestRow(id, text, doc);
  }

  /** The rows of the table, with their columns in order, by all their values. */
  protected final List<List<@Nullable String>> table() {
    List<List<@Nullable String>> rows = new ArrayList<>(destination().preview(TABLE, ALL).rows());
    rows.sort(Comparator.comparing(row -> "%10s".formatted(row.getFirst()) + row));
    return rows;
  }

  private static List<@Nullable String> values(@Nullable String... values) {
    return Arrays.asList(values);
  }

  @Test
  void beginsWithNothing() {
    assertThat(destination().progress().streamed()).isNull();
    assertThat(destination().progress().finishedRanges()).isEmpty();
    assertThat(destination().check(List.of(mirror()))).isEmpty();
    assertThat(destination().describe()).isNotBlank();
  }

  @Test
  void copiesRangesWithTheirMarks() {
    destination().startCopy(mirror());
    copy(mirror(), "a", false, row(1, "x", null), row(2, null, "d"));
    reopen();
    copy(mirror(), "b", false, row(3, "z", "e"));
    reopen();
    assertThat(table())
        .containsExactly(values("1", "x", null), values("2", null, "d"), values("3", "z", "e"));
    assertThat(destination().progress().finishedRanges().get(TABLE))
        .containsExactlyInAnyOrder("a", "b");
    destination().startCopy(mirror());
    reopen();
    assertThat(table()).isEmpty();
    assertThat(destination().progress().finishedRanges().getOrDefault(TABLE, java.util.Set.of()))
        .isEmpty();
  }

  @Test
  void replacesRowsOfAnOverlappingRange() {
    destination().startCopy(mirror());
    copy(mirror(), "a", false, row(1, "old", null), row(2, "kept", null));
    copy(mirror(), "b", true, row(1, "new", null), row(3, "added", null));
    assertThat(table()).extracting(row -> row.get(1)).containsExactly("new", "kept", "added");
  }

  @Test
  void forgetsARangeWhoseReaderFails() {
    destination().startCopy(mirror());
    LeatException broken =
        new LeatException(new ErrorCode("BROKEN", ErrorCategory.TRANSIENT), "cut", "");
    TestRows failing =
        new TestRows(allocator(), mirror().schema(), List.of(row(1, "x", null))) {
          @Override
          public @Nullable RowBatch next() {
            RowBatch batch = super.next();
            if (batch == null) {
              throw broken;
            }
            return batch;
          }
        };
    assertThatThrownBy(() -> destination().copy(mirror(), new CopyRange("a", -1), failing, false))
        .isSameAs(broken);
    assertThat(table()).isEmpty();
    copy(mirror(), "a", false, row(1, "x", null));
    assertThat(table()).hasSize(1);
  }

  @Test
  void writesRangesOfSeveralThreads() throws Exception {
    destination().startCopy(mirror());
    try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
      List<Future<?>> work = new ArrayList<>();
      for (int i = 0; i < 16; i++) {
        int id = i;
        work.add(threads.submit(() -> copy(mirror(), "r" + id, false, row(id, "x", "y"))));
      }
      for (Future<?> done : work) {
        Object unused = done.get();
      }
    }
    assertThat(table()).hasSize(16);
    assertThat(destination().progress().finishedRanges().get(TABLE)).hasSize(16);
  }

  @Test
  void makesChangesDurableWithTheirProgress() {
    destination().startCopy(mirror());
    apply(mirror(), changes -> changes.insert(1, "x", "d"));
    reopen();
    assertThat(table()).containsExactly(values("1", "x", "d"));
    assertThat(destination().progress().streamed()).isEqualTo(Position.at(100));
    try (ChangeWriter writer = destination().openChangeWriter()) {
      writer.commit(new Position(-1, 7));
    }
    reopen();
    assertThat(destination().progress().streamed()).isEqualTo(new Position(-1, 7));
  }

  @Test
  void keepsNothingOfARollback() {
    destination().startCopy(mirror());
    try (ChangeWriter writer = destination().openChangeWriter()) {
      TestChanges changes = new TestChanges(allocator(), mirror());
      changes.insert(1, "x", "d");
      writer.write(mirror(), changes.build());
      writer.commit(Position.at(10));
      changes = new TestChanges(allocator(), mirror());
      changes.insert(2, "y", "d");
      writer.write(mirror(), changes.build());
      writer.rollback();
      changes = new TestChanges(allocator(), mirror());
      changes.insert(3, "z", "d");
      writer.write(mirror(), changes.build());
    }
    assertThat(table()).hasSize(1);
    assertThat(destination().progress().streamed()).isEqualTo(Position.at(10));
  }

  @Test
  void emptiesATableBeforeTheRowsThatFollow() {
    destination().startCopy(mirror());
    copy(mirror(), "a", false, row(1, "x", null), row(2, "y", null));
    apply(
        mirror(),
        changes -> {
          changes.insert(3, "gone", null);
          changes.truncate();
          changes.insert(1, "new", null);
        });
    assertThat(table()).containsExactly(values("1", "new", null));
  }

  @Test
  void keepsWhatDidNotChange() {
    destination().startCopy(mirror());
    copy(mirror(), "a", false, row(1, "x", "big"), row(2, "y", "bigger"));
    apply(
        mirror(),
        changes -> {
          changes.update(1, "new");
          changes.move(2, 3, "moved");
        });
    assertThat(table()).containsExactly(values("1", "new", "big"), values("3", "moved", "bigger"));
    // Two rows exchange their keys.
    apply(
        mirror(),
        changes -> {
          changes.move(1, 9, "a");
          changes.move(3, 1, "b");
          changes.move(9, 3, "c");
        });
    assertThat(table()).containsExactly(values("1", "b", "bigger"), values("3", "c", "big"));
  }

  @Test
  void refusesAnUpdateWithAbsentValuesOfAMissingRow() {
    destination().startCopy(mirror());
    assertThatThrownBy(() -> apply(mirror(), changes -> changes.update(7, "y")))
        .isInstanceOf(LeatException.class)
        .hasMessageContaining("missing");
    assertThat(table()).isEmpty();
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
    assertThat(table()).extracting(List::getFirst).containsExactly("1", "2", "2");
  }

  @Test
  void marksDeletedRowsAndKeepsTheirValues() {
    assumeThat(supports(WriteMode.MIRROR_KEEPING_DELETED)).isTrue();
    TableTarget target = target(WriteMode.MIRROR_KEEPING_DELETED, true);
    destination().startCopy(target);
    copy(target, "a", false, row(1, "x", "big"), row(2, "y", "big"));
    apply(target, changes -> changes.delete(1));
    assertThat(table().getFirst()).startsWith("1", "x", "big", "true");
    apply(target, changes -> changes.insert(1, "again", null));
    assertThat(table().getFirst()).startsWith("1", "again", null, "false");
  }

  @ParameterizedTest
  @EnumSource(WriteMode.class)
  void refusesModesThatItDoesNotHave(WriteMode mode) {
    assumeThat(supports(mode)).isFalse();
    TableTarget target = target(mode, true);
    assertThat(destination().check(List.of(target))).isNotEmpty();
    assertThatThrownBy(() -> destination().prepare(target))
        .isInstanceOfSatisfying(
            LeatException.class, e -> assertThat(e.category()).isEqualTo(ErrorCategory.CONFIG));
  }

  @Test
  void noticesThatATableHasAnotherShape() {
    destination().prepare(mirror());
    destination().prepare(mirror());
    TableSchema other =
        new TableSchema(
            TABLE,
            List.of(new Column("id", Primitive.INT64, false, "bigint")),
            List.of(0),
            RowIdentity.KEY);
    assertThatThrownBy(() -> destination().prepare(mirror().withSchema(other)))
        .isInstanceOfSatisfying(
            LeatException.class, e -> assertThat(e.category()).isEqualTo(ErrorCategory.SCHEMA));
  }

  /** Random changes in random batches and commits against a plain map. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6})
  void equalsAModel(long seed) {
    Random random = new Random(seed);
    destination().startCopy(mirror());
    Map<Integer, String[]> model = new HashMap<>();
    try (ChangeWriter writer = destination().openChangeWriter()) {
      for (int commit = 1; commit <= 40; commit++) {
        for (int b = random.nextInt(3); b >= 0; b--) {
          TestChanges changes = new TestChanges(allocator(), mirror());
          for (int n = random.nextInt(30); n >= 0; n--) {
            change(random, changes, model);
          }
          writer.write(mirror(), changes.build());
        }
        writer.commit(Position.at(commit));
      }
    }
    List<List<@Nullable String>> expected = new ArrayList<>();
    model.forEach((id, texts) -> expected.add(values(id.toString(), texts[0], texts[1])));
    assertThat(table()).as("seed %s", seed).containsExactlyInAnyOrderElementsOf(expected);
  }

  private static void change(Random random, TestChanges changes, Map<Integer, String[]> model) {
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
          changes.truncate();
          model.clear();
        }
      }
      default -> {
        changes.update(id, text);
        model.put(id, new String[] {text, values[1]});
      }
    }
  }
}

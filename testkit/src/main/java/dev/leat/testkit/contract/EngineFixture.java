package dev.leat.testkit.contract;

import dev.leat.spi.engine.Engine;
import dev.leat.spi.engine.EngineConnector;
import dev.leat.spi.engine.Mark;
import dev.leat.spi.instruction.Write;
import dev.leat.spi.plugin.DestinationConnector.Access;
import dev.leat.spi.plugin.OpenContext;
import dev.leat.spi.plugin.OptionValues;
import dev.leat.spi.schema.Column;
import dev.leat.spi.schema.LogicalType;
import dev.leat.spi.schema.TableId;
import dev.leat.spi.source.BatchReader;
import dev.leat.spi.sql.Dialect;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** An engine with nothing in it, opened for the flow {@code shop}, and rows for it. */
public abstract class EngineFixture {
  /** When the marks of tests are from. */
  protected static final Instant AT = Instant.parse("2026-01-02T03:04:05.678901Z");

  private @Nullable BufferAllocator allocator;
  private @Nullable Engine open;

  protected abstract EngineConnector connector();

  /** Where the engine of the test is: the same place at every call, made anew for every test. */
  protected abstract OptionValues options();

  @BeforeEach
  final void openEngine() {
    allocator = new RootAllocator();
    open = open("shop", Access.WRITE);
  }

  @AfterEach
  final void closeEngine() {
    engine().close();
    Objects.requireNonNull(allocator).close();
  }

  /** Opens the same place once more; the caller closes it. */
  protected final Engine open(String flow, Access access) {
    return connector()
        .open(new OpenContext(flow, "", options(), Objects.requireNonNull(allocator)), access);
  }

  /** Closes it and opens it again, as the next process would. */
  protected final void reopen() {
    engine().close();
    open = open("shop", Access.WRITE);
  }

  protected final Engine engine() {
    return Objects.requireNonNull(open);
  }

  protected final Dialect dialect() {
    return connector().dialect();
  }

  protected final String quote(TableId table) {
    return dialect().quote(table);
  }

  protected static Column column(String name, LogicalType type) {
    return new Column(name, type, true, type.toString());
  }

  /** A table beside the given one, for rows that are to be published in it. */
  protected static TableId staging(TableId table) {
    return EngineRows.staging(table);
  }

  protected static Mark mark(String step, String fingerprint) {
    return new Mark(step, "", "run-1", fingerprint, null, AT);
  }

  protected static List<@Nullable Object> row(@Nullable Object... values) {
    List<@Nullable Object> row = new ArrayList<>();
    for (Object value : values) {
      row.add(value);
    }
    return row;
  }

  private EngineRows rows() {
    return new EngineRows(engine(), Objects.requireNonNull(allocator));
  }

  /** Loads rows in batches of two. */
  protected final long load(
      TableId table, List<Column> columns, List<List<@Nullable Object>> rows) {
    return rows().load(table, columns, rows, 2);
  }

  /** Loads rows and publishes them, with the columns that the dataset has before. */
  protected final long publish(
      TableId table, Write write, List<Column> columns, List<List<@Nullable Object>> rows) {
    return rows().publish(table, write, columns, rows, mark("step", "f"));
  }

  /** The rows of a table in the order of its first column, which is not NULL. */
  protected final List<List<@Nullable Object>> rows(TableId table) {
    List<Column> columns = engine().columns(table).orElseThrow();
    return rows(
        "SELECT * FROM " + quote(table) + " ORDER BY " + dialect().quote(columns.getFirst().name()),
        columns);
  }

  /** What a query gives; bytes as {@link java.nio.ByteBuffer}, which can be compared. */
  protected final List<List<@Nullable Object>> rows(String query, List<Column> columns) {
    return rows().read(query, columns);
  }

  /** Rows as batches of {@code size}. */
  protected final BatchReader reader(
      List<Column> columns, List<List<@Nullable Object>> rows, int size) {
    return rows().reader(columns, rows, size);
  }
}

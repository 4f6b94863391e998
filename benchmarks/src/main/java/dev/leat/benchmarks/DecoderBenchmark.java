package dev.leat.benchmarks;

import dev.leat.postgres.types.ColumnCodec;
import dev.leat.postgres.types.TableCodec;
import dev.leat.postgres.wire.CopyRowDecoder;
import dev.leat.postgres.wire.PgOutputDecoder;
import dev.leat.postgres.wire.Relation;
import dev.leat.postgres.wire.TransactionSpool;
import dev.leat.spi.Position;
import dev.leat.spi.batch.BatchMode;
import dev.leat.spi.batch.ChangeBatchBuilder;
import dev.leat.spi.batch.RowBatchBuilder;
import dev.leat.spi.error.LeatException;
import dev.leat.spi.schema.Column;
import dev.leat.spi.schema.RowIdentity;
import dev.leat.spi.schema.TableId;
import dev.leat.spi.schema.TableSchema;
import dev.leat.spi.source.ChangeSink;
import dev.leat.spi.source.TableFeed;
import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** From the bytes a server sent to columns, per row; nothing is read or written. */
@State(Scope.Thread)
@SuppressWarnings("NullAway.Init") // JMH calls prepare() first
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 4, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(
    value = 1,
    jvmArgsAppend = {
      "--add-opens=java.base/java.nio=ALL-UNNAMED",
      "--sun-misc-unsafe-memory-access=allow",
      "-Darrow.enable_unsafe_memory_access=true",
      "-Darrow.enable_null_check_for_get=false"
    })
public class DecoderBenchmark {
  private static final TableId ORDERS = new TableId("public", "orders");

  private WireSample sample;
  private BufferAllocator allocator;
  private TableCodec codec;

  /** Has a server of its own send the messages. */
  @Setup
  public void prepare() throws SQLException, IOException {
    sample = WireSample.record();
    allocator = new RootAllocator();
    Gatherer gatherer = new Gatherer(BatchMode.EVERY_CHANGE);
    decode(sample.inserts().subList(0, 10), gatherer);
    if (codec == null || copiedRow() != WireSample.ROWS) {
      throw new IllegalStateException("the server sent something else");
    }
  }

  /** Gives the memory back. */
  @TearDown
  public void end() {
    allocator.close();
  }

  /** Rows of a binary COPY. */
  @Benchmark
  @OperationsPerInvocation(WireSample.ROWS)
  public int copiedRow() {
    CopyRowDecoder decoder = new CopyRowDecoder(codec);
    try (RowBatchBuilder rows = new RowBatchBuilder(allocator, codec.schema(), WireSample.ROWS)) {
      for (byte[] message : sample.copy()) {
        decoder.decode(message, 0, message.length, rows);
      }
      return rows.rows();
    }
  }

  /** Inserts of a stream, only the last change of each key kept. */
  @Benchmark
  @OperationsPerInvocation(WireSample.ROWS)
  public int insertedRow() {
    return decode(sample.inserts(), new Gatherer(BatchMode.LAST_PER_KEY));
  }

  /** An update of each row and the deletion of every tenth, only the last change kept. */
  @Benchmark
  @OperationsPerInvocation(WireSample.ROWS + WireSample.ROWS / 10)
  public int updatedRow() {
    return decode(sample.updates(), new Gatherer(BatchMode.LAST_PER_KEY));
  }

  private int decode(List<byte[]> messages, Gatherer gatherer) {
    try (gatherer;
        PgOutputDecoder decoder = new PgOutputDecoder(this::codec, new TransactionSpool(1 << 20))) {
      for (byte[] message : messages) {
        decoder.decode(message, 0, message.length, gatherer);
      }
      return gatherer.changes;
    }
  }

  private TableCodec codec(Relation relation) {
    List<Column> columns = new ArrayList<>();
    List<ColumnCodec> codecs = new ArrayList<>();
    List<Integer> key = new ArrayList<>();
    for (Relation.RelationColumn column : relation.columns()) {
      ColumnCodec cell =
          ColumnCodec.of(
              sample.types(),
              column.typeOid(),
              column.typmod(),
              0,
              false,
              ORDERS + "." + column.name());
      if (column.key()) {
        key.add(columns.size());
      }
      columns.add(new Column(column.name(), cell.logicalType(), true, cell.sourceType()));
      codecs.add(cell);
    }
    codec = new TableCodec(new TableSchema(ORDERS, columns, key, RowIdentity.KEY), codecs);
    return codec;
  }

  /** Keeps all changes in one batch. */
  private final class Gatherer implements ChangeSink, TableFeed, AutoCloseable {
    private final BatchMode mode;
    private @Nullable ChangeBatchBuilder batch;
    private int changes;

    Gatherer(BatchMode mode) {
      this.mode = mode;
    }

    @Override
    public TableFeed feed(TableSchema schema) {
      batch = new ChangeBatchBuilder(allocator, schema, mode, false, WireSample.ROWS);
      return this;
    }

    @Override
    public @Nullable ChangeBatchBuilder next(long sequence, long ordinal) {
      return batch;
    }

    @Override
    public void added() {
      changes++;
    }

    @Override
    public void reshape(TableSchema schema) {
      throw new IllegalStateException("the sample's table keeps its shape");
    }

    @Override
    public void fail(LeatException reason) {
      throw reason;
    }

    @Override
    public void begin(long sequence, long committedMicros) {}

    @Override
    public void commit(Position next) {}

    @Override
    public void idle(Position upTo) {}

    @Override
    public void close() {
      if (batch != null) {
        batch.close();
      }
    }
  }
}

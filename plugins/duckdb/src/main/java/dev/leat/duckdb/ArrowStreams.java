package dev.leat.duckdb;

import dev.leat.spi.batch.ColumnTypes;
import dev.leat.spi.batch.RowBatch;
import dev.leat.spi.error.LeatException;
import dev.leat.spi.schema.Column;
import dev.leat.spi.source.BatchReader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;
import org.apache.arrow.c.ArrowArrayStream;
import org.apache.arrow.c.Data;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.ipc.ArrowReader;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.Schema;
import org.jspecify.annotations.Nullable;

/**
 * Lets DuckDB scan Arrow vectors in place, as the view {@value #VIEW} of a session. A stream can be
 * scanned once. DuckDB calls the reader from threads of its own, and passes on only the text of
 * what it throws, so the exception itself is kept here.
 */
final class ArrowStreams {
  /** The view's name. */
  static final String VIEW = "_leat_stream";

  private final BufferAllocator allocator;

  ArrowStreams(BufferAllocator allocator) {
    this.allocator = allocator;
  }

  /** Columns {@code c0, c1, …} of all rows that {@code rows} gives. */
  long overRows(Session session, List<Column> columns, BatchReader rows, LongSupplier statement) {
    List<Field> fields = new ArrayList<>();
    for (int i = 0; i < columns.size(); i++) {
      fields.add(ColumnTypes.field("c" + i, columns.get(i).type()));
    }
    return scan(session, new PullReader(allocator, new Schema(fields), rows), statement);
  }

  /** The vectors under the given names; they stay the caller's. */
  long overVectors(
      Session session,
      List<String> names,
      List<FieldVector> vectors,
      int rows,
      LongSupplier statement) {
    List<Field> fields = new ArrayList<>();
    for (int i = 0; i < vectors.size(); i++) {
      Field field = vectors.get(i).getField();
      fields.add(new Field(names.get(i), field.getFieldType(), field.getChildren()));
    }
    return scan(session, new OnceReader(allocator, new Schema(fields), vectors, rows), statement);
  }

  private long scan(Session session, KeepingReader reader, LongSupplier statement) {
    try (ArrowArrayStream stream = ArrowArrayStream.allocateNew(allocator)) {
      Data.exportArrayStream(allocator, reader, stream);
      try {
        session.connection().registerArrowStream(VIEW, stream);
        return statement.getAsLong();
      } finally {
        stream.release();
      }
    } catch (LeatException e) {
      throw reader.failure(e);
    }
  }

  private abstract static class KeepingReader extends ArrowReader {
    private final Schema schema;
    private @Nullable Throwable thrown;

    KeepingReader(BufferAllocator allocator, Schema schema) {
      super(allocator);
      this.schema = schema;
    }

    /** Fills the root; false at the end. */
    abstract boolean fill(VectorSchemaRoot root);

    @Override
    public final boolean loadNextBatch() throws IOException {
      try {
        prepareLoadNextBatch();
        return fill(getVectorSchemaRoot());
      } catch (RuntimeException | Error e) {
        thrown = e;
        throw e;
      }
    }

    RuntimeException failure(LeatException otherwise) {
      Throwable cause = thrown;
      if (cause instanceof Error error) {
        throw error;
      }
      return cause instanceof RuntimeException e ? e : otherwise;
    }

    @Override
    public final long bytesRead() {
      return 0;
    }

    @Override
    protected final void closeReadSource() {}

    @Override
    protected final Schema readSchema() {
      return schema;
    }
  }

  private static final class PullReader extends KeepingReader {
    private final BatchReader rows;

    PullReader(BufferAllocator allocator, Schema schema, BatchReader rows) {
      super(allocator, schema);
      this.rows = rows;
    }

    @Override
    boolean fill(VectorSchemaRoot root) {
      try (RowBatch batch = rows.next()) {
        if (batch == null) {
          return false;
        }
        for (int i = 0; i < root.getFieldVectors().size(); i++) {
          batch.root().getVector(i).makeTransferPair(root.getVector(i)).transfer();
        }
        root.setRowCount(batch.rows());
        return true;
      }
    }
  }

  private static final class OnceReader extends KeepingReader {
    private final List<FieldVector> vectors;
    private final int rows;
    private boolean done;

    OnceReader(BufferAllocator allocator, Schema schema, List<FieldVector> vectors, int rows) {
      super(allocator, schema);
      this.vectors = vectors;
      this.rows = rows;
    }

    @Override
    boolean fill(VectorSchemaRoot root) {
      if (done) {
        return false;
      }
      done = true;
      for (int i = 0; i < vectors.size(); i++) {
        // Shares the buffers: the batch may be scanned again.
        vectors.get(i).makeTransferPair(root.getVector(i)).splitAndTransfer(0, rows);
      }
      root.setRowCount(rows);
      return true;
    }
  }
}

package dev.leat.duckdb;

import dev.leat.spi.batch.ColumnTypes;
import dev.leat.spi.batch.RowBatch;
import dev.leat.spi.engine.Cancellation;
import dev.leat.spi.error.LeatException;
import dev.leat.spi.schema.Column;
import dev.leat.spi.schema.LogicalType;
import dev.leat.spi.schema.LogicalType.ListOf;
import dev.leat.spi.schema.LogicalType.Primitive;
import dev.leat.spi.schema.RowIdentity;
import dev.leat.spi.schema.TableId;
import dev.leat.spi.schema.TableSchema;
import dev.leat.spi.source.BatchReader;
import java.io.IOException;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.ipc.ArrowReader;
import org.apache.arrow.vector.types.pojo.Schema;
import org.duckdb.DuckDBResultSet;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The rows of a query, taken from DuckDB while it computes them. */
final class DuckDbReader implements BatchReader {
  private static final Logger LOGGER = LoggerFactory.getLogger(DuckDbReader.class);
  private static final int BATCH_ROWS = 1 << 16;

  private final Session session;
  private final Statement statement;
  private final PreparedStatement other;
  private final ArrowReader reader;
  private final BufferAllocator allocator;
  private final TableSchema shape;
  private final Schema fields;
  private final Cancellation cancellation;
  private volatile @Nullable Thread breakingOff;
  private final AtomicLong rows = new AtomicLong();
  private final AtomicLong bytes = new AtomicLong();

  private DuckDbReader(
      Session session,
      Statement statement,
      PreparedStatement other,
      ArrowReader reader,
      BufferAllocator allocator,
      List<Column> columns,
      Cancellation cancellation) {
    this.session = session;
    this.statement = statement;
    this.other = other;
    this.reader = reader;
    this.allocator = allocator;
    this.shape =
        new TableSchema(new TableId("query", "rows"), columns, List.of(), RowIdentity.NONE);
    this.fields = new Schema(columns.stream().map(ColumnTypes::field).toList());
    this.cancellation = cancellation;
  }

  static DuckDbReader open(
      DuckDbDatabase database,
      BufferAllocator allocator,
      String query,
      List<Column> columns,
      Cancellation cancellation) {
    Session session = database.session();
    try {
      session.execute("SET SESSION jdbc_stream_results = true");
      return start(session, allocator, query, columns, cancellation);
    } catch (RuntimeException | Error e) {
      session.close();
      throw e;
    }
  }

  private static DuckDbReader start(
      Session session,
      BufferAllocator allocator,
      String query,
      List<Column> columns,
      Cancellation cancellation) {
    String select = select(query, columns);
    try {
      PreparedStatement other = session.connection().prepareStatement("SELECT 1");
      Statement statement = session.connection().createStatement();
      DuckDBResultSet[] result = new DuckDBResultSet[1];
      long unused =
          DuckDbEngine.cancellable(
              session,
              cancellation,
              s -> {
                result[0] = execute(s, statement, select);
                return 0;
              });
      ArrowReader reader = (ArrowReader) result[0].arrowExportStream(allocator, BATCH_ROWS);
      return new DuckDbReader(session, statement, other, reader, allocator, columns, cancellation);
    } catch (SQLException e) {
      throw EngineErrors.query(DuckDbErrors.running(e));
    } catch (LeatException e) {
      throw EngineErrors.query(e);
    }
  }

  private static DuckDBResultSet execute(Session session, Statement statement, String select) {
    try (Session.Running _ = session.run(statement)) {
      ResultSet result = statement.executeQuery(select);
      return (DuckDBResultSet) result;
    } catch (SQLException e) {
      if (String.valueOf(e.getMessage()).contains("Invalid result set")) {
        throw reason(session, select, e);
      }
      throw DuckDbErrors.running(e);
    }
  }

  /** DuckDB's driver does not say why a result that it hands on in parts failed at once. */
  private static LeatException reason(Session session, String select, SQLException otherwise) {
    try {
      session.execute("CREATE OR REPLACE TEMP TABLE _leat_failed AS " + select);
      return DuckDbErrors.running(otherwise);
    } catch (LeatException e) {
      return e;
    }
  }

  /** The query with columns of exactly the types that batches have; UUIDs as their bytes. */
  private static String select(String query, List<Column> columns) {
    List<String> names = DuckDbSql.streamColumns("c", columns.size());
    List<String> selected = new ArrayList<>();
    for (int i = 0; i < columns.size(); i++) {
      LogicalType type = columns.get(i).type();
      String value = "CAST(" + names.get(i) + " AS " + DuckDbSql.type(type) + ")";
      selected.add(
          (holdsUuids(type) ? "CAST(" + value + " AS " + bytes(type) + ")" : value)
              + " AS "
              + names.get(i));
    }
    return "SELECT "
        + String.join(", ", selected)
        + " FROM ("
        + DuckDbCatalog.selectFrom(query)
        + ") AS q ("
        + String.join(", ", names)
        + ")";
  }

  private static boolean holdsUuids(LogicalType type) {
    return type == Primitive.UUID
        || (type instanceof ListOf(LogicalType element) && holdsUuids(element));
  }

  private static String bytes(LogicalType type) {
    return type instanceof ListOf(LogicalType element) ? bytes(element) + "[]" : "BLOB";
  }

  @Override
  public @Nullable RowBatch next() {
    try (Interruption _ = new Interruption(session, cancellation);
        Cancellation.Announced _ = cancellation.announce(this::breakOff)) {
      if (cancellation.isCancelled()) {
        throw EngineErrors.cancelled(null);
      }
      if (!reader.loadNextBatch()) {
        return null;
      }
      VectorSchemaRoot from = reader.getVectorSchemaRoot();
      if (from.getRowCount() == 0) {
        return null;
      }
      return batch(from);
    } catch (IOException e) {
      if (cancellation.isCancelled()) {
        throw EngineErrors.cancelled(e);
      }
      throw EngineErrors.query(DuckDbErrors.running(EngineErrors.streamed(e)));
    }
  }

  /**
   * DuckDB's driver interrupts a connection only where it executes a statement, which it does not
   * while a result is taken from it: so one is executed, which waits for its turn, and that is
   * interrupted.
   */
  private void breakOff() {
    breakingOff = Thread.ofPlatform().daemon().name("leat-duckdb-break").start(this::execute);
  }

  private void execute() {
    try (Session.Running _ = session.run(other)) {
      boolean unused = other.execute();
    } catch (SQLException e) {
      LOGGER.debug("interrupted", e);
    }
  }

  private RowBatch batch(VectorSchemaRoot from) {
    VectorSchemaRoot root = VectorSchemaRoot.create(fields, allocator);
    try {
      long size = 0;
      for (int i = 0; i < fields.getFields().size(); i++) {
        FieldVector vector = root.getVector(i);
        ExportedVectors.move(from.getVector(i), vector);
        size += vector.getBufferSize();
      }
      root.setRowCount(from.getRowCount());
      long unused = rows.addAndGet(root.getRowCount());
      unused = bytes.addAndGet(size);
      return new RowBatch(shape, root, size);
    } catch (RuntimeException | Error e) {
      root.close();
      throw e;
    }
  }

  @Override
  public long bytesRead() {
    return bytes.get();
  }

  @Override
  public long rowsRead() {
    return rows.get();
  }

  @Override
  public void close() {
    Thread last = breakingOff;
    try (session;
        other;
        statement;
        reader) {
      if (last != null) {
        last.join();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (IOException | SQLException e) {
      throw DuckDbErrors.running(new SQLException(e));
    }
  }
}

package dev.leat.postgres.snapshot;

import dev.leat.postgres.connect.Sessions;
import dev.leat.postgres.connect.Sql;
import dev.leat.postgres.connect.WireConnection;
import dev.leat.postgres.schema.TableShape;
import dev.leat.postgres.wire.CopyRowDecoder;
import dev.leat.spi.batch.RowBatch;
import dev.leat.spi.batch.RowBatchBuilder;
import dev.leat.spi.error.LeatException;
import dev.leat.spi.schema.Column;
import dev.leat.spi.schema.TableId;
import dev.leat.spi.schema.TableSchema;
import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.memory.BufferAllocator;
import org.jspecify.annotations.Nullable;

/** Reads rows by their keys as they are now. Safe for use by several threads, one at a time. */
public final class KeyLookUp implements AutoCloseable {
  private static final int KEYS_PER_QUERY = 500;

  private final Sessions sessions;
  private final BufferAllocator allocator;
  private @Nullable WireConnection session;
  private List<String> searched = List.of();

  public KeyLookUp(Sessions sessions, BufferAllocator allocator) {
    this.sessions = sessions;
    this.allocator = allocator;
  }

  /** The rows of these keys that exist; null if none does. The caller closes them. */
  public synchronized @Nullable RowBatch rows(TableShape shape, RowBatch keys) {
    TableSchema schema = shape.schema();
    try (RowBatchBuilder builder =
        new RowBatchBuilder(allocator, schema, Math.max(1, keys.rows()))) {
      for (int from = 0; from < keys.rows(); from += KEYS_PER_QUERY) {
        int to = Math.min(keys.rows(), from + KEYS_PER_QUERY);
        read(shape, query(shape, keys, from, to), builder);
      }
      return builder.rows() == 0 ? null : builder.build();
    } catch (LeatException e) {
      close();
      throw e;
    }
  }

  private void read(TableShape shape, String query, RowBatchBuilder builder) {
    WireConnection open = session;
    if (open == null || !open.idle()) {
      open = sessions.openWire();
      session = open;
      searched = List.of();
    }
    open.doing("looking up rows of " + shape.schema().table(), "");
    // Types of extensions are compared by operators of extensions.
    if (!searched.equals(shape.table().keySchemas())) {
      searched = shape.table().keySchemas();
      open.execute(Sql.searchPath(searched));
    }
    open.startCopy(CopySql.binary(query));
    CopyRowDecoder decoder = new CopyRowDecoder(shape.codec());
    while (open.nextCopyData()) {
      decoder.decode(open.buffer(), open.offset(), open.length(), builder);
    }
  }

  /**
   * Literals of no type take the type of the column they are compared with, so that its index can
   * be used.
   */
  private static String query(TableShape shape, RowBatch keys, int from, int to) {
    TableSchema schema = shape.schema();
    TableId table = schema.table();
    List<String> columns = new ArrayList<>();
    List<KeyLiterals> literals = new ArrayList<>();
    for (int index : schema.key()) {
      Column column = schema.columns().get(index);
      columns.add(Sql.identifier(column.name()));
      literals.add(new KeyLiterals(column, keys.root().getVector(column.name())));
    }
    List<String> tuples = new ArrayList<>();
    for (int row = from; row < to; row++) {
      List<String> values = new ArrayList<>();
      for (KeyLiterals literal : literals) {
        values.add(literal.at(row));
      }
      tuples.add("(" + String.join(", ", values) + ")");
    }
    String filter = shape.part().rowFilter();
    return "SELECT %s FROM %s%s WHERE (%s) IN (%s)%s"
        .formatted(
            CopySql.columns(shape.codec(), null),
            shape.table().partitioned() ? "" : "ONLY ",
            Sql.table(table),
            String.join(", ", columns),
            String.join(", ", tuples),
            filter == null ? "" : " AND (" + filter + ")");
  }

  @Override
  public synchronized void close() {
    WireConnection open = session;
    session = null;
    if (open != null) {
      open.close();
    }
  }
}

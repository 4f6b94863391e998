package dev.leat.postgres.snapshot;

import dev.leat.postgres.connect.PostgresErrors;
import dev.leat.postgres.connect.Sessions;
import dev.leat.postgres.connect.Sql;
import dev.leat.postgres.connect.WireConnection;
import dev.leat.postgres.types.ColumnCodec;
import dev.leat.postgres.types.TableCodec;
import dev.leat.postgres.wire.CopyRowDecoder;
import dev.leat.spi.batch.RowBatch;
import dev.leat.spi.batch.RowBatchBuilder;
import dev.leat.spi.error.LeatException;
import dev.leat.spi.schema.Column;
import dev.leat.spi.schema.RowIdentity;
import dev.leat.spi.schema.TableId;
import dev.leat.spi.schema.TableSchema;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.apache.arrow.memory.BufferAllocator;
import org.jspecify.annotations.Nullable;

/**
 * What the rows of a table hold in columns that were added after they were written. PostgreSQL
 * keeps such a value once, as {@code attmissingval}, until the table is rewritten.
 */
public final class OldRows {
  private final Sessions sessions;
  private final BufferAllocator allocator;

  public OldRows(Sessions sessions, BufferAllocator allocator) {
    this.sessions = sessions;
    this.allocator = allocator;
  }

  /**
   * Asks the catalogs.
   *
   * @param codecs how a column's values are read now
   * @param layout the table's when it was copied; null if it never was
   * @return one row with the columns in their order; null if all are NULL
   */
  public @Nullable RowBatch values(
      TableId table,
      List<Column> added,
      @Nullable String layout,
      Function<Column, ColumnCodec> codecs) {
    try (WireConnection session = sessions.openWire()) {
      session.doing("looking at the new columns of " + table, "");
      List<ColumnCodec> read = new ArrayList<>();
      List<String> expressions = new ArrayList<>();
      boolean any = false;
      for (Column column : added) {
        Missing missing = missing(session, table, column);
        String value = missing == null ? null : missing.expression();
        if (value == null) {
          if (missing != null) {
            requireNull(session, table, column, missing, layout);
          }
          read.add(ColumnCodec.onlyNull(column.type()));
          expressions.add("NULL");
        } else {
          ColumnCodec codec = codecs.apply(column);
          read.add(codec);
          any = true;
          expressions.add(codec.readsBinary() ? value : "pg_catalog.concat(" + value + ")");
        }
      }
      if (!any) {
        return null;
      }
      List<Column> columns = new ArrayList<>();
      for (int i = 0; i < read.size(); i++) {
        // The type may have been widened since.
        columns.add(new Column(added.get(i).name(), read.get(i).logicalType(), true, ""));
      }
      TableCodec codec =
          new TableCodec(new TableSchema(table, columns, List.of(), RowIdentity.NONE), read);
      try (RowBatchBuilder builder = new RowBatchBuilder(allocator, codec.schema(), 1)) {
        CopyRowDecoder decoder = new CopyRowDecoder(codec);
        session.startCopy(CopySql.binary("SELECT " + String.join(", ", expressions)));
        while (session.nextCopyData()) {
          decoder.decode(session.buffer(), session.offset(), session.length(), builder);
        }
        return builder.build();
      }
    }
  }

  /**
   * What the catalogs say.
   *
   * @param type the column's
   * @param values what tables that hold rows have for it, an array of one value in text; one entry
   *     per different one, null where there is none
   * @param byDefault whether the column has a default, an identity or an expression now
   */
  private record Missing(String type, List<@Nullable String> values, boolean byDefault) {
    @Nullable String expression() {
      @Nullable String value = values.size() == 1 ? values.getFirst() : null;
      return value == null
          ? null
          : "((" + Sql.literal(value) + "::pg_catalog.text)::" + type + "[])[1]";
    }
  }

  /** Null if the column is dropped by now, so that its values do not matter any more. */
  private static @Nullable Missing missing(WireConnection session, TableId table, Column column) {
    String oid = Sql.literal(Sql.table(table)) + "::pg_catalog.regclass";
    // Partitions number their columns in their own ways.
    List<List<@Nullable String>> rows =
        session.query(
            """
            SELECT DISTINCT pg_catalog.format_type(a.atttypid, NULL),
                   CASE WHEN a.atthasmissing THEN a.attmissingval::pg_catalog.text END,
                   a.attidentity <> '' OR a.attgenerated <> '' OR EXISTS (
                     SELECT FROM pg_catalog.pg_attrdef d
                     WHERE d.adrelid = a.attrelid AND d.adnum = a.attnum
                       AND pg_catalog.pg_get_expr(d.adbin, d.adrelid) NOT LIKE 'NULL::%%')
            FROM pg_catalog.pg_attribute r
            JOIN pg_catalog.pg_attribute a ON a.attname = r.attname AND NOT a.attisdropped
            JOIN pg_catalog.pg_class c ON c.oid = a.attrelid
            WHERE r.attrelid = %s AND r.attnum = %d AND NOT r.attisdropped AND c.relkind = 'r'
              AND (c.oid = %s OR c.oid IN (SELECT relid FROM pg_catalog.pg_partition_tree(%s)))"""
                .formatted(oid, column.number(), oid, oid));
    if (rows.isEmpty()) {
      return null;
    }
    List<@Nullable String> values = new ArrayList<>();
    for (List<@Nullable String> row : rows) {
      if (!values.contains(row.get(1))) {
        values.add(row.get(1));
      }
    }
    return new Missing(
        String.valueOf(rows.getFirst().getFirst()),
        values,
        rows.stream().anyMatch(row -> "t".equals(row.get(2))));
  }

  /**
   * Without a value kept, older rows have NULL, unless the table was written anew with the column,
   * as with a default that is another in each row.
   */
  private static void requireNull(
      WireConnection session,
      TableId table,
      Column column,
      Missing missing,
      @Nullable String layout) {
    if (missing.values().size() == 1
        && (!missing.byDefault() || PostgresSnapshot.layout(session, table).equals(layout))) {
      return;
    }
    throw new LeatException(
        PostgresErrors.SCHEMA_CHANGED,
        "Column %s was added to %s with values of its own in each row, which the change stream does not carry."
            .formatted(column.name(), table),
        fix(table));
  }

  private static String fix(TableId table) {
    return "`leat resync " + table + "` copies the table anew with its present columns.";
  }
}

package dev.leat.postgres.engine;

import dev.leat.postgres.connect.LeatSchema;
import dev.leat.postgres.connect.Sql;
import dev.leat.postgres.wire.CopyRowEncoder;
import dev.leat.spi.batch.RowBatch;
import dev.leat.spi.engine.Cancellation;
import dev.leat.spi.schema.Column;
import dev.leat.spi.schema.TableId;
import dev.leat.spi.source.BatchReader;
import java.sql.SQLException;
import java.util.List;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;

/** Fills tables that are not published yet. */
record Staging(Transactions transactions) {

  long stage(TableId table, String query, List<Column> columns, Cancellation cancellation) {
    Names.check(table, columns);
    return transactions.write(
        "staging " + table,
        cancellation,
        step -> {
          clear(step, table);
          long rows = step.execute("CREATE TABLE " + Sql.table(table) + " AS\n" + query);
          step.execute("ANALYZE " + Sql.table(table));
          return rows;
        });
  }

  long load(TableId table, List<Column> columns, BatchReader rows, Cancellation cancellation) {
    Names.check(table, columns);
    return transactions.write(
        "loading " + table,
        cancellation,
        step -> {
          clear(step, table);
          step.execute(new PostgresDialect().createTable(table, columns, List.of()).getLast());
          long count = copy(step, table, columns, rows);
          step.execute("ANALYZE " + Sql.table(table));
          return count;
        });
  }

  private static void clear(Transaction step, TableId table) throws SQLException {
    LeatSchema.makeSchema(step.session(), table.schema());
    // With views upon it: nobody else looks at staged tables.
    step.execute("DROP TABLE IF EXISTS " + Sql.table(table) + " CASCADE");
  }

  private static long copy(Transaction step, TableId table, List<Column> columns, BatchReader rows)
      throws SQLException {
    CopyIn copy =
        step.session()
            .unwrap(PGConnection.class)
            .getCopyAPI()
            .copyIn("COPY " + Sql.table(table) + " FROM STDIN (FORMAT binary)");
    boolean ended = false;
    try {
      CopyRowEncoder encoder = new CopyRowEncoder(columns);
      for (RowBatch batch = rows.next(); batch != null; batch = rows.next()) {
        try (RowBatch open = batch) {
          EngineErrors.check(step.cancellation());
          encoder.rows(open, copy::writeToCopy);
        }
      }
      encoder.end(copy::writeToCopy);
      ended = true;
      return copy.endCopy();
    } finally {
      if (!ended && copy.isActive()) {
        copy.cancelCopy();
      }
    }
  }
}

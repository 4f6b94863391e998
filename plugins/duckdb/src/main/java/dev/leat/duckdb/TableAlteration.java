package dev.leat.duckdb;

import dev.leat.spi.batch.RowBatch;
import dev.leat.spi.destination.Reshape;
import dev.leat.spi.destination.TableTarget;
import dev.leat.spi.destination.WriteMode;
import dev.leat.spi.error.LeatException;
import dev.leat.spi.schema.Column;
import dev.leat.spi.schema.ColumnChange;
import dev.leat.spi.schema.ColumnChange.Added;
import dev.leat.spi.schema.ColumnChange.Dropped;
import dev.leat.spi.schema.ColumnChange.Renamed;
import dev.leat.spi.schema.ColumnChange.Retyped;
import java.util.ArrayList;
import java.util.List;

/** Follows a change of a table's shape within the transaction of its rows. */
final class TableAlteration {
  private static final String INTERIM = "_leat_renamed_";

  /** Behind the name of a column that a history keeps, when another one has taken its name. */
  private static final String DROPPED = "_leat_dropped";

  private final Session session;
  private final Reshape reshape;
  private final String alter;

  private TableAlteration(Session session, Reshape reshape) {
    this.session = session;
    this.reshape = reshape;
    this.alter = "ALTER TABLE " + DuckDbSql.quote(reshape.to().table()) + " ";
  }

  static void apply(Session session, ArrowStreams streams, Reshape reshape) {
    try {
      new TableAlteration(session, reshape).apply(streams);
    } catch (LeatException e) {
      throw DuckDbErrors.altering(reshape.to().schema().table(), e);
    }
  }

  private void apply(ArrowStreams streams) {
    boolean columnless = columnless(reshape.from());
    if (!columnless && columnless(reshape.to())) {
      session.execute(alter + "ADD COLUMN " + DuckDbSql.NO_COLUMNS + " BOOLEAN");
    }
    boolean history = reshape.to().mode() == WriteMode.HISTORY;
    List<Renamed> renamed = new ArrayList<>();
    for (ColumnChange change : reshape.changes()) {
      switch (change) {
        // What a history has recorded stays.
        case Dropped(Column column) -> {
          if (!history) {
            session.execute(alter + "DROP COLUMN " + DuckDbSql.quote(column.name()));
          }
        }
        case Renamed rename -> renamed.add(rename);
        case Retyped _, Added _ -> {}
      }
    }
    rename(renamed);
    for (ColumnChange change : reshape.changes()) {
      switch (change) {
        case Retyped(Column before, Column after) -> retype(before, after);
        case Added(Column column) -> {
          if (history && exists(column.name())) {
            rename(column.name(), column.name() + DROPPED);
          }
          session.execute(
              alter
                  + "ADD COLUMN "
                  + DuckDbSql.quote(column.name())
                  + " "
                  + DuckDbSql.type(column.type()));
        }
        case Dropped _, Renamed _ -> {}
      }
    }
    fill(streams);
    if (columnless && !columnless(reshape.to())) {
      session.execute(alter + "DROP COLUMN " + DuckDbSql.NO_COLUMNS);
    }
  }

  private static boolean columnless(TableTarget target) {
    return target.schema().columns().isEmpty() && DuckDbSql.systemColumns(target.mode()).isEmpty();
  }

  /** Whether a history keeps a column of that name that was dropped. */
  private boolean exists(String column) {
    return session.number(
            "SELECT count(*) FROM duckdb_columns() WHERE database_name = current_database() AND"
                + " schema_name = ? AND table_name = ? AND lower(column_name) = lower(?)",
            reshape.to().table().schema(),
            reshape.to().table().table(),
            column)
        > 0;
  }

  /** By interim names, so that columns can exchange theirs. */
  private void rename(List<Renamed> renamed) {
    for (int i = 0; i < renamed.size(); i++) {
      rename(renamed.get(i).before().name(), INTERIM + i);
    }
    for (int i = 0; i < renamed.size(); i++) {
      rename(INTERIM + i, renamed.get(i).after().name());
    }
  }

  private void rename(String before, String after) {
    session.execute(
        alter + "RENAME COLUMN " + DuckDbSql.quote(before) + " TO " + DuckDbSql.quote(after));
  }

  private void retype(Column before, Column after) {
    if (!before.type().equals(after.type())) {
      session.execute(
          alter
              + "ALTER COLUMN "
              + DuckDbSql.quote(after.name())
              + " TYPE "
              + DuckDbSql.type(after.type()));
    }
  }

  private void fill(ArrowStreams streams) {
    RowBatch values = reshape.added();
    if (values == null) {
      return;
    }
    List<String> assignments = new ArrayList<>();
    List<Column> columns = values.schema().columns();
    for (int i = 0; i < columns.size(); i++) {
      assignments.add(DuckDbSql.quote(columns.get(i).name()) + " = s.c" + i);
    }
    String update =
        "UPDATE "
            + DuckDbSql.quote(reshape.to().table())
            + " SET "
            + String.join(", ", assignments)
            + " FROM "
            + ArrowStreams.VIEW
            + " AS s";
    long unused =
        streams.overVectors(
            session,
            DuckDbSql.streamColumns("c", columns.size()),
            values.root().getFieldVectors(),
            1,
            () -> session.update(update));
  }
}

package dev.leat.flow.load;

import dev.leat.spi.destination.Rows;
import dev.leat.spi.engine.Engine;
import dev.leat.spi.schema.Column;
import dev.leat.spi.schema.LogicalType;
import dev.leat.spi.schema.LogicalType.Primitive;
import dev.leat.spi.schema.TableId;
import dev.leat.spi.sql.Dialect;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The files that were loaded into a dataset, kept beside it. */
public final class Ledger {
  /** The columns of the table. */
  public static final List<Column> COLUMNS =
      List.of(
          column("file", Primitive.TEXT),
          column("size", Primitive.INT64),
          column("version", Primitive.TEXT),
          column("modified", Primitive.TIMESTAMP_TZ),
          column("rows", Primitive.INT64),
          column("parked", Primitive.INT64),
          column("format", Primitive.TEXT),
          column("run", Primitive.TEXT),
          column("loaded_at", Primitive.TIMESTAMP_TZ));

  private Ledger() {}

  static Column column(String name, LogicalType type) {
    return new Column(name, type, true, "");
  }

  /** The versions of the files that were loaded, by name. */
  static Map<String, String> versions(Engine engine, Dialect dialect, TableId table) {
    if (engine.columns(table).isEmpty()) {
      return Map.of();
    }
    Rows rows =
        engine.query(
            "SELECT %s, %s FROM %s"
                .formatted(dialect.quote("file"), dialect.quote("version"), dialect.quote(table)),
            Integer.MAX_VALUE);
    Map<String, String> versions = new HashMap<>();
    rows.rows()
        .forEach(row -> versions.put(String.valueOf(row.get(0)), String.valueOf(row.get(1))));
    return versions;
  }
}

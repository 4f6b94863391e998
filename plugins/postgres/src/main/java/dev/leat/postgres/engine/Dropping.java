package dev.leat.postgres.engine;

import dev.leat.postgres.connect.Sql;
import dev.leat.spi.schema.TableId;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Removes tables and views, which may depend on each other, but nothing else that does. */
final class Dropping {
  private Dropping() {}

  /** How many there were. */
  static int drop(Transaction step, List<TableId> tables) throws SQLException {
    List<TableId> views = new ArrayList<>();
    List<TableId> materialized = new ArrayList<>();
    List<TableId> others = new ArrayList<>();
    for (TableId table : Set.copyOf(tables)) {
      switch (Catalog.kind(step.session(), table).orElse(' ')) {
        case ' ' -> {}
        case 'v' -> views.add(table);
        case 'm' -> materialized.add(table);
        default -> others.add(table);
      }
      Bookkeeping.unregister(step.session(), table);
    }
    drop(step, "VIEW", views);
    drop(step, "MATERIALIZED VIEW", materialized);
    drop(step, "TABLE", others);
    return views.size() + materialized.size() + others.size();
  }

  private static void drop(Transaction step, String kind, List<TableId> tables)
      throws SQLException {
    if (!tables.isEmpty()) {
      step.execute("DROP " + kind + " " + Sql.tables(tables));
    }
  }
}

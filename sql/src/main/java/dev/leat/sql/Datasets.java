package dev.leat.sql;

import dev.leat.spi.error.Spelling;
import dev.leat.spi.schema.Column;
import dev.leat.spi.schema.TableId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.schema.impl.AbstractTable;
import org.apache.calcite.sql.SqlIdentifier;

/** The datasets of a catalog as a validator sees them. */
final class Datasets {
  private final Catalog catalog;
  private final Types types;
  private final Map<TableId, Rows> known = new ConcurrentHashMap<>();

  Datasets(Catalog catalog, Types types) {
    this.catalog = catalog;
    this.types = types;
  }

  /** The columns of a dataset by that exact name. */
  Optional<List<Column>> columns(TableId table) {
    return catalog.columns(table);
  }

  /** What validators ask about a dataset that exists. */
  AbstractTable table(TableId table) {
    List<Column> columns = catalog.columns(table).orElseThrow();
    return known.compute(
        table,
        (_, before) ->
            before != null && before.columns.equals(columns) ? before : new Rows(columns, types));
  }

  /** The dataset that a query means; the case of letters does not count where it need not. */
  TableId resolve(SqlIdentifier name) {
    if (name.names.size() == 2) {
      TableId exact = new TableId(name.names.get(0), name.names.get(1));
      if (catalog.columns(exact).isPresent()) {
        return exact;
      }
      for (TableId each : catalog.names()) {
        if (each.schema().equalsIgnoreCase(exact.schema())
            && each.table().equalsIgnoreCase(exact.table())
            && catalog.columns(each).isPresent()) {
          return each;
        }
      }
    }
    throw unknown(name);
  }

  private Problem unknown(SqlIdentifier name) {
    String text = String.join(".", name.names);
    List<String> candidates = new ArrayList<>();
    for (TableId each : catalog.names()) {
      if (name.names.size() == 1 && each.table().equalsIgnoreCase(text)) {
        return problem(name, text, "Datasets are named with their schema: " + each + ".");
      }
      candidates.add(each.toString());
    }
    return problem(
        name,
        text,
        Spelling.closest(text, candidates)
            .map(similar -> "Did you mean " + similar + "?")
            .orElse("Name a dataset as schema.table."));
  }

  private static Problem problem(SqlIdentifier name, String text, String fix) {
    return new Problem(
        "SQL_UNKNOWN_TABLE", name.getParserPosition(), "There is no dataset " + text, fix);
  }

  private static final class Rows extends AbstractTable {
    private final List<Column> columns;
    private final RelDataType type;

    Rows(List<Column> columns, Types types) {
      this.columns = columns;
      Map<String, RelDataType> fields = new LinkedHashMap<>();
      for (Column column : columns) {
        fields.put(column.name(), types.of(column.type(), column.nullable()));
      }
      this.type =
          types.createStructType(List.copyOf(fields.values()), List.copyOf(fields.keySet()));
    }

    @Override
    public RelDataType getRowType(RelDataTypeFactory factory) {
      return type;
    }
  }
}

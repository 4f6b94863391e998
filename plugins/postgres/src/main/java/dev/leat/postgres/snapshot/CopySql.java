package dev.leat.postgres.snapshot;

import dev.leat.postgres.connect.Sql;
import dev.leat.postgres.schema.TableShape;
import dev.leat.postgres.types.TableCodec;
import dev.leat.spi.schema.Column;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The statements that read rows. */
public final class CopySql {
  private CopySql() {}

  /** Reads the pages of a range, of the rows and columns that are replicated. */
  static String copy(TableShape shape, PageRange range) {
    List<String> conditions = new ArrayList<>();
    String filter = shape.part().rowFilter();
    if (filter != null) {
      conditions.add("(" + filter + ")");
    }
    if (!range.wholeTable()) {
      conditions.add(range.condition());
    }
    return binary(
        "SELECT "
            + columns(shape.codec(), null)
            + " FROM ONLY "
            + Sql.table(range.leaf())
            + (conditions.isEmpty() ? "" : " WHERE " + String.join(" AND ", conditions)));
  }

  /** The rows of a query as binary COPY data. */
  public static String binary(String query) {
    return "COPY (" + query + ") TO STDOUT (FORMAT binary)";
  }

  /** The columns as their codecs read them: types without a binary form here as text. */
  public static String columns(TableCodec codec, @Nullable String alias) {
    List<String> columns = new ArrayList<>();
    List<Column> described = codec.schema().columns();
    for (int i = 0; i < described.size(); i++) {
      String name = Sql.identifier(described.get(i).name());
      String qualified = alias == null ? name : alias + "." + name;
      columns.add(codec.column(i).readsBinary() ? qualified : asText(qualified));
    }
    return String.join(", ", columns);
  }

  /**
   * A value as its type's output function writes it and the stream sends it; casts to text differ
   * for some types (inet, character).
   */
  private static String asText(String column) {
    return "CASE WHEN "
        + column
        + " IS DISTINCT FROM NULL THEN pg_catalog.concat("
        + column
        + ") END";
  }
}

package dev.leat.postgres.connect;

import dev.leat.spi.schema.TableId;
import java.util.List;

/** Names and texts as SQL has to have them. */
public final class Sql {
  private Sql() {}

  /** Always quoted, so that reserved words and capitals need no thought. */
  public static String identifier(String name) {
    return '"' + name.replace("\"", "\"\"") + '"';
  }

  public static String table(TableId table) {
    return identifier(table.schema()) + "." + identifier(table.table());
  }

  public static String tables(List<TableId> tables) {
    return String.join(", ", tables.stream().map(Sql::table).toList());
  }

  /** Lets names without a schema mean those of these schemas, after those of the system. */
  public static String searchPath(List<String> schemas) {
    StringBuilder path = new StringBuilder("SET search_path = pg_catalog");
    schemas.forEach(schema -> path.append(", ").append(identifier(schema)));
    return path.toString();
  }

  /** Right with every setting of standard_conforming_strings. */
  public static String literal(String text) {
    String quoted = "'" + text.replace("'", "''") + "'";
    return text.indexOf('\\') >= 0 ? " E" + quoted.replace("\\", "\\\\") : quoted;
  }
}

package dev.leat.spi.schema;

import org.jspecify.annotations.Nullable;

/**
 * The name of a table, exactly as its system stores it: unquoted, case kept.
 *
 * @param schema the schema (namespace); never empty
 * @param table the table within it; never empty
 */
public record TableId(String schema, String table) implements Comparable<TableId> {
  public TableId {
    if (schema.isEmpty() || table.isEmpty()) {
      throw new IllegalArgumentException(
          "schema and table must not be empty: '" + schema + "'.'" + table + "'");
    }
  }

  /**
   * Reads {@code schema.table}; a part that has a dot or a quote in it is written in double quotes
   * with inner ones doubled, as {@link #toString()} does.
   */
  public static TableId parse(String text) {
    StringBuilder part = new StringBuilder();
    String schema = null;
    int i = 0;
    while (i < text.length()) {
      char c = text.charAt(i);
      if (c == '"') {
        i++;
        while (true) {
          if (i >= text.length()) {
            throw new IllegalArgumentException("unclosed quote in table name: " + text);
          }
          if (text.charAt(i) == '"') {
            if (i + 1 < text.length() && text.charAt(i + 1) == '"') {
              i++;
            } else {
              break;
            }
          }
          part.append(text.charAt(i++));
        }
      } else if (c == '.') {
        if (schema != null) {
          throw new IllegalArgumentException(
              "expected schema.table, found more than one dot: " + text);
        }
        schema = part.toString();
        part.setLength(0);
      } else {
        part.append(c);
      }
      i++;
    }
    if (schema == null || schema.isEmpty() || part.isEmpty()) {
      throw new IllegalArgumentException("expected schema.table, found: " + text);
    }
    return new TableId(schema, part.toString());
  }

  // Written out, as this is the key of many maps: what java makes for a record is much slower until
  // it is optimized.
  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof TableId that && table.equals(that.table) && schema.equals(that.schema);
  }

  @Override
  public int hashCode() {
    return 31 * schema.hashCode() + table.hashCode();
  }

  @Override
  public int compareTo(TableId other) {
    int bySchema = schema.compareTo(other.schema);
    return bySchema != 0 ? bySchema : table.compareTo(other.table);
  }

  @Override
  public String toString() {
    return part(schema) + "." + part(table);
  }

  private static String part(String name) {
    return name.indexOf('.') >= 0 || name.indexOf('"') >= 0
        ? '"' + name.replace("\"", "\"\"") + '"'
        : name;
  }
}

package dev.leat.spi.source;

import dev.leat.spi.schema.TableId;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Which tables a person wants, as patterns {@code schema.table} in which {@code *} stands for any
 * run of characters and {@code ?} for one. A table is selected if an include matches it and no
 * exclude does.
 *
 * @param include at least one pattern
 * @param exclude may be empty
 */
public record TableSelection(List<String> include, List<String> exclude) {
  public TableSelection {
    include = List.copyOf(include);
    exclude = List.copyOf(exclude);
    if (include.isEmpty()) {
      throw new IllegalArgumentException("a selection needs at least one pattern");
    }
  }

  public boolean selects(TableId table) {
    return include.stream().anyMatch(pattern -> matches(pattern, table))
        && exclude.stream().noneMatch(pattern -> matches(pattern, table));
  }

  /** Whether the pattern names exactly one table, so that its absence is an error. */
  public static boolean isExact(String pattern) {
    return pattern.indexOf('*') < 0 && pattern.indexOf('?') < 0;
  }

  /**
   * Whether {@code pattern} matches the table; an exact pattern is read as {@link TableId#parse}
   * reads it.
   */
  public static boolean matches(String pattern, TableId table) {
    if (isExact(pattern)) {
      return TableId.parse(pattern).equals(table);
    }
    StringBuilder regex = new StringBuilder();
    for (int i = 0; i < pattern.length(); i++) {
      char c = pattern.charAt(i);
      switch (c) {
        case '*' -> regex.append(".*");
        case '?' -> regex.append('.');
        default -> regex.append(Pattern.quote(String.valueOf(c)));
      }
    }
    return Pattern.compile(regex.toString(), Pattern.DOTALL).matcher(table.toString()).matches();
  }
}

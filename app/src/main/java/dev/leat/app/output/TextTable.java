package dev.leat.app.output;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Rows in aligned columns under a head, two spaces apart. */
public final class TextTable {
  private static final int NARROWEST = 6;

  private final List<String> head;
  private final List<Boolean> right;
  private final List<List<String>> rows = new ArrayList<>();

  /** A column whose title begins with {@code >} is aligned to the right. */
  public TextTable(List<String> titles) {
    this.head =
        new ArrayList<>(titles.stream().map(t -> t.startsWith(">") ? t.substring(1) : t).toList());
    this.right = new ArrayList<>(titles.stream().map(t -> t.startsWith(">")).toList());
  }

  /** Adds a row; control characters are shown as escapes, null as an empty cell. */
  public void row(List<? extends @Nullable String> cells) {
    if (cells.size() != head.size()) {
      throw new IllegalArgumentException(
          "a row of " + cells.size() + " cells under " + head.size() + " titles");
    }
    List<String> row = new ArrayList<>();
    for (String cell : cells) {
      row.add(cell == null ? "" : printable(cell));
    }
    rows.add(row);
  }

  public void row(String... cells) {
    row(List.of(cells));
  }

  /** Leaves a column out in which every row says what it says in another one, too. */
  public void leaveOutIfEqual(int column, int other) {
    if (rows.stream().allMatch(row -> row.get(column).equals(row.get(other)))) {
      head.remove(column);
      right.remove(column);
      rows.forEach(row -> row.remove(column));
    }
  }

  /**
   * The lines, without the blanks at their ends.
   *
   * @param width cells are shortened so that no line is longer; 0 for no limit
   */
  public List<String> lines(int width, boolean color) {
    int[] widths = widths(width);
    List<String> lines = new ArrayList<>();
    lines.add(Style.BOLD.of(line(head, widths), color));
    for (List<String> row : rows) {
      lines.add(line(row, widths));
    }
    return lines;
  }

  private int[] widths(int limit) {
    int[] widths = new int[head.size()];
    for (int i = 0; i < widths.length; i++) {
      widths[i] = length(head.get(i));
      for (List<String> row : rows) {
        widths[i] = Math.max(widths[i], length(row.get(i)));
      }
    }
    // The widest column gives way first.
    while (limit > 0 && total(widths) > limit) {
      int widest = 0;
      for (int i = 1; i < widths.length; i++) {
        if (widths[i] > widths[widest]) {
          widest = i;
        }
      }
      if (widths[widest] <= NARROWEST) {
        break;
      }
      widths[widest]--;
    }
    return widths;
  }

  private static int total(int[] widths) {
    int total = 2 * (widths.length - 1);
    for (int width : widths) {
      total += width;
    }
    return total;
  }

  private String line(List<String> cells, int[] widths) {
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < cells.size(); i++) {
      String cell = shorten(cells.get(i), widths[i]);
      String blanks = " ".repeat(widths[i] - length(cell));
      line.append(i == 0 ? "" : "  ");
      line.append(right.get(i) ? blanks + cell : cell + blanks);
    }
    return line.toString().stripTrailing();
  }

  static String shorten(String text, int width) {
    if (length(text) <= width) {
      return text;
    }
    return text.substring(0, text.offsetByCodePoints(0, Math.max(0, width - 1))) + "…";
  }

  private static int length(String text) {
    return text.codePointCount(0, text.length());
  }

  private static String printable(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (Character.isISOControl(text.charAt(i))) {
        return escaped(text);
      }
    }
    return text;
  }

  private static String escaped(String text) {
    StringBuilder result = new StringBuilder(text.length());
    text.codePoints()
        .forEach(
            c -> {
              switch (c) {
                case '\n' -> result.append("\\n");
                case '\r' -> result.append("\\r");
                case '\t' -> result.append("\\t");
                default -> {
                  if (Character.isISOControl(c)) {
                    result.append(String.format(Locale.ROOT, "\\x%02x", c));
                  } else {
                    result.appendCodePoint(c);
                  }
                }
              }
            });
    return result.toString();
  }
}

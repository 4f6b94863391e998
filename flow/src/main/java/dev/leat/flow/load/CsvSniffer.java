package dev.leat.flow.load;

import dev.leat.flow.model.FormatModel;
import dev.leat.spi.engine.FileInput.CsvDialect;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Finds out how CSV is written from its beginning: the delimiter with which most rows have the same
 * number of values; whether the first row has names. Bad rows among good ones do not mislead it.
 */
final class CsvSniffer {
  private static final List<String> DELIMITERS = List.of(",", ";", "\t", "|");
  private static final int ROWS = 200;

  private CsvSniffer() {}

  /**
   * What was found.
   *
   * @param names of the columns, each once
   */
  record Sniffed(CsvDialect dialect, List<String> names) {}

  /**
   * Looks at the beginning of a file.
   *
   * @param whole whether it is all of the file
   */
  static Sniffed sniff(byte[] start, boolean whole, FormatModel format) {
    String quote = format.quote().orElse("\"");
    String escape = format.escape().orElse(quote);
    List<String> candidates = format.delimiter().map(List::of).orElse(DELIMITERS);
    CsvDialect best = null;
    List<List<String>> rows = List.of();
    double bestScore = -1;
    for (String delimiter : candidates) {
      CsvDialect dialect =
          new CsvDialect(
              delimiter,
              quote,
              escape,
              false,
              format.skip(),
              format.comment().orElse(""),
              format.nulls(),
              format.decimal(),
              format.longestRow());
      List<List<String>> read = new CsvSplitter(dialect, -1).first(start, whole, ROWS);
      double score = score(read);
      if (score > bestScore) {
        best = dialect;
        rows = read;
        bestScore = score;
      }
    }
    CsvDialect dialect = java.util.Objects.requireNonNull(best);
    boolean trailing = rows.stream().allMatch(CsvSniffer::endsWithNothing);
    boolean header =
        format.header().isPresent() ? format.header().get() : looksLikeNames(rows, trailing);
    return new Sniffed(
        new CsvDialect(
            dialect.delimiter(),
            quote,
            escape,
            header,
            dialect.skip(),
            dialect.comment(),
            dialect.nulls(),
            dialect.decimal(),
            dialect.longest()),
        names(rows.isEmpty() ? List.of() : withoutLast(rows.getFirst(), trailing), header));
  }

  /**
   * The share of rows with the most frequent number of values; one value is no delimiter's work.
   */
  private static double score(List<List<String>> rows) {
    Map<Integer, Integer> counts = new HashMap<>();
    rows.forEach(row -> counts.merge(row.size(), 1, Integer::sum));
    double best = 0;
    for (Map.Entry<Integer, Integer> count : counts.entrySet()) {
      double share = (double) count.getValue() / rows.size();
      double first = rows.getFirst().size() == count.getKey() ? 1 : 0.5;
      best =
          Math.max(best, count.getKey() == 1 ? 0.1 : share * first * (1 + 0.001 * count.getKey()));
    }
    return best;
  }

  /** Names are texts that are different, where below are values that are not all texts. */
  private static boolean looksLikeNames(List<List<String>> rows, boolean trailing) {
    if (rows.isEmpty()) {
      return true;
    }
    List<String> first = withoutLast(rows.getFirst(), trailing);
    Set<String> different = new LinkedHashSet<>(first);
    return different.size() == first.size() && first.stream().noneMatch(CsvSniffer::isValue);
  }

  /** Whether there is a delimiter behind the last value. */
  private static boolean endsWithNothing(List<String> row) {
    return row.size() > 1 && row.getLast().isEmpty();
  }

  private static List<String> withoutLast(List<String> row, boolean trailing) {
    return trailing && row.size() > 1 ? row.subList(0, row.size() - 1) : row;
  }

  private static boolean isValue(String text) {
    return text.isBlank()
        || text.matches("[+-]?[\\d.,]+([eE][+-]?\\d+)?")
        || text.matches("\\d{1,4}[-/.]\\d{1,2}[-/.]\\d{1,4}.*")
        || List.of("true", "false").contains(text.toLowerCase(Locale.ROOT));
  }

  /** Names for all columns, each once, as engines see them that ignore case. */
  static List<String> names(List<String> first, boolean header) {
    List<String> names = new ArrayList<>();
    Set<String> taken = new LinkedHashSet<>();
    for (int i = 0; i < first.size(); i++) {
      String name = header ? first.get(i).strip() : "";
      String base = name.isEmpty() ? "column" + (i + 1) : name;
      String free = base;
      for (int n = 2; !taken.add(free.toLowerCase(Locale.ROOT)); n++) {
        free = base + "_" + n;
      }
      names.add(free);
    }
    return names;
  }

  static String text(byte[] bytes, int from, int to) {
    return new String(bytes, from, to - from, StandardCharsets.UTF_8);
  }
}

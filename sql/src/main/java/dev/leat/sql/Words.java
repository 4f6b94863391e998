package dev.leat.sql;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * What a person wrote, with quotes put around the names that are words of SQL only to the parser,
 * such as {@code at} or {@code value}. Knows the places of the text without them.
 */
final class Words {
  /** Words that portable SQL has no use for. */
  private static final Set<String> NAMES =
      Set.of(
          ("ALLOCATE ALLOW ARE ASENSITIVE AT ATOMIC AUTHORIZATION BEGIN CALL CALLED CASCADED CHECK"
                  + " CLASSIFIER CLOSE COLUMN COMMIT CONDITION CONNECT CONSTRAINT CORRESPONDING"
                  + " CYCLE DECLARE DEFAULT DEFINE DESCRIBE DETERMINISTIC DISCONNECT DYNAMIC EACH"
                  + " EMPTY EXEC EXECUTE EXTEND EXTERNAL FOREIGN FREE FRIDAY FUNCTION FUSION GET"
                  + " GLOBAL GRANT GROUPS HOLD IDENTITY IMPORT INDICATOR INITIAL INOUT LANGUAGE"
                  + " LARGE LOCAL MATCH MATCHES MEASURE MEASURES MEMBER METHOD MODULE MONDAY NEW"
                  + " NEXT NO NONE OF OLD ONE ONLY OPEN ORDINAL OUT PARAMETER PATTERN PER PERCENT"
                  + " PERIOD PORTION PREPARE PREV PRIMARY PROCEDURE REF REFERENCES RELEASE RESET"
                  + " RESULT RETURN RETURNS ROLLBACK RUNNING SATURDAY SCOPE SCROLL SEARCH SEEK SHOW"
                  + " SKIP SPECIFIC SQL START STATIC STREAM SUBSET SUNDAY SYSTEM THURSDAY TRIGGER"
                  + " TUESDAY UNKNOWN UPSERT USER VALUE VARIANT VERSIONING WEDNESDAY")
              .split(" "));

  /** Functions, which are names where no parenthesis follows. */
  private static final Set<String> FUNCTIONS =
      Set.of(
          ("ABS AVG CARDINALITY CEIL CEILING CHARACTER_LENGTH CHAR_LENGTH COALESCE COLLECT CONTAINS"
                  + " CONVERT COUNT CUME_DIST DENSE_RANK ELEMENT EQUALS EVERY EXP EXTRACT FILTER"
                  + " FIRST_VALUE FLOOR GROUPING LAG LAST_VALUE LEAD LN LOWER MAX MIN MOD NTH_VALUE"
                  + " NTILE NULLIF OCTET_LENGTH PERCENT_RANK POSITION POWER RANK ROW_NUMBER SQRT"
                  + " STDDEV_POP STDDEV_SAMP SUBSTRING SUM TRANSLATE TRIM TRUNCATE UPPER")
              .split(" "));

  private static final Set<String> UNITS =
      Set.of("YEAR", "MONTH", "DAY", "HOUR", "MINUTE", "SECOND");
  private static final Set<String> TYPES = Set.of("DATE", "TIME", "TIMESTAMP", "UUID", "INTERVAL");

  private static final Recent<Words> KNOWN = new Recent<>(4096);

  private final String text;
  private final List<Quote> quotes;

  private record Quote(int line, int column) {}

  /**
   * A part of the text.
   *
   * @param word the same in capitals
   */
  private record Token(String text, String word, int start) {
    boolean isValue() {
      char c = text.charAt(0);
      return c == '\'' || Character.isDigit(c);
    }
  }

  private Words(String text, List<Quote> quotes) {
    this.text = text;
    this.quotes = quotes;
  }

  static Words of(String sql) {
    return KNOWN.of(sql, text -> new Quoting(text).words());
  }

  /** Puts the quotes. */
  private static final class Quoting {
    private final String sql;
    private final StringBuilder text;
    private final List<Quote> quotes = new ArrayList<>();
    private int copied;
    private int line = 1;
    private int lineStart;

    Quoting(String sql) {
      this.sql = sql;
      this.text = new StringBuilder(sql.length() + 16);
    }

    Words words() {
      List<Token> tokens = tokens(sql);
      Deque<String> calls = new ArrayDeque<>();
      Token before = null;
      for (int i = 0; i < tokens.size(); i++) {
        Token token = tokens.get(i);
        String previous = before == null ? "" : before.word();
        String next = i + 1 < tokens.size() ? tokens.get(i + 1).word() : "";
        if (token.text.equals("(")) {
          calls.push(previous);
        } else if (token.text.equals(")") && !calls.isEmpty()) {
          calls.pop();
        } else if (isName(token.word(), before, previous, next, calls)) {
          copy(token.start);
          quote();
          text.append(token.text.toLowerCase(Locale.ROOT));
          quote();
          copied += token.text.length();
        }
        before = token;
      }
      copy(sql.length());
      return new Words(text.toString(), List.copyOf(quotes));
    }

    private void copy(int end) {
      for (int at = sql.indexOf('\n', copied);
          at >= 0 && at < end;
          at = sql.indexOf('\n', at + 1)) {
        line++;
        lineStart = text.length() + at + 1 - copied;
      }
      text.append(sql, copied, end);
      copied = end;
    }

    private void quote() {
      quotes.add(new Quote(line, text.length() - lineStart + 1));
      text.append('"');
    }
  }

  private static boolean isName(
      String word,
      @org.jspecify.annotations.Nullable Token before,
      String previous,
      String next,
      Deque<String> calls) {
    if (previous.equals(".")) {
      return Character.isLetter(word.charAt(0));
    }
    if (NAMES.contains(word)) {
      return switch (word) {
        case "LOCAL" -> !previous.equals("WITH");
        case "NEXT" -> !previous.equals("FETCH");
        case "ONLY" -> !previous.startsWith("ROW");
        case "UNKNOWN" -> !previous.equals("IS") && !previous.equals("NOT");
        default -> true;
      };
    }
    if (FUNCTIONS.contains(word)) {
      return !next.equals("(");
    }
    if (UNITS.contains(word)) {
      boolean argument =
          previous.equals("(") && (next.equals("FROM") || next.equals(",")) && isTimed(calls);
      boolean interval =
          before != null && (before.isValue() || previous.equals(")") || previous.equals("TO"));
      return !argument && !interval && !next.equals("(");
    }
    if (TYPES.contains(word)) {
      boolean type = previous.equals("AS") && "CAST".equals(calls.peek());
      boolean literal = next.startsWith("'") || next.equals("(") || next.equals("WITH");
      boolean zone = next.equals("ZONE");
      return !type && !literal && !zone;
    }
    return false;
  }

  private static boolean isTimed(Deque<String> calls) {
    String call = calls.peek();
    return "EXTRACT".equals(call) || "TIMESTAMPDIFF".equals(call);
  }

  String text() {
    return text;
  }

  /** The column as it was without the quotes. */
  int column(int line, int column) {
    int less = 0;
    for (Quote quote : quotes) {
      if (quote.line == line && quote.column < column) {
        less++;
      }
    }
    return column - less;
  }

  private static List<Token> tokens(String sql) {
    List<Token> tokens = new ArrayList<>();
    int i = 0;
    while (i < sql.length()) {
      int end = NameScan.token(sql, i);
      char c = sql.charAt(i);
      boolean comment =
          (c == '-' && sql.startsWith("--", i)) || (c == '/' && sql.startsWith("/*", i));
      if (!comment && !Character.isWhitespace(c)) {
        String text = sql.substring(i, end);
        tokens.add(new Token(text, text.toUpperCase(Locale.ROOT), i));
      }
      i = end;
    }
    return tokens;
  }
}

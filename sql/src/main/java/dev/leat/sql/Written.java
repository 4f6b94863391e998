package dev.leat.sql;

/** Pieces of SQL that were written. */
final class Written {
  private Written() {}

  /** In parentheses, unless it holds together without. */
  static String operand(String sql) {
    return isAtomic(sql) ? sql : "(" + sql + ")";
  }

  /** Whether it is a name, a literal, a call or in parentheses. */
  static boolean isAtomic(String sql) {
    int depth = 0;
    for (int i = 0; i < sql.length(); i++) {
      char c = sql.charAt(i);
      if (c == '\'' || c == '"' || c == '`') {
        int end = sql.indexOf(c, i + 1);
        if (end < 0) {
          return false;
        }
        i = end;
      } else if (c == '(') {
        depth++;
      } else if (c == ')') {
        depth--;
        if (depth == 0 && i < sql.length() - 1) {
          return false;
        }
      } else if (depth == 0 && !isPartOfName(c)) {
        return false;
      }
    }
    return depth == 0;
  }

  private static boolean isPartOfName(char c) {
    return Character.isLetterOrDigit(c) || c == '_' || c == '.' || c == '[' || c == ']';
  }
}

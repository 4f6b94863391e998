package dev.leat.flow.kinds;

/** The columns of what a replication keeps with {@code mode = "history"}, and their order. */
final class ChangeLog {
  static final String OPERATION = "_leat_op";
  static final String LSN = "_leat_lsn";
  static final String ORDINAL = "_leat_ordinal";
  static final String UNCHANGED = "_leat_unchanged";

  /** Such as {@code 16/B374D848}: two numbers without leading zeros, so that texts do not order. */
  private static final String HEX_DIGITS = "8";

  private static final String ORDINAL_DIGITS = "19";

  private ChangeLog() {}

  /**
   * A text that orders changes as the source made them; empty for rows that were copied, which come
   * first.
   */
  static String position() {
    String lsn = Portable.name(LSN);
    return "COALESCE("
        + padded("SPLIT_PART(" + lsn + ", '/', 1)", HEX_DIGITS)
        + " || "
        + padded("SPLIT_PART(" + lsn + ", '/', 2)", HEX_DIGITS)
        + " || "
        + padded("CAST(" + Portable.name(ORDINAL) + " AS VARCHAR)", ORDINAL_DIGITS)
        + ", '')";
  }

  private static String padded(String text, String digits) {
    return "LPAD(" + text + ", " + digits + ", '0')";
  }
}

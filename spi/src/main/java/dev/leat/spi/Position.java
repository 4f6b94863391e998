package dev.leat.spi;

/**
 * A place in a source's totally ordered change stream, opaque to everyone but the source.
 *
 * <p>A position lies <em>between</em> changes: progress {@code P} means that every change whose own
 * position is lower than {@code P} is durable, and that the next one wanted is the first at or
 * after {@code P}. For PostgreSQL a change is at {@code (commit LSN, ordinal in its transaction)}
 * and progress after a transaction is {@code (LSN after its commit record, 0)}.
 *
 * @param sequence the major order, compared as an unsigned 64-bit number
 * @param ordinal the order within one sequence, from 0
 */
public record Position(long sequence, long ordinal) implements Comparable<Position> {

  /** Before everything. */
  public static final Position START = new Position(0, 0);

  public Position {
    if (ordinal < 0) {
      throw new IllegalArgumentException("ordinal must not be negative: " + ordinal);
    }
  }

  public static Position at(long sequence) {
    return new Position(sequence, 0);
  }

  @Override
  public int compareTo(Position other) {
    int bySequence = Long.compareUnsigned(sequence, other.sequence);
    return bySequence != 0 ? bySequence : Long.compare(ordinal, other.ordinal);
  }

  public boolean isBefore(Position other) {
    return compareTo(other) < 0;
  }

  public static Position max(Position a, Position b) {
    return a.compareTo(b) >= 0 ? a : b;
  }

  /** Reads what {@link #toString()} wrote. */
  public static Position parse(String text) {
    int slash = text.indexOf('/');
    int plus = text.indexOf('+', slash + 1);
    if (slash < 1) {
      throw new IllegalArgumentException(
          "not a position: '" + text + "' (expected for example 0/16B3748 or 0/16B3748+3)");
    }
    try {
      long high = Long.parseLong(text, 0, slash, 16);
      long low = Long.parseLong(text, slash + 1, plus < 0 ? text.length() : plus, 16);
      if (high < 0 || high > 0xFFFFFFFFL || low < 0 || low > 0xFFFFFFFFL) {
        throw new NumberFormatException("half out of range");
      }
      long ordinal = plus < 0 ? 0 : Long.parseLong(text.substring(plus + 1));
      return new Position(high << 32 | low, ordinal);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(
          "not a position: '" + text + "' (expected for example 0/16B3748 or 0/16B3748+3)", e);
    }
  }

  /**
   * Two hexadecimal halves, as PostgreSQL prints an LSN, and {@code +ordinal} where that is not 0.
   */
  @Override
  public String toString() {
    String text =
        Long.toHexString(sequence >>> 32).toUpperCase(java.util.Locale.ROOT)
            + "/"
            + Long.toHexString(sequence & 0xFFFFFFFFL).toUpperCase(java.util.Locale.ROOT);
    return ordinal == 0 ? text : text + "+" + ordinal;
  }
}

package dev.leat.spi.compare;

import java.util.List;

/**
 * What one side of a comparison is asked; both sides compute the same from equal rows.
 *
 * <p>Every value that is not NULL has a canonical text: {@code t} or {@code f} for booleans;
 * integers, decimals and UUIDs as usual; text and JSON as they are; the bits of floating-point
 * numbers; bytes in lower-case hexadecimal digits; dates as days and times and timestamps as
 * microseconds since 1970-01-01 or midnight, infinite ones as {@code infinity} and {@code
 * -infinity}; intervals as {@code months/days/microseconds}; lists as their elements, each written
 * as in a row. A row is written as {@code N} for each NULL and {@code V}, the number of characters,
 * {@code :} and the canonical text for each other value. The <i>row's hash</i> is the MD5 of that;
 * the <i>key's hash</i> is the MD5 of the key's columns written in the same way, or the row's hash
 * where there is no key. A hash is added up as the number that its first 15 hexadecimal digits are.
 *
 * @param answer what to tell
 * @param selection of which rows
 */
public record HashRequest(Answer answer, Selection selection) {

  /** What is told. */
  public sealed interface Answer {}

  /**
   * By the first digits of the key's hash: those digits, how many rows there are, and the sum of
   * their hashes.
   */
  public record Buckets(int digits) implements Answer {}

  /**
   * By the key's hash: that hash, how many rows there are, the sum of their hashes, and the texts
   * of the key's columns, or of all columns where there is no key.
   */
  public record Rows() implements Answer {}

  /** By row: the key's hash, and the MD5 of each column's canonical text or null. */
  public record Values() implements Answer {}

  /** Which rows. */
  public sealed interface Selection {}

  /** All. */
  public record All() implements Selection {}

  /** Those whose key's hash begins with one of these, which are all of one length. */
  public record Prefixes(List<String> prefixes) implements Selection {
    public Prefixes {
      prefixes = List.copyOf(prefixes);
    }
  }

  /** Those with one of these keys, each the texts of its columns as {@link Rows} gave them. */
  public record Keys(List<List<String>> keys) implements Selection {
    public Keys {
      keys = List.copyOf(keys);
    }
  }
}

package dev.leat.flow.check;

import dev.leat.flow.Place;
import dev.leat.spi.schema.TableId;

/**
 * One check of a dataset.
 *
 * @param name what it is called in records and samples, unique for its dataset, such as {@code
 *     not_null.email}
 * @param dataset what is checked
 * @param rule what has to hold
 * @param severity whether it blocks
 * @param tolerance how many rows may fail; of no account for rules that are not about rows
 * @param sample the most failing rows to keep; 0 for none
 * @param place in the flow file
 */
public record CheckModel(
    String name,
    TableId dataset,
    Rule rule,
    Severity severity,
    Tolerance tolerance,
    int sample,
    Place place) {
  /** How many failing rows are kept where nothing is said. */
  public static final int USUAL_SAMPLE = 100;

  /** What a failure means. */
  public enum Severity {
    /** The dataset is not published, and nothing that reads it is made. */
    ERROR,
    /** It is told. */
    WARN
  }

  /**
   * How many rows may fail before a check does.
   *
   * @param rows at the most
   * @param share at the most, of all rows, from 0 to 1; a check fails if both are exceeded
   */
  public record Tolerance(long rows, double share) {
    public static final Tolerance NONE = new Tolerance(0, 0);

    /** Whether {@code failed} of {@code total} rows are few enough. */
    public boolean allows(long failed, long total) {
      return failed <= rows || (double) failed <= share * total;
    }
  }
}

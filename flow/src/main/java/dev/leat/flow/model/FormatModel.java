package dev.leat.flow.model;

import java.util.List;
import java.util.Optional;

/**
 * How files are written, as far as {@code format} says; what it does not say is found out.
 *
 * @param type {@code csv}, {@code json} or {@code parquet}; by the files' names if empty
 * @param header of CSV: whether the first row has the names of the columns
 * @param delimiter of CSV
 * @param quote of CSV; an empty text for none
 * @param escape of CSV: what stands before a quote within a value
 * @param encoding of text
 * @param compression {@code none}, {@code gzip} or {@code zstd}
 * @param nulls of CSV: texts that are NULL, besides nothing
 * @param skip of CSV: lines before the header
 * @param comment of CSV: what lines begin with that are none
 * @param dateFormat how dates are written, such as {@code %d.%m.%Y}
 * @param timestampFormat how timestamps are written
 * @param decimal of CSV: the decimal separator
 * @param flatten of JSON: whether fields of objects become columns
 * @param depth of JSON: how many levels become columns
 * @param longestRow bytes
 * @param deepest of JSON: the most levels that a row may have
 */
public record FormatModel(
    Optional<String> type,
    Optional<Boolean> header,
    Optional<String> delimiter,
    Optional<String> quote,
    Optional<String> escape,
    Optional<String> encoding,
    Optional<String> compression,
    List<String> nulls,
    int skip,
    Optional<String> comment,
    Optional<String> dateFormat,
    Optional<String> timestampFormat,
    char decimal,
    boolean flatten,
    int depth,
    long longestRow,
    int deepest) {
  /** Everything found out. */
  public static final FormatModel USUAL =
      new FormatModel(
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          List.of(),
          0,
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          '.',
          false,
          1,
          2 << 20,
          100);

  public FormatModel {
    nulls = List.copyOf(nulls);
  }
}

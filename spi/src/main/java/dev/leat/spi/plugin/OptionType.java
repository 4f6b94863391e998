package dev.leat.spi.plugin;

/**
 * What a person may write as the value of an option, and what {@link OptionValues} gives for it.
 */
public enum OptionType {
  STRING("a string"),
  BOOLEAN("true or false"),
  INTEGER("a whole number"),
  /** A {@link Double}. */
  NUMBER("a number"),
  /** Whatever the file may hold; the value as it was parsed. */
  ANY("a value"),
  /**
   * {@code "30s"}, {@code "10m"}, {@code "250ms"}, {@code "1h"}, {@code "3d"}; a {@link
   * java.time.Duration}.
   */
  DURATION("a duration such as \"30s\""),
  /** {@code "0.1 %"}, {@code "50%"}; a {@link Double}, 1 for {@code "100 %"}. */
  SHARE("a share such as \"0.1 %\""),
  /** A whole number of rows, a {@link Long}, or a share of rows as {@link #SHARE}. */
  ROWS_OR_SHARE("a number of rows, or a share such as \"0.1 %\""),
  /** {@code "64 MB"}, {@code "1 GiB"}; bytes as a {@link Long}. */
  SIZE("a size such as \"64 MB\""),
  /** A list of strings; a single string counts as a list of one. */
  STRING_LIST("a list of strings"),
  /** A table of strings, in the order of the file. */
  STRING_MAP("a table of strings"),
  /** A table of whole numbers, in the order of the file. */
  INTEGER_MAP("a table of whole numbers"),
  /** A table whose keys are {@link Option#fields()}; {@link OptionValues}. */
  TABLE("a table"),
  /** One of {@link Option#choices()}. */
  CHOICE("one of the choices"),
  /** A file or folder; relative to the flow file; a {@link java.nio.file.Path}. */
  PATH("a path"),
  /**
   * {@code "secret:NAME"}, {@code "env:NAME"} or {@code "file:path"}, never the secret itself; a
   * {@link Secret}.
   */
  SECRET("a reference such as \"secret:NAME\", \"env:NAME\" or \"file:path\""),
  /** As {@link #SECRET}, or a URL that has no password in it; a {@link Secret}. */
  CONNECTION("a reference such as \"secret:NAME\" or \"env:NAME\", or a URL without a password");

  private final String description;

  OptionType(String description) {
    this.description = description;
  }

  /** What to write, for an error message that begins with "expected". */
  public String description() {
    return description;
  }
}

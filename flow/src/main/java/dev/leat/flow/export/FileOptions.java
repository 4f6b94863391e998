package dev.leat.flow.export;

import dev.leat.spi.engine.FileLayout;
import dev.leat.spi.plugin.Option;
import dev.leat.spi.plugin.OptionType;
import dev.leat.spi.plugin.OptionValues;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What flow files say of the looks of files. */
public final class FileOptions {
  private static final List<String> FORMATS = List.of("csv", "json", "parquet");
  private static final Map<String, String> ENDS = Map.of(".gz", "gzip", ".zst", "zstd");
  private static final Map<String, String> USUAL =
      Map.of("delimiter", ",", "header", "true", "null", "");
  private static final long USUAL_TARGET = 128_000_000;
  private static final long SMALLEST_TARGET = 10_000;

  private FileOptions() {}

  /**
   * Those that say what the files are.
   *
   * @param usual the format if none is written, in words
   */
  public static List<Option> format(String usual) {
    return List.of(
        new Option(
            "format",
            OptionType.CHOICE,
            false,
            "",
            "What the files are; by default " + usual,
            "\"parquet\"",
            FORMATS,
            List.of()),
        new Option(
            "compression",
            OptionType.CHOICE,
            false,
            "",
            "By default what the path ends with (.gz, .zst), or none; zstd for Parquet",
            "\"gzip\"",
            List.of("none", "gzip", "zstd", "snappy"),
            List.of()),
        Option.optional(
            "delimiter", OptionType.STRING, "\",\"", "Between the values of CSV", "\";\""),
        Option.optional(
            "header",
            OptionType.BOOLEAN,
            "true",
            "Whether CSV begins with the names of the columns",
            "false"),
        Option.optional(
            "null",
            OptionType.STRING,
            "\"\"",
            "What stands for NULL in CSV; an empty text is \"\" in quotes",
            "\"\\\\N\""),
        Option.optional(
            "row_group",
            OptionType.INTEGER,
            "",
            "Rows of a row group of Parquet; 122,880 by default",
            "500000"));
  }

  /** Those that say how rows are divided among files. */
  public static List<Option> division() {
    return List.of(
        Option.optional(
            "partition",
            OptionType.STRING_LIST,
            "[]",
            "Columns whose values make folders",
            "[\"order_date\"]"),
        Option.optional(
            "target_size",
            OptionType.SIZE,
            "",
            "Writes files of about this size into the path, which is a folder then",
            "\"128 MB\""));
  }

  /**
   * What is wrong with them, and what to do.
   *
   * @param sentence after "the step" or "the publish"
   */
  public record Wrong(String sentence, String fix) {}

  /** The format; empty if it is neither written nor what the path ends with. */
  public static Optional<String> format(OptionValues options, String path) {
    String name = withoutCompression(path.toLowerCase(Locale.ROOT));
    return options
        .optional("format", String.class)
        .or(() -> FORMATS.stream().filter(format -> name.endsWith("." + format)).findFirst());
  }

  /** Whether a path names a file of the format. */
  public static boolean isFile(String path, String format) {
    return withoutCompression(path.toLowerCase(Locale.ROOT)).endsWith("." + format);
  }

  private static String withoutCompression(String path) {
    return ENDS.keySet().stream()
        .filter(path::endsWith)
        .findFirst()
        .map(end -> path.substring(0, path.length() - end.length()))
        .orElse(path);
  }

  /** What does not go together; empty if nothing. */
  public static Optional<Wrong> check(OptionValues options, String format) {
    String compression = options.optional("compression", String.class).orElse("none");
    if (compression.equals("snappy") && !format.equals("parquet")) {
      return wrong(
          "compresses " + format + " with snappy, which is for Parquet only",
          "write compression = \"zstd\" or \"gzip\"");
    }
    for (String key : List.of("delimiter", "header", "null")) {
      if (!format.equals("csv") && options.values().containsKey(key) && !isUsual(options, key)) {
        return wrong("has " + key + ", which is for CSV only", "remove " + key);
      }
    }
    String delimiter = options.optional("delimiter", String.class).orElse(",");
    if (delimiter.length() != 1 || "\"\r\n".contains(delimiter)) {
      return wrong(
          "has a delimiter that is not one character", "write for example delimiter = \";\"");
    }
    Long target = options.optional("target_size", Long.class).orElse(null);
    if (target != null && target < SMALLEST_TARGET) {
      return wrong(
          "has a target_size of less than 10 kB", "write for example target_size = \"128 MB\"");
    }
    return Optional.empty();
  }

  private static boolean isUsual(OptionValues options, String key) {
    return String.valueOf(options.values().get(key)).equals(USUAL.get(key));
  }

  private static Optional<Wrong> wrong(String sentence, String fix) {
    return Optional.of(new Wrong(sentence, fix));
  }

  /**
   * The layout.
   *
   * @param path that the files go to
   * @param sized whether files have a size even if none is written
   */
  public static FileLayout layout(OptionValues options, String format, String path, boolean sized) {
    Map<String, String> looks = new TreeMap<>();
    options
        .optional("compression", String.class)
        .or(
            () ->
                ENDS.entrySet().stream()
                    .filter(end -> path.toLowerCase(Locale.ROOT).endsWith(end.getKey()))
                    .map(Map.Entry::getValue)
                    .findFirst())
        .ifPresent(compression -> looks.put("compression", compression));
    if (format.equals("csv")) {
      for (String key : List.of("delimiter", "header", "null")) {
        if (options.values().containsKey(key) && !isUsual(options, key)) {
          looks.put(key, String.valueOf(options.values().get(key)));
        }
      }
    }
    if (format.equals("parquet")) {
      options
          .optional("row_group", Long.class)
          .ifPresent(rows -> looks.put("row_group", String.valueOf(Math.max(rows, 2048))));
    }
    long target = options.optional("target_size", Long.class).orElse(sized ? USUAL_TARGET : 0L);
    return new FileLayout(format, looks, options.strings("partition"), target);
  }
}

package dev.leat.config;

import dev.leat.spi.plugin.Option;
import dev.leat.spi.plugin.OptionType;
import java.util.List;

/** What may stand in {@code [source.NAME]} with {@code from = "files"}. */
final class LoadOptions {
  static final String SYSTEM = "files";

  private static final Option FORMAT =
      Option.table(
          "format",
          "How the files are written; what is not said is found out",
          "{ type = \"csv\", delimiter = \";\" }",
          new Option(
              "type",
              OptionType.CHOICE,
              false,
              "",
              "By the names of the files if it is not said",
              "\"csv\"",
              List.of("csv", "json", "parquet"),
              List.of()),
          optional("header", OptionType.BOOLEAN, "CSV: whether the first row has names", "true"),
          optional("delimiter", OptionType.STRING, "CSV: what is between values", "\";\""),
          optional(
              "quote", OptionType.STRING, "CSV: what is around values; \"\" for nothing", "\"'\""),
          optional(
              "escape",
              OptionType.STRING,
              "CSV: what stands before a quote in a value",
              "\"\\\\\""),
          optional(
              "encoding",
              OptionType.STRING,
              "Of text; UTF-8, or UTF-16 where a mark says so, if it is not said",
              "\"windows-1252\""),
          new Option(
              "compression",
              OptionType.CHOICE,
              false,
              "",
              "Seen in the files themselves if it is not said",
              "\"gzip\"",
              List.of("none", "gzip", "zstd"),
              List.of()),
          Option.optional(
              "null",
              OptionType.STRING_LIST,
              "[]",
              "CSV: what is NULL besides nothing",
              "[\"NA\"]"),
          Option.optional("skip", OptionType.INTEGER, "0", "CSV: lines before the header", "2"),
          optional("comment", OptionType.STRING, "CSV: how lines begin that are none", "\"#\""),
          optional("date_format", OptionType.STRING, "How dates are written", "\"%d.%m.%Y\""),
          optional(
              "timestamp_format",
              OptionType.STRING,
              "How timestamps are written",
              "\"%d.%m.%Y %H:%M\""),
          Option.choice("decimal", "CSV: the decimal separator", ".", ","),
          Option.choice(
              "nested",
              "JSON: whether objects stay JSON or their fields become columns, parent_field",
              "keep",
              "flatten"),
          Option.optional(
              "depth", OptionType.INTEGER, "3", "JSON: levels that become columns", "2"),
          Option.optional(
              "max_row", OptionType.SIZE, "\"2 MB\"", "The longest row there may be", "\"16 MB\""),
          Option.optional(
              "max_depth", OptionType.INTEGER, "100", "JSON: the most levels of a row", "20"));

  static final List<Option> OPTIONS =
      List.of(
          Option.required("from", OptionType.STRING, "Files", "\"files\""),
          Option.required(
              "path",
              OptionType.STRING,
              "Where they are: *, **, ?, [a-z], {a,b}, and {date:yyyy-MM-dd} for a date that becomes"
                  + " a column",
              "\"drops/customers_{date:yyyy-MM-dd}*.csv\""),
          Option.required(
              "into", OptionType.STRING, "The dataset they become", "\"bronze.customers\""),
          FORMAT,
          optional(
              "columns",
              OptionType.STRING_MAP,
              "Names and types; found out with the first files if they are not said",
              "{ id = \"bigint\", name = \"text\" }"),
          Option.choice("on_bad_row", "What happens with a row that is wrong", "park", "stop"),
          optional(
              "max_bad",
              OptionType.ROWS_OR_SHARE,
              "The most such rows in one transaction, beyond which the load stops",
              "\"1 %\""),
          Option.choice(
              "on_bad_file",
              "Whether the load has failed if a file cannot be read; the others are loaded anyway",
              "fail",
              "skip"),
          Option.choice(
              "new_columns",
              "What happens with columns that the dataset does not have",
              "add",
              "park",
              "stop"),
          Option.choice(
              "missing_columns", "What columns are that a file does not have", "null", "stop"),
          Option.choice(
              "after", "What becomes of files whose rows are durable", "keep", "archive", "delete"),
          Option.optional(
              "archive",
              OptionType.STRING,
              "\"archive\"",
              "With after = \"archive\": the folder, may have the date of the load in it",
              "\"archive/{date:yyyy-MM}\""),
          optional(
              "retention",
              OptionType.DURATION,
              "The age at which archived files, or else loaded ones, are removed",
              "\"90d\""),
          Option.optional(
              "max_files",
              OptionType.INTEGER,
              "10000",
              "The most files in one transaction",
              "1000"),
          Option.optional(
              "max_bytes",
              OptionType.SIZE,
              "\"1 GB\"",
              "The most bytes of files in one transaction, but for one larger file",
              "\"4 GB\""),
          Option.optional(
              "max_expansion",
              OptionType.INTEGER,
              "200",
              "How many times its size a compressed file may become",
              "1000"),
          optional(
              "engine",
              OptionType.STRING,
              "Where the dataset is; the flow's by default",
              "\"sqlite\""),
          optional("pool", OptionType.STRING, "A pool of [run] that limits it", "\"warehouse\""),
          FlowModelReader.RETRY,
          optional(
              "timeout", OptionType.DURATION, "The longest that one attempt may take", "\"30m\""),
          optional("description", OptionType.STRING, "What it is", "\"Daily exports of the CRM\""));

  private LoadOptions() {}

  private static Option optional(String key, OptionType type, String summary, String example) {
    return Option.optional(key, type, "", summary, example);
  }
}

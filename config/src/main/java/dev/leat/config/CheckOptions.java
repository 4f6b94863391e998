package dev.leat.config;

import dev.leat.spi.plugin.Option;
import dev.leat.spi.plugin.OptionType;
import java.util.ArrayList;
import java.util.List;

/** The keys of {@code [check."schema.table"]}, and of the tables in it. */
final class CheckOptions {
  private static final Option SEVERITY =
      new Option(
          "severity",
          OptionType.CHOICE,
          false,
          "",
          "What a failure does: error keeps the dataset from being published, warn only tells",
          "\"warn\"",
          List.of("error", "warn"),
          List.of());
  private static final Option TOLERANCE = tolerance("max");
  private static final Option SAMPLE =
      Option.optional(
          "sample",
          OptionType.INTEGER,
          "",
          "The most failing rows to keep in _leat_failed; 0 for none",
          "100");

  /** What holds for all checks of the section that say nothing else. */
  static final List<Option> DEFAULTS = List.of(SEVERITY, TOLERANCE, SAMPLE);

  static final List<Option> COLUMNS = rows(columns("[\"a\"]"));
  static final List<Option> ACCEPTED =
      rows(Option.required("values", OptionType.ANY, "The values", "[\"new\", \"paid\"]"));
  static final List<Option> RANGE =
      List.of(
          Option.optional("min", OptionType.ANY, "", "The least value allowed", "0"),
          Option.optional("max", OptionType.ANY, "", "The greatest value allowed", "100"),
          SEVERITY,
          tolerance("max_failed"),
          SAMPLE);
  static final List<Option> PATTERN =
      rows(
          Option.required(
              "regex", OptionType.STRING, "What a part of the text matches", "\"^[^@]+@\""));
  static final List<Option> REFERENCE =
      rows(
          Option.optional(
              "to",
              OptionType.STRING,
              "",
              "The other dataset's column",
              "\"gold.dim_customer.customer_sk\""),
          Option.optional(
              "columns",
              OptionType.STRING_LIST,
              "",
              "Instead of to, for several columns: those of this dataset",
              "[\"tenant\", \"customer\"]"),
          Option.optional("table", OptionType.STRING, "", "The other dataset", "\"gold.customer\""),
          Option.optional(
              "key",
              OptionType.STRING_LIST,
              "",
              "The other dataset's columns, in the same order; those of the same names by default",
              "[\"tenant\", \"id\"]"));
  static final List<Option> ROWS =
      List.of(
          Option.optional("min", OptionType.INTEGER, "", "The fewest rows", "1"),
          Option.optional("max", OptionType.INTEGER, "", "The most rows", "1000000"),
          Option.optional(
              "change_max",
              OptionType.SHARE,
              "",
              "The largest change against the last run that was published",
              "\"50%\""),
          SEVERITY);
  static final List<Option> FRESHNESS =
      List.of(
          Option.required(
              "column", OptionType.STRING, "A column with a date or timestamp", "\"updated_at\""),
          Option.required(
              "max_age", OptionType.DURATION, "How old the newest row may be", "\"1d\""),
          SEVERITY);
  static final List<Option> CONTRACT =
      List.of(
          Option.required(
              "types", OptionType.STRING_MAP, "Types by column", "{ order_id = \"BIGINT\" }"),
          Option.optional(
              "exact", OptionType.BOOLEAN, "", "Whether there may be no other columns", "true"),
          SEVERITY);
  static final List<Option> DISTRIBUTION =
      List.of(
          share("nulls_max", "The largest share of NULLs"),
          share(
              "nulls_change_max",
              "How far the share of NULLs may be from its mean over earlier runs"),
          Option.optional("mean_min", OptionType.NUMBER, "", "The lowest mean", "10.0"),
          Option.optional("mean_max", OptionType.NUMBER, "", "The highest mean", "20.0"),
          share("mean_change_max", "How far the mean may be from its mean over earlier runs"),
          SEVERITY);
  static final List<Option> SQL =
      rows(
          Option.required(
              "query",
              OptionType.STRING,
              "Gives the rows that fail",
              "\"SELECT * FROM gold.fact_order WHERE amount < 0\""));
  static final List<Option> RECONCILE =
      List.of(
          Option.required("with", OptionType.STRING, "The other dataset", "\"bronze.orders\""),
          Option.optional(
              "where",
              OptionType.STRING,
              "",
              "Which rows of the other dataset count",
              "\"status <> 'draft'\""),
          Option.optional(
              "measures",
              OptionType.STRING_MAP,
              "",
              "What is compared; the number of rows by default",
              "{ total = \"SUM(amount)\" }"),
          share("tolerance", "The largest difference; none by default"),
          SEVERITY);

  private CheckOptions() {}

  /** A key that holds rules, in one or several forms. */
  record Form(String key, String summary, List<String> examples) {}

  /** What may stand in the section besides {@link #DEFAULTS}. */
  static final List<Form> FORMS =
      List.of(
          new Form(
              "not_null",
              "Columns without NULL; one check each",
              List.of("[\"a\", \"b\"]", "{ columns = [\"a\"], severity = \"warn\" }")),
          new Form(
              "unique",
              "Columns whose values, together, no two rows share; several keys as lists in the list",
              List.of("[\"order_id\"]", "[[\"a\", \"b\"], [\"c\"]]")),
          new Form(
              "accepted",
              "The only values that columns may have; NULL is one",
              List.of("{ status = [\"new\", \"paid\"] }")),
          new Form(
              "range",
              "The least and greatest values of columns; NULL is within",
              List.of("{ amount = { min = 0, max = 100, max_failed = \"0.1 %\" } }")),
          new Form(
              "pattern",
              "Regular expressions that a part of every text matches; NULL does",
              List.of("{ email = \"^[^@]+@\" }")),
          new Form(
              "reference",
              "Columns whose values another dataset has; NULL is looked for nowhere",
              List.of(
                  "{ customer_sk = \"gold.dim_customer.customer_sk\" }",
                  "{ customer = { columns = [\"tenant\", \"customer\"], table = \"gold.customer\","
                      + " key = [\"tenant\", \"id\"] } }")),
          new Form(
              "rows",
              "How many rows there are",
              List.of("{ min = 1, change_max = \"50%\", severity = \"warn\" }")),
          new Form(
              "freshness",
              "How old the newest row may be",
              List.of("{ column = \"updated_at\", max_age = \"1d\" }")),
          new Form(
              "columns",
              "The contract: columns and their types",
              List.of(
                  "{ order_id = \"BIGINT\", exact = true }",
                  "{ types = { order_id = \"BIGINT\" }, severity = \"warn\" }")),
          new Form(
              "distribution",
              "How the values of columns are distributed, also against the last 30 runs",
              List.of("{ amount = { nulls_max = \"1%\", mean_change_max = \"20%\" } }")),
          new Form(
              "sql",
              "Queries that give no rows, or else those that fail, by name",
              List.of(
                  "{ no_negative = \"SELECT * FROM gold.fact_order WHERE amount < 0\" }",
                  "{ no_negative = { query = \"SELECT …\", max = 5 } }")),
          new Form(
              "reconcile",
              "Another dataset, such as the source's, that this one agrees with",
              List.of(
                  "{ with = \"bronze.orders\", measures = { total = \"SUM(amount)\" },"
                      + " tolerance = \"0.1%\" }")));

  /** All keys, as far as one type says what stands there. */
  static List<Option> section() {
    List<Option> options = new ArrayList<>(DEFAULTS);
    for (Form form : FORMS) {
      options.add(
          Option.optional(
              form.key(), OptionType.ANY, "", form.summary(), form.examples().getFirst()));
    }
    return options;
  }

  private static List<Option> rows(Option... own) {
    List<Option> options = new ArrayList<>(List.of(own));
    options.addAll(DEFAULTS);
    return options;
  }

  private static Option tolerance(String key) {
    return Option.optional(
        key,
        OptionType.ROWS_OR_SHARE,
        "",
        "How many rows may fail, or what share of all",
        "\"0.1 %\"");
  }

  private static Option columns(String example) {
    return Option.required("columns", OptionType.STRING_LIST, "The columns", example);
  }

  private static Option share(String key, String summary) {
    return Option.optional(key, OptionType.SHARE, "", summary, "\"1%\"");
  }
}

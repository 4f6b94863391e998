package dev.leat.config;

import dev.leat.flow.Place;
import dev.leat.flow.check.ColumnTypeNames;
import dev.leat.flow.check.Rule;
import dev.leat.spi.error.Spelling;
import dev.leat.spi.plugin.Option;
import dev.leat.spi.plugin.OptionValues;
import dev.leat.spi.schema.TableId;
import java.time.Duration;
import java.time.temporal.Temporal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;
import org.tomlj.TomlArray;
import org.tomlj.TomlTable;

/** Reads the rules that stand in tables: by column, or with keys of their own. */
final class CheckRules {
  /** What Java's regular expressions have and those of engines have not. */
  private static final Pattern NOT_PORTABLE =
      Pattern.compile("\\(\\?<?[=!]|\\(\\?>|\\\\[1-9]|[*+?}]\\+");

  private final CheckSection.Found found;

  CheckRules(CheckSection.Found found) {
    this.found = found;
  }

  void accepted(Section rules, String column) {
    Object written = rules.toml().get(List.of(column));
    OptionValues own = own(rules, column, CheckOptions.ACCEPTED).orElse(null);
    Object values = own == null ? written : own.optional("values", Object.class).orElse(null);
    List<String> accepted = new ArrayList<>();
    if (values instanceof TomlArray array) {
      for (Object value : array.toList()) {
        accepted.add(scalar(value).orElse(""));
      }
    }
    if (values instanceof TomlArray array
        && !array.isEmpty()
        && array.toList().stream().allMatch(value -> scalar(value).isPresent())) {
      found.add(
          "accepted." + column, new Rule.Accepted(column, accepted), rules.placeOf(column), own);
    } else if (values != null) {
      wrong(rules, column, "a list of values", "[\"new\", \"paid\"]");
    }
  }

  void range(Section rules, String column) {
    OptionValues own = own(rules, column, CheckOptions.RANGE).orElse(null);
    if (own == null) {
      wrong(rules, column, "a table with min or max", "{ min = 0, max = 100 }");
      return;
    }
    String min = own.optional("min", Object.class).flatMap(CheckRules::scalar).orElse(null);
    String max = own.optional("max", Object.class).flatMap(CheckRules::scalar).orElse(null);
    boolean readable =
        (min != null) == own.values().containsKey("min")
            && (max != null) == own.values().containsKey("max");
    if (!readable || (min == null && max == null)) {
      wrong(rules, column, "a table with a value for min or max", "{ min = 0, max = 100 }");
      return;
    }
    Map<String, Object> others = new HashMap<>(own.values());
    others.remove("min");
    others.remove("max");
    Object tolerance = others.remove("max_failed");
    if (tolerance != null) {
      others.put("max", tolerance);
    }
    found.add(
        "range." + column,
        new Rule.Range(column, min, max),
        rules.placeOf(column),
        new OptionValues(others));
  }

  void pattern(Section rules, String column) {
    OptionValues own = own(rules, column, CheckOptions.PATTERN).orElse(null);
    Optional<String> regex = own == null ? rules.text(column) : own.optional("regex", String.class);
    if (regex.isEmpty()) {
      if (own == null) {
        wrong(rules, column, "a regular expression", "\"^[^@]+@\"");
      }
      return;
    }
    String problem = "";
    try {
      Pattern.compile(regex.get());
      if (NOT_PORTABLE.matcher(regex.get()).find()) {
        problem = "it looks around, refers back or is possessive, which not every engine does";
      }
    } catch (PatternSyntaxException e) {
      problem = e.getDescription().toLowerCase(Locale.ROOT) + " near index " + e.getIndex();
    }
    if (problem.isEmpty()) {
      found.add(
          "pattern." + column, new Rule.Pattern(column, regex.get()), rules.placeOf(column), own);
    } else {
      rules.report(
          "CONFIG_PATTERN",
          "the pattern of " + column + " cannot be used: " + problem,
          column,
          "write what RE2, Java and PostgreSQL share, in single quotes so that \\ stays");
    }
  }

  void reference(Section rules, String name) {
    OptionValues own = own(rules, name, CheckOptions.REFERENCE).orElse(null);
    Optional<String> to = own == null ? rules.text(name) : own.optional("to", String.class);
    List<String> columns = own == null ? List.of() : own.strings("columns");
    if (to.isPresent() && columns.isEmpty()) {
      int point = to.get().lastIndexOf('.');
      TableId table = point < 1 ? null : dataset(to.get().substring(0, point));
      if (table != null && point + 1 < to.get().length()) {
        Rule rule =
            new Rule.Reference(List.of(name), table, List.of(to.get().substring(point + 1)));
        found.add("reference." + name, rule, rules.placeOf(name), own);
        return;
      }
    } else if (own != null && to.isEmpty() && !columns.isEmpty()) {
      TableId table = own.optional("table", String.class).map(CheckRules::dataset).orElse(null);
      List<String> key = own.strings("key").isEmpty() ? columns : own.strings("key");
      if (table != null && key.size() == columns.size()) {
        Rule rule = new Rule.Reference(columns, table, key);
        found.add("reference." + name, rule, rules.placeOf(name), own);
        return;
      }
    }
    wrong(
        rules,
        name,
        "a column of another dataset, or as many columns of a table as of its key",
        "\"gold.dim_customer.customer_sk\"");
  }

  void rows(Section rule) {
    OptionValues own = rule.read(CheckOptions.ROWS);
    Long min = own.optional("min", Long.class).orElse(null);
    Long max = own.optional("max", Long.class).orElse(null);
    Double change = own.optional("change_max", Double.class).orElse(null);
    if (min == null && max == null && change == null) {
      nothing(rule, "min, max or change_max");
    } else {
      found.add("rows", new Rule.RowCount(min, max, change), rule.place(), own);
    }
  }

  void freshness(Section rule) {
    OptionValues own = rule.read(CheckOptions.FRESHNESS);
    Optional<String> column = own.optional("column", String.class);
    Optional<Duration> age = own.optional("max_age", Duration.class);
    if (column.isPresent() && age.isPresent()) {
      Rule freshness = new Rule.Freshness(column.get(), age.get());
      found.add("freshness." + column.get(), freshness, rule.place(), own);
    }
  }

  /** Types by column, with {@code exact} among them; or the same with keys of its own. */
  void contract(Section rule) {
    Section types = rule;
    OptionValues own = null;
    boolean exact = false;
    if (rule.toml().get(List.of("types")) instanceof TomlTable table) {
      own = rule.read(CheckOptions.CONTRACT);
      types = rule.inner("types", table, rule.placeOf("types"));
      exact = own.optional("exact", Boolean.class).orElse(false);
    }
    Map<String, String> columns = new LinkedHashMap<>();
    for (String column : types.toml().keySet()) {
      Object written = types.toml().get(List.of(column));
      if (own == null && column.equals("exact") && written instanceof Boolean value) {
        exact = value;
      } else if (written instanceof String name) {
        typeName(types, column, name);
        columns.put(column, name);
      } else {
        wrong(types, column, "the name of a type", "\"BIGINT\"");
      }
    }
    found.add("columns", new Rule.Contract(columns, exact), rule.place(), own);
  }

  void distribution(Section rules, String column) {
    OptionValues own = own(rules, column, CheckOptions.DISTRIBUTION).orElse(null);
    if (own == null) {
      wrong(rules, column, "a table", "{ nulls_max = \"1%\", mean_change_max = \"20%\" }");
      return;
    }
    Rule.Distribution rule =
        new Rule.Distribution(
            column,
            own.optional("nulls_max", Double.class).orElse(null),
            own.optional("nulls_change_max", Double.class).orElse(null),
            own.optional("mean_min", Double.class).orElse(null),
            own.optional("mean_max", Double.class).orElse(null),
            own.optional("mean_change_max", Double.class).orElse(null));
    if (rule.equals(new Rule.Distribution(column, null, null, null, null, null))) {
      wrong(rules, column, "a table that asks for anything", "{ nulls_max = \"1%\" }");
    } else {
      found.add("distribution." + column, rule, rules.placeOf(column), own);
    }
  }

  void sql(Section rules, String name) {
    OptionValues own = own(rules, name, CheckOptions.SQL).orElse(null);
    Optional<String> query =
        (own == null ? rules.text(name) : own.optional("query", String.class))
            .filter(text -> !text.isBlank());
    if (query.isPresent()) {
      found.add("sql." + name, new Rule.Custom(query.get()), rules.placeOf(name), own);
    } else if (own == null || own.values().containsKey("query")) {
      wrong(rules, name, "a query", "\"SELECT * FROM gold.fact_order WHERE amount < 0\"");
    }
  }

  void reconcile(Section rule) {
    OptionValues own = rule.read(CheckOptions.RECONCILE);
    Optional<String> with = own.optional("with", String.class);
    TableId other = with.map(text -> rule.table("with", text)).orElse(null);
    Map<String, String> measures = own.map("measures");
    if (other != null) {
      found.add(
          "reconcile." + other,
          new Rule.Reconcile(
              other,
              own.optional("where", String.class).orElse(null),
              measures.isEmpty() ? Map.of("rows", "COUNT(*)") : measures,
              own.optional("tolerance", Double.class).orElse(0.0)),
          rule.place(),
          own);
    }
  }

  /** What stands in {@code key.NAME}, if that is a table. */
  private static Optional<OptionValues> own(Section rules, String name, List<Option> options) {
    return rules.toml().get(List.of(name)) instanceof TomlTable table
        ? Optional.of(rules.inner(name, table, rules.placeOf(name)).read(options))
        : Optional.empty();
  }

  private static void typeName(Section types, String column, String name) {
    if (ColumnTypeNames.parse(name).isPresent()) {
      return;
    }
    List<String> known =
        ColumnTypeNames.known().stream().map(word -> word.toLowerCase(Locale.ROOT)).toList();
    types.report(
        "CONFIG_COLUMN_TYPE",
        "column " + column + " has the type " + name + ", which there is not",
        column,
        Spelling.closest(name, known)
            .map(word -> "did you mean " + word.toUpperCase(Locale.ROOT) + "?")
            .orElse("the types are DECIMAL(p, s), " + String.join(", ", ColumnTypeNames.known())));
  }

  private static @Nullable TableId dataset(String text) {
    try {
      return TableId.parse(text);
    } catch (IllegalArgumentException e) {
      return null;
    }
  }

  /** A single value as text. */
  private static Optional<String> scalar(Object value) {
    return value instanceof String
            || value instanceof Long
            || value instanceof Double
            || value instanceof Boolean
            || value instanceof Temporal
        ? Optional.of(value.toString())
        : Optional.empty();
  }

  private static void wrong(Section rules, String key, String expected, String example) {
    rules.report(
        "CONFIG_WRONG_TYPE",
        rules.title() + "." + key + " is not " + expected,
        key,
        "write for example " + key + " = " + example);
  }

  private static void nothing(Section rule, String keys) {
    Place at = rule.place();
    rule.reportAt(
        at, "CONFIG_MISSING_KEY", "[" + rule.title() + "] asks for nothing", "add " + keys);
  }
}

package dev.leat.generate.dbt;

import dev.leat.flow.check.CheckModel;
import dev.leat.flow.check.CheckModel.Severity;
import dev.leat.flow.check.Rule;
import dev.leat.generate.GeneratedFlow;
import dev.leat.generate.PlannedFlow;
import dev.leat.generate.PlannedNode;
import dev.leat.spi.schema.Column;
import dev.leat.spi.schema.TableId;
import dev.leat.spi.sql.Dialect;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** What dbt is told about models and sources: columns, tests, freshness, descriptions. */
final class DbtProperties {
  private static final Pattern PLAIN = Pattern.compile("[a-z_][a-z0-9_]*");

  /** Words that cannot be a column's name without quotes. */
  private static final Set<String> RESERVED =
      Set.of(
          ("all analyse analyze and any array as asc both case cast check collate column constraint"
                  + " create default deferrable desc describe distinct do else end except false"
                  + " fetch for foreign from grant group having in initially intersect into lambda"
                  + " lateral leading limit not null offset on only or order pivot placing primary"
                  + " qualify references returning select show some summarize symmetric table then"
                  + " to trailing true union unique unpivot using variadic when where window with")
              .split(" "));

  private final GeneratedFlow flow;
  private final PlannedFlow planned;
  private final DbtNames names;
  private final DbtTests tests;

  DbtProperties(GeneratedFlow flow, PlannedFlow planned, DbtNames names, DbtTests tests) {
    this.flow = flow;
    this.planned = planned;
    this.names = names;
    this.tests = tests;
  }

  static boolean isPlain(String column) {
    return PLAIN.matcher(column).matches() && !RESERVED.contains(column);
  }

  /** By schema. */
  Map<String, Map<String, Object>> models() {
    Map<String, List<Object>> models = new TreeMap<>();
    for (PlannedNode node : planned.nodes()) {
      Map<String, Object> model = new LinkedHashMap<>();
      model.put("name", names.model(node.dataset()));
      String description = node.step().description();
      model.put(
          "description",
          Jinja.plain(
              description.isEmpty()
                  ? "Made by step %s, of kind %s."
                      .formatted(node.step().name(), node.step().kind().name())
                  : description));
      model.put("config", Map.of("meta", Map.of("leat_step", node.step().name())));
      List<Object> columns = columns(node.dataset(), node.columns());
      if (!columns.isEmpty()) {
        model.put("columns", columns);
      }
      models.computeIfAbsent(node.dataset().schema(), _ -> new ArrayList<>()).add(model);
    }
    Map<String, Map<String, Object>> files = new TreeMap<>();
    models.forEach((schema, list) -> files.put(schema, file("models", list)));
    return files;
  }

  Map<String, Object> sources() {
    Map<String, List<Object>> tables = new TreeMap<>();
    for (TableId dataset : names.sources()) {
      Map<String, Object> table = new LinkedHashMap<>();
      table.put("name", dataset.table());
      freshness(dataset).ifPresent(config -> table.put("config", config));
      List<Object> columns =
          columns(dataset, planned.workspace().columns(dataset).orElse(List.of()));
      if (!columns.isEmpty()) {
        table.put("columns", columns);
      }
      tables.computeIfAbsent(dataset.schema(), _ -> new ArrayList<>()).add(table);
    }
    List<Object> sources = new ArrayList<>();
    tables.forEach(
        (schema, list) -> {
          Map<String, Object> source = new LinkedHashMap<>();
          source.put("name", schema);
          source.put("schema", schema);
          source.put("tables", list);
          sources.add(source);
        });
    return file("sources", sources);
  }

  private static Map<String, Object> file(String what, List<Object> content) {
    Map<String, Object> file = new LinkedHashMap<>();
    file.put("version", 2);
    file.put(what, content);
    return file;
  }

  private List<Object> columns(TableId dataset, List<Column> columns) {
    Map<String, List<Object>> own = tests.of(dataset);
    Map<String, String> known = new LinkedHashMap<>();
    Dialect dialect = DbtModel.dialect(planned, dataset);
    columns.forEach(column -> known.put(column.name(), dialect.type(column.type())));
    own.keySet().forEach(name -> known.putIfAbsent(name, ""));
    List<Object> result = new ArrayList<>();
    known.forEach(
        (name, type) -> {
          Map<String, Object> column = new LinkedHashMap<>();
          column.put("name", name);
          if (!isPlain(name)) {
            column.put("quote", true);
          }
          if (!type.isEmpty()) {
            column.put("data_type", type);
          }
          List<Object> list = own.getOrDefault(name, List.of());
          if (!list.isEmpty()) {
            column.put("data_tests", list);
          }
          result.add(column);
        });
    return result;
  }

  /** How old a source's newest row may be, for {@code dbt source freshness}. */
  private Optional<Map<String, Object>> freshness(TableId dataset) {
    for (CheckModel check : flow.model().checks()) {
      if (check.dataset().equals(dataset)
          && check.rule() instanceof Rule.Freshness(String column, Duration maxAge)) {
        Map<String, Object> config = new LinkedHashMap<>();
        Map<String, Object> age = new LinkedHashMap<>();
        age.put("count", Math.max(1, maxAge.toMinutes()));
        age.put("period", "minute");
        config.put(
            "freshness",
            Map.of(check.severity() == Severity.WARN ? "warn_after" : "error_after", age));
        config.put(
            "loaded_at_field",
            "CAST(" + DbtModel.dialect(planned, dataset).quote(column) + " AS TIMESTAMP)");
        return Optional.of(config);
      }
    }
    return Optional.empty();
  }
}

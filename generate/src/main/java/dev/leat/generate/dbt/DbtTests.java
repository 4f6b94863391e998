package dev.leat.generate.dbt;

import dev.leat.flow.check.CheckModel;
import dev.leat.flow.check.CheckModel.Severity;
import dev.leat.flow.check.CheckModel.Tolerance;
import dev.leat.flow.check.ColumnTypeNames;
import dev.leat.flow.check.Rule;
import dev.leat.generate.CheckQueries;
import dev.leat.generate.GeneratedFile;
import dev.leat.generate.GeneratedFlow;
import dev.leat.generate.PlannedFlow;
import dev.leat.spi.schema.Column;
import dev.leat.spi.schema.LogicalType;
import dev.leat.spi.schema.LogicalType.Primitive;
import dev.leat.spi.schema.TableId;
import dev.leat.spi.sql.Dialect;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Checks as tests: dbt's own where they mean the same, queries for the others. */
final class DbtTests {
  private final PlannedFlow planned;
  private final DbtNames names;
  private final String mark;
  private final Map<TableId, Map<String, List<Object>>> columns = new TreeMap<>();
  private final Map<String, GeneratedFile> files = new TreeMap<>();
  private final List<String> notes = new ArrayList<>();

  DbtTests(GeneratedFlow flow, PlannedFlow planned, DbtNames names, String mark) {
    this.planned = planned;
    this.names = names;
    this.mark = mark;
    for (CheckModel check : flow.model().checks()) {
      if (names.models().containsKey(check.dataset())
          || names.sources().contains(check.dataset())) {
        add(check);
      }
    }
  }

  /** Tests of columns that dbt has itself, by column. */
  Map<String, List<Object>> of(TableId dataset) {
    return columns.getOrDefault(dataset, Map.of());
  }

  /** Tests that are queries. */
  List<GeneratedFile> files() {
    return List.copyOf(files.values());
  }

  /** What is not tested. */
  List<String> notes() {
    return notes;
  }

  private void add(CheckModel check) {
    TableId dataset = check.dataset();
    List<Column> known = planned.workspace().columns(dataset).orElse(List.of());
    CheckQueries.leftOut(check).ifPresent(notes::add);
    Optional<Map<String, Object>> own =
        check.tolerance().equals(Tolerance.NONE) ? own(check, known) : Optional.empty();
    if (own.isPresent()) {
      columns
          .computeIfAbsent(dataset, _ -> new LinkedHashMap<>())
          .computeIfAbsent(column(check.rule()), _ -> new ArrayList<>())
          .add(own.get());
      return;
    }
    Optional<String> query =
        check.rule() instanceof Rule.Contract contract
            ? Optional.of(contract(contract, dataset))
            : new CheckQueries(dataset, known, planned.compiler(planned.workspace().home(dataset)))
                .query(check);
    query.ifPresent(sql -> file(check, sql));
  }

  private static String column(Rule rule) {
    return switch (rule) {
      case Rule.NotNull(String column) -> column;
      case Rule.Accepted(String column, _) -> column;
      case Rule.Unique(List<String> key) -> key.getFirst();
      case Rule.Reference reference -> reference.columns().getFirst();
      case Rule.Range _,
          Rule.Pattern _,
          Rule.RowCount _,
          Rule.Freshness _,
          Rule.Contract _,
          Rule.Distribution _,
          Rule.Custom _,
          Rule.Reconcile _ ->
          throw new IllegalArgumentException(rule.toString());
    };
  }

  /** The test of dbt that means the same, if there is one. */
  private Optional<Map<String, Object>> own(CheckModel check, List<Column> known) {
    Map<String, Object> settings = new LinkedHashMap<>();
    Map<String, Object> arguments = new LinkedHashMap<>();
    String name;
    switch (check.rule()) {
      case Rule.NotNull _ -> name = "not_null";
      case Rule.Unique(List<String> key) when key.size() == 1 -> name = "unique";
      case Rule.Reference reference
          when reference.columns().size() == 1
              && DbtProperties.isPlain(reference.key().getFirst()) -> {
        name = "relationships";
        arguments.put("to", names.reference(reference.table()));
        arguments.put("field", reference.key().getFirst());
      }
      case Rule.Accepted(String column, List<String> values)
          when values.stream().noneMatch(value -> value.matches("(?s).*['{\\\\].*")) -> {
        LogicalType type =
            known.stream()
                .filter(each -> each.name().equals(column))
                .map(Column::type)
                .findFirst()
                .orElse(Primitive.JSON);
        if (type != Primitive.TEXT) {
          return Optional.empty();
        }
        name = "accepted_values";
        arguments.put("values", values);
      }
      case Rule.Unique _,
          Rule.Reference _,
          Rule.Accepted _,
          Rule.Range _,
          Rule.Pattern _,
          Rule.RowCount _,
          Rule.Freshness _,
          Rule.Contract _,
          Rule.Distribution _,
          Rule.Custom _,
          Rule.Reconcile _ -> {
        return Optional.empty();
      }
    }
    if (!arguments.isEmpty()) {
      settings.put("arguments", arguments);
    }
    settings.put("config", Map.of("severity", severity(check)));
    return Optional.of(Map.of(name, settings));
  }

  private static String severity(CheckModel check) {
    return check.severity() == Severity.WARN ? "warn" : "error";
  }

  private void file(CheckModel check, String sql) {
    Dialect dialect = DbtModel.dialect(planned, check.dataset());
    String name = DbtNames.word(check.dataset() + "__" + check.name()).toLowerCase(Locale.ROOT);
    String unique = name;
    for (int i = 2; files.containsKey(unique); i++) {
      unique = name + "_" + i;
    }
    String body =
        new DbtText(planned.tokens(), names, dialect, check.dataset(), "", Set.of()).of(sql);
    files.put(
        unique,
        new GeneratedFile(
            "tests/" + unique + ".sql",
            "-- %s\n{{ config(severity=%s) }}\n\n%s\n"
                .formatted(mark, Jinja.text(severity(check)), body),
            false));
  }

  /** Columns that are missing or of another type and, if there may be no others, those. */
  private String contract(Rule.Contract contract, TableId dataset) {
    Dialect dialect = DbtModel.dialect(planned, dataset);
    String table = dialect.quote(dataset);
    String wanted =
        contract.columns().entrySet().stream()
            .map(
                column ->
                    "(%s, %s)"
                        .formatted(
                            dialect.literal(column.getKey()),
                            dialect.literal(
                                ColumnTypeNames.parse(column.getValue())
                                    .map(dialect::type)
                                    .orElse(column.getValue()))))
            .collect(Collectors.joining(", "));
    return """
        WITH wanted AS (SELECT * FROM (VALUES %s) AS w (name, type)),
        there AS (SELECT column_name AS name, column_type AS type FROM (DESCRIBE SELECT * FROM %s))
        SELECT w.name, w.type FROM wanted AS w
        WHERE NOT EXISTS (SELECT 1 FROM there AS t WHERE t.name = w.name
          AND replace(t.type, 'TIMESTAMP WITH TIME ZONE', 'TIMESTAMPTZ') = w.type)"""
            .formatted(wanted, table)
        + (contract.exact()
            ? "\nUNION ALL SELECT t.name, t.type FROM there AS t WHERE t.name NOT IN (SELECT name FROM wanted)"
            : "");
  }
}

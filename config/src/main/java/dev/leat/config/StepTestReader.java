package dev.leat.config;

import dev.leat.flow.Place;
import dev.leat.flow.check.ColumnTypeNames;
import dev.leat.flow.model.StepModel;
import dev.leat.flow.model.StepTestModel;
import dev.leat.flow.model.StepTestModel.Row;
import dev.leat.flow.model.StepTestModel.Rows;
import dev.leat.spi.error.Spelling;
import dev.leat.spi.plugin.Option;
import dev.leat.spi.plugin.OptionType;
import dev.leat.spi.plugin.OptionValues;
import dev.leat.spi.schema.LogicalType;
import dev.leat.spi.schema.TableId;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.tomlj.TomlArray;
import org.tomlj.TomlPosition;
import org.tomlj.TomlTable;

/** Reads {@code [test.NAME]}. */
final class StepTestReader {
  static final List<Option> TEST =
      List.of(
          Option.required("step", OptionType.STRING, "The step to test", "\"orders_clean\""),
          Option.optional(
              "given",
              OptionType.ANY,
              "",
              "Rows of what the step reads, by dataset; of what it makes, as that is before it",
              "{ \"bronze.orders\" = [{ id = 1, status = \"new\" }] }"),
          Option.optional(
              "columns",
              OptionType.ANY,
              "",
              "Types of columns of given datasets, where nothing else tells them",
              "{ \"bronze.orders\" = { amount = \"decimal(10, 2)\" } }"),
          Option.optional(
              "expect",
              OptionType.ANY,
              "",
              "The rows of the dataset afterwards, in any order; by dataset if the step makes several",
              "[{ id = 1, status = \"new\" }]"),
          Option.optional(
              "expect_failed_checks",
              OptionType.STRING_LIST,
              "",
              "Run the checks of the dataset, too; these have to fail, and no others",
              "[\"unique.id\"]"),
          Option.optional(
              "now",
              OptionType.ANY,
              "",
              "The time of the run; the real one by default",
              "2026-05-01T10:00:00Z"));

  private final Map<String, StepModel> steps = new LinkedHashMap<>();
  private final TreeSet<String> named = new TreeSet<>();

  /**
   * @param steps those that were read
   */
  StepTestReader(TomlTable toml, List<StepModel> steps) {
    steps.forEach(step -> this.steps.put(step.name(), step));
    if (toml.get(List.of("step")) instanceof TomlTable sections) {
      named.addAll(sections.keySet());
    }
  }

  /** The test, unless something is wrong with it or with its step, which is reported. */
  Optional<StepTestModel> read(Section section) {
    int before = section.problemCount();
    OptionValues values = section.read(TEST);
    StepModel step = step(section);
    Map<TableId, Rows> given = datasets(section, "given");
    Map<TableId, Map<String, LogicalType>> columns = columns(section);
    Map<TableId, Rows> expect = step == null ? Map.of() : expect(section, step);
    Optional<Instant> now = now(section);
    Optional<List<String>> failed =
        section.has("expect_failed_checks")
            ? Optional.of(values.strings("expect_failed_checks"))
            : Optional.empty();
    if (!section.has("expect") && failed.isEmpty()) {
      section.report(
          "CONFIG_MISSING_KEY",
          "[" + section.title() + "] expects nothing",
          null,
          "add expect = [{ id = 1, name = \"a\" }], or expect_failed_checks = [\"unique.id\"]");
    }
    return step == null || section.problemCount() > before
        ? Optional.empty()
        : Optional.of(
            new StepTestModel(
                section.name(), step.name(), given, columns, expect, now, failed, section.place()));
  }

  private @Nullable StepModel step(Section section) {
    String name = section.text("step").orElse("");
    StepModel step = steps.get(name);
    // What is wrong with a section of that name was said.
    if (step == null && !name.isEmpty() && !named.contains(name)) {
      section.report(
          "CONFIG_UNKNOWN_STEP",
          "the flow has no step " + name,
          "step",
          Spelling.closest(name, named)
              .map(word -> "did you mean " + word + "?")
              .orElse("the steps are " + String.join(", ", named)));
    }
    return step;
  }

  private static Map<TableId, Rows> expect(Section section, StepModel step) {
    Object written = section.toml().get(List.of("expect"));
    if (!(written instanceof TomlArray rows)) {
      return datasets(section, "expect");
    }
    List<TableId> made = step.kind().outputs(step.definition());
    if (made.size() != 1) {
      section.report(
          "CONFIG_WRONG_TYPE",
          "step %s makes %d datasets, and expect does not say which one is meant"
              .formatted(step.name(), made.size()),
          "expect",
          made.isEmpty()
              ? "test a step that makes a dataset"
              : "write expect.\"" + made.getFirst() + "\" = [{ id = 1 }]");
      return Map.of();
    }
    return Map.of(made.getFirst(), rows(section, "expect", rows, section.placeOf("expect")));
  }

  private static Map<TableId, Rows> datasets(Section section, String key) {
    Map<TableId, Rows> datasets = new LinkedHashMap<>();
    Object written = section.toml().get(List.of(key));
    if (written == null) {
      return datasets;
    }
    if (!(written instanceof TomlTable tables)) {
      wrong(
          section,
          section.placeOf(key),
          key + " is not a table of datasets",
          key + ".\"bronze.orders\" = [{ id = 1 }]");
      return datasets;
    }
    for (String name : tables.keySet()) {
      TableId dataset = section.table(key, name);
      Place place = place(tables.inputPositionOf(List.of(name)), section.placeOf(key));
      Object rows = tables.get(List.of(name));
      if (dataset != null && rows instanceof TomlArray list) {
        datasets.put(dataset, rows(section, key + "." + name, list, place));
      } else if (dataset != null) {
        wrong(
            section,
            place,
            key + "." + name + " is not a list of rows",
            key + ".\"" + name + "\" = [{ id = 1 }]");
      }
    }
    return datasets;
  }

  private static Rows rows(Section section, String what, TomlArray list, Place place) {
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < list.size(); i++) {
      Place at = place(list.inputPositionOf(i), place);
      if (list.get(i) instanceof TomlTable row) {
        rows.add(row(section, row, at));
      } else {
        wrong(section, at, what + " has something in it that is not a row", "[{ id = 1 }]");
      }
    }
    return new Rows(rows, place);
  }

  private static Row row(Section section, TomlTable row, Place place) {
    Map<String, @Nullable Object> values = new LinkedHashMap<>();
    for (String column : row.keySet()) {
      Object value = row.get(List.of(column));
      switch (value) {
        case TomlTable table when table.isEmpty() -> values.put(column, null);
        case TomlTable _ ->
            wrong(
                section,
                place(row.inputPositionOf(List.of(column)), place),
                "column " + column + " has a table as its value",
                column + " = \"…\"; {} stands for NULL");
        case TomlArray list -> values.put(column, list.toList());
        case null, default -> values.put(column, value);
      }
    }
    return Row.of(values, place);
  }

  private static Map<TableId, Map<String, LogicalType>> columns(Section section) {
    Map<TableId, Map<String, LogicalType>> columns = new LinkedHashMap<>();
    Object written = section.toml().get(List.of("columns"));
    if (written == null) {
      return columns;
    }
    String example = "columns.\"bronze.orders\" = { amount = \"decimal(10, 2)\" }";
    if (!(written instanceof TomlTable tables)) {
      wrong(section, section.placeOf("columns"), "columns is not a table of datasets", example);
      return columns;
    }
    for (String name : tables.keySet()) {
      TableId dataset = section.table("columns", name);
      Place place = place(tables.inputPositionOf(List.of(name)), section.placeOf("columns"));
      if (!(tables.get(List.of(name)) instanceof TomlTable types)) {
        wrong(section, place, "columns." + name + " is not a table of types", example);
        continue;
      }
      Map<String, LogicalType> known = new LinkedHashMap<>();
      for (String column : types.keySet()) {
        Optional<LogicalType> type =
            types.get(List.of(column)) instanceof String text
                ? ColumnTypeNames.parse(text)
                : Optional.empty();
        type.ifPresentOrElse(
            t -> known.put(column, t),
            () ->
                wrong(
                    section,
                    place(types.inputPositionOf(List.of(column)), place),
                    "column " + column + " of " + name + " has a type that there is not",
                    column
                        + " = \"BIGINT\", or one of "
                        + String.join(", ", ColumnTypeNames.known())));
      }
      if (dataset != null) {
        columns.put(dataset, known);
      }
    }
    return columns;
  }

  private static Optional<Instant> now(Section section) {
    Object written = section.toml().get(List.of("now"));
    try {
      return switch (written) {
        case null -> Optional.empty();
        case OffsetDateTime time -> Optional.of(time.toInstant());
        case LocalDateTime time -> Optional.of(time.toInstant(ZoneOffset.UTC));
        case String text -> Optional.of(OffsetDateTime.parse(text).toInstant());
        default -> throw new DateTimeException("no time");
      };
    } catch (DateTimeException e) {
      wrong(section, section.placeOf("now"), "now is not a time", "now = 2026-05-01T10:00:00Z");
      return Optional.empty();
    }
  }

  private static Place place(@Nullable TomlPosition at, Place otherwise) {
    return at == null ? otherwise : new Place(at.line(), at.column());
  }

  private static void wrong(Section section, Place place, String sentence, String example) {
    section.reportAt(place, "CONFIG_WRONG_TYPE", sentence, "write " + example);
  }
}

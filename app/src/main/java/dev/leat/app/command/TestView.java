package dev.leat.app.command;

import dev.leat.app.output.Problem;
import dev.leat.app.output.Style;
import dev.leat.app.output.TextTable;
import dev.leat.flow.Place;
import dev.leat.flow.steptest.RowsDifference;
import dev.leat.flow.steptest.RowsDifference.Differing;
import dev.leat.flow.steptest.TestOutcome;
import dev.leat.spi.error.LeatException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Shows what came of a test. */
final class TestView {
  private final TestOutcome outcome;
  private final StepPlaces places;
  private final String file;

  /**
   * @param file the flow file as typed
   */
  TestView(TestOutcome outcome, StepPlaces places, String file) {
    this.outcome = outcome;
    this.places = places;
    this.file = file;
  }

  /** Why the test could not be carried out, with the place in the file. */
  Optional<Problem> problem() {
    return outcome.error().map(this::problem);
  }

  private Problem problem(LeatException e) {
    Problem problem = places.problem(e.with("test", outcome.test().name()));
    Map<String, String> context = new LinkedHashMap<>(problem.context());
    String place = context.remove("place");
    return new Problem(
        problem.severity(),
        problem.code(),
        problem.sentence(),
        place != null ? file + ":" + place : problem.place().isEmpty() ? here() : problem.place(),
        context,
        problem.fix());
  }

  private String here() {
    return place(outcome.test().place());
  }

  private String place(Place place) {
    return file + ":" + place.line() + ":" + place.column();
  }

  /** What is not as expected; nothing for a test that passed. */
  List<String> lines(int width, boolean color) {
    List<String> lines = new ArrayList<>();
    for (String complaint : outcome.complaints()) {
      lines.add("  " + complaint);
      lines.add(Style.CYAN.of("  --> ", color) + here());
    }
    for (RowsDifference difference : outcome.differences()) {
      lines.add("  " + difference.dataset() + ": " + counts(difference));
      lines.add(Style.CYAN.of("  --> ", color) + place(difference.place()));
      table(difference).lines(Math.max(0, width - 4), color).forEach(l -> lines.add("    " + l));
    }
    return lines;
  }

  private static String counts(RowsDifference difference) {
    List<String> counts = new ArrayList<>();
    count(difference.differing().size(), "differs", "differ", counts);
    count(difference.missing().size(), "is missing", "are missing", counts);
    count(difference.unexpected().size(), "was not expected", "were not expected", counts);
    return String.join(", ", counts);
  }

  private static void count(int rows, String one, String several, List<String> counts) {
    if (rows > 0) {
      String noun = counts.isEmpty() ? rows == 1 ? " row " : " rows " : " ";
      counts.add(rows + noun + (rows == 1 ? one : several));
    }
  }

  private static TextTable table(RowsDifference difference) {
    List<String> titles = new ArrayList<>(List.of(""));
    titles.addAll(difference.columns());
    TextTable table = new TextTable(titles);
    for (Differing row : difference.differing()) {
      List<String> cells = new ArrayList<>(List.of("differs"));
      for (int i = 0; i < row.expected().size(); i++) {
        String expected = shown(row.expected().get(i));
        String actual = shown(row.actual().get(i));
        cells.add(expected.equals(actual) ? actual : "expected " + expected + ", is " + actual);
      }
      table.row(cells);
    }
    difference.missing().forEach(row -> table.row(cells("missing", row.values())));
    difference.unexpected().forEach(row -> table.row(cells("unexpected", row.values())));
    return table;
  }

  private static List<String> cells(String what, List<@Nullable String> row) {
    List<String> cells = new ArrayList<>(List.of(what));
    row.forEach(value -> cells.add(shown(value)));
    return cells;
  }

  private static String shown(@Nullable String value) {
    return value == null ? "NULL" : value;
  }

  /**
   * For {@code --json}.
   *
   * @param engine where it ran
   * @param standsIn whether that is not the step's own
   */
  Map<String, Object> json(String engine, boolean standsIn) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("test", outcome.test().name());
    json.put("step", outcome.test().step());
    json.put("passed", outcome.passed());
    json.put("millis", outcome.time().toMillis());
    json.put("engine", engine);
    json.put("engine_stands_in", standsIn);
    json.put("place", here());
    json.put("complaints", outcome.complaints());
    json.put("differences", outcome.differences().stream().map(this::json).toList());
    problem().ifPresent(problem -> json.put("error", problem.json()));
    return json;
  }

  private Map<String, Object> json(RowsDifference difference) {
    List<String> columns = difference.columns();
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("dataset", difference.dataset().toString());
    json.put("place", place(difference.place()));
    json.put("missing", difference.missing().stream().map(r -> row(columns, r.values())).toList());
    json.put(
        "unexpected", difference.unexpected().stream().map(r -> row(columns, r.values())).toList());
    List<Map<String, Object>> differing = new ArrayList<>();
    for (Differing rows : difference.differing()) {
      Map<String, Object> one = new LinkedHashMap<>();
      List<String> other = new ArrayList<>();
      for (int i = 0; i < columns.size(); i++) {
        if (!Objects.equals(rows.expected().get(i), rows.actual().get(i))) {
          other.add(columns.get(i));
        }
      }
      one.put("columns", other);
      one.put("expected", row(columns, rows.expected()));
      one.put("actual", row(columns, rows.actual()));
      differing.add(one);
    }
    json.put("differing", differing);
    return json;
  }

  private static Map<String, @Nullable Object> row(
      List<String> columns, List<@Nullable String> values) {
    Map<String, @Nullable Object> row = new LinkedHashMap<>();
    for (int i = 0; i < columns.size(); i++) {
      row.put(columns.get(i), values.get(i));
    }
    return row;
  }
}

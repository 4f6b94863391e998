package dev.leat.app.command;

import dev.leat.app.output.Problem;
import dev.leat.flow.Place;
import dev.leat.flow.model.LoadModel;
import dev.leat.flow.model.StepModel;
import dev.leat.spi.error.LeatException;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Finds the place in the flow file that an error about a step means. */
final class StepPlaces {
  private static final Pattern SQL_PLACE = Pattern.compile("(\\d+):(\\d+)");

  /** A key and what opens its text; a line break behind three quotes is no part of the text. */
  private static final Pattern OPENING = Pattern.compile("=\\s*(\"\"\"|'''|\"|')(\\s*$)?");

  private final LoadedFlow flow;
  private final String file;

  /**
   * @param file the flow file as typed
   */
  StepPlaces(LoadedFlow flow, String file) {
    this.flow = flow;
    this.file = file;
  }

  /** Whether that is about a part of a flow, which has a place in the file. */
  static boolean knows(LeatException e) {
    return Stream.of("step", "check", "publish", "source").anyMatch(e.context()::containsKey);
  }

  /** That and the others that are suppressed within it. */
  List<Problem> problems(LeatException first) {
    return all(first).stream().map(this::problem).toList();
  }

  /** A failure and those suppressed within it, which were found in the same attempt. */
  static List<LeatException> all(LeatException first) {
    List<LeatException> all = new ArrayList<>(List.of(first));
    for (Throwable more : first.getSuppressed()) {
      if (more instanceof LeatException e) {
        all.add(e);
      }
    }
    return all;
  }

  Problem problem(LeatException e) {
    Map<String, String> context = new LinkedHashMap<>(e.context());
    Optional<StepModel> step =
        Optional.ofNullable(context.get("step"))
            .flatMap(
                name ->
                    flow.model().steps().stream()
                        .filter(model -> model.name().equals(name))
                        .findFirst());
    Place place = step.map(model -> place(model, context)).orElseGet(() -> source(context));
    String shown = place.line() == 0 ? "" : file + ":" + place.line() + ":" + place.column();
    return new Problem(Problem.ERROR, e.code().name(), e.message(), shown, context, e.fix());
  }

  private Place source(Map<String, String> context) {
    String name = context.getOrDefault("source", context.getOrDefault("step", ""));
    return flow.model().loads().stream()
        .filter(load -> load.name().equals(name) || load.node().equals(name))
        .map(LoadModel::place)
        .findFirst()
        .orElse(Place.UNKNOWN);
  }

  private Place place(StepModel step, Map<String, String> context) {
    Place key = step.keys().get(context.getOrDefault("key", "sql"));
    Matcher sql = SQL_PLACE.matcher(context.getOrDefault("sql", ""));
    if (sql.matches() && step.keys().containsKey("sql")) {
      context.remove("sql");
      return inText(
          step.keys().get("sql"), Integer.parseInt(sql.group(1)), Integer.parseInt(sql.group(2)));
    }
    return context.containsKey("key") && key != null ? key : step.place();
  }

  /** The place of a line and column of a text that is the value of a key. */
  private Place inText(Place key, int line, int column) {
    Matcher opening = OPENING.matcher(line(key.line()));
    if (!opening.find(Math.min(key.column() - 1, line(key.line()).length()))) {
      return key;
    }
    boolean below = opening.group(2) != null && opening.group(1).length() == 3;
    if (below) {
      return new Place(key.line() + line, column);
    }
    return line == 1
        ? new Place(key.line(), opening.end(1) + column)
        : new Place(key.line() + line - 1, column);
  }

  private String line(int number) {
    try {
      List<String> lines = Files.readAllLines(flow.file());
      return number <= lines.size() ? lines.get(number - 1) : "";
    } catch (IOException e) {
      // It was read a moment ago; without it the section is the best place there is.
      return "";
    }
  }
}

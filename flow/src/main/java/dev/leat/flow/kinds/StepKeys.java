package dev.leat.flow.kinds;

import dev.leat.spi.instruction.Write;
import dev.leat.spi.kind.StepDefinition;
import dev.leat.spi.plugin.Option;
import dev.leat.spi.plugin.OptionType;
import dev.leat.spi.schema.TableId;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** The keys of a step that several kinds read, with the same errors. */
final class StepKeys {
  /** Columns that tell rows apart. */
  static final Option KEY =
      Option.required(
          "key", OptionType.STRING_LIST, "The columns that tell rows apart", "[\"customer_id\"]");

  private StepKeys() {}

  /** The one dataset in {@code from}. */
  static TableId from(StepDefinition step) {
    if (step.from().size() != 1) {
      throw StepProblem.options(
          step,
          step.from().isEmpty()
              ? "it does not say what it reads"
              : "it reads one dataset, and from names " + step.from().size(),
          "write from = \"silver.customers\", with the one dataset that it reads");
    }
    TableId from = step.from().getFirst();
    if (from.equals(step.into())) {
      throw StepProblem.options(
          step, "it reads " + from + ", which it makes", "give into another name than from");
    }
    return from;
  }

  /** The columns in a list that must not be empty. */
  static List<String> columns(StepDefinition step, String option) {
    List<String> columns = step.options().strings(option);
    if (columns.isEmpty()) {
      throw StepProblem.options(
          step, option + " names no column", "write " + option + " = [\"customer_id\"]");
    }
    return distinct(step, option, columns);
  }

  static List<String> distinct(StepDefinition step, String option, List<String> columns) {
    Set<String> seen = new TreeSet<>();
    for (String column : columns) {
      if (!seen.add(column)) {
        throw StepProblem.options(
            step, option + " names " + column + " twice", "remove one of them");
      }
    }
    return columns;
  }

  /** Sees to it that no column is in both lists. */
  static void apart(
      StepDefinition step, String option, List<String> columns, String other, List<String> others) {
    columns.stream()
        .filter(others::contains)
        .findFirst()
        .ifPresent(
            column -> {
              throw StepProblem.options(
                  step,
                  column + " is in " + option + " and in " + other,
                  "name it in one of them only");
            });
  }

  /** Sees to it that the file does not ask for another way of writing than the kind's. */
  static void writes(StepDefinition step, String kind, Write only) {
    writes(step, kind, only.mode(), only::equals);
  }

  static void writes(StepDefinition step, String kind, String modes, Predicate<Write> allowed) {
    if (step.write() != null && !allowed.test(step.write())) {
      throw StepProblem.options(
          step,
          "kind " + kind + " cannot write with mode " + step.write().mode() + ", only " + modes,
          "remove write, so that the kind decides");
    }
  }

  static List<String> concat(List<String> first, List<String> second) {
    return Stream.concat(first.stream(), second.stream()).toList();
  }
}

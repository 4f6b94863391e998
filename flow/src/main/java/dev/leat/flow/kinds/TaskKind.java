package dev.leat.flow.kinds;

import dev.leat.spi.instruction.Relation;
import dev.leat.spi.kind.StepDefinition;
import dev.leat.spi.kind.StepInputs;
import dev.leat.spi.kind.StepKind;
import dev.leat.spi.kind.StepNode;
import dev.leat.spi.kind.StepWork;
import dev.leat.spi.plugin.Option;
import dev.leat.spi.plugin.OptionType;
import dev.leat.spi.schema.TableId;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** Something that is no dataset. */
final class TaskKind implements StepKind {
  private static final Duration LONGEST = Duration.ofHours(1);

  @Override
  public String name() {
    return "task";
  }

  @Override
  public String summary() {
    return "Runs a program, for an hour at most unless timeout says otherwise; or asks a question and"
        + " has everything downstream skipped if the answer is not true";
  }

  @Override
  public List<Option> options() {
    return List.of(
        Option.optional(
            "command",
            OptionType.STRING_LIST,
            "[]",
            "A program and its arguments, run in the flow file's folder without a shell",
            "[\"python3\", \"score.py\", \"--fast\"]"),
        Option.optional(
            "condition",
            OptionType.STRING,
            "",
            "A query in portable SQL that gives one row with true or false",
            "\"SELECT COUNT(*) > 0 AS go_on FROM bronze.orders\""));
  }

  @Override
  public boolean makesDataset() {
    return false;
  }

  @Override
  public List<TableId> inputs(StepDefinition step, Function<Relation, List<TableId>> tablesIn) {
    Set<TableId> inputs = new LinkedHashSet<>(step.from());
    if (work(step) instanceof StepWork.Condition(Relation query)) {
      inputs.addAll(tablesIn.apply(query));
    }
    return List.copyOf(inputs);
  }

  @Override
  public List<StepNode> expand(StepDefinition step, StepInputs inputs) {
    return List.of(new StepNode(step.into(), List.of(), null, work(step)));
  }

  private static StepWork work(StepDefinition step) {
    List<String> command = step.options().strings("command");
    Optional<String> condition = step.options().optional("condition", String.class);
    if (command.isEmpty() == condition.isEmpty()) {
      throw StepProblem.options(
          step,
          condition.isPresent() ? "it has command and condition" : "it has nothing to do",
          "write either command = [\"python3\", \"score.py\"] or condition = \"SELECT …\"");
    }
    if (step.write() != null) {
      throw StepProblem.options(step, "it has write and makes no dataset", "remove write");
    }
    if (condition.isPresent()) {
      if (condition.get().isBlank()) {
        throw StepProblem.options(step, "its condition is empty", "write a SELECT");
      }
      return new StepWork.Condition(new Relation.Sql(condition.get()));
    }
    if (command.getFirst().isBlank()) {
      throw StepProblem.options(
          step, "its command names no program", "write the program first, then its arguments");
    }
    return new StepWork.Run(
        command, step.options().optional("timeout", Duration.class).orElse(LONGEST));
  }
}

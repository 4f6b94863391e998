package dev.leat.flow.kinds;

import dev.leat.spi.instruction.Instruction;
import dev.leat.spi.instruction.JoinType;
import dev.leat.spi.instruction.Projection;
import dev.leat.spi.instruction.Relation;
import dev.leat.spi.instruction.Write;
import dev.leat.spi.kind.StepDefinition;
import dev.leat.spi.kind.StepInputs;
import dev.leat.spi.kind.StepKind;
import dev.leat.spi.kind.StepNode;
import dev.leat.spi.kind.StepNode.Increment;
import dev.leat.spi.kind.SystemColumn;
import dev.leat.spi.plugin.Option;
import dev.leat.spi.plugin.OptionType;
import dev.leat.spi.schema.TableId;
import java.util.List;
import java.util.function.Function;

/** Events as sessions. */
final class SessionizeKind implements StepKind {
  private static final List<SystemColumn> COLUMNS =
      List.of(
          new SystemColumn("session_no", "BIGINT", "counts the sessions of a key, from 1"),
          new SystemColumn("started_at", "as the time", "the first event"),
          new SystemColumn("ended_at", "as the time", "the last event"),
          new SystemColumn("events", "BIGINT", "the number of events"));

  @Override
  public String name() {
    return "sessionize";
  }

  @Override
  public String summary() {
    return "Events become sessions: one ends where nothing follows within the gap; events without a"
        + " key or time are left out";
  }

  @Override
  public List<Option> options() {
    return List.of(
        Option.required(
            "key", OptionType.STRING_LIST, "Whose sessions they are", "[\"visitor_id\"]"),
        Option.required("time", OptionType.STRING, "When an event was", "\"happened_at\""),
        Option.required(
            "gap",
            OptionType.DURATION,
            "The longest time without an event within a session",
            "\"30m\""),
        Option.optional(
            "measures",
            OptionType.STRING_MAP,
            "",
            "More columns: aggregates over the events of a session",
            "{ pages = \"COUNT(DISTINCT url)\", revenue = \"SUM(amount)\" }"),
        Option.optional(
            "incremental",
            OptionType.BOOLEAN,
            "false",
            "Make only the sessions of keys again that have new events",
            "true"),
        Option.optional(
            "arrival",
            OptionType.STRING,
            "",
            "With incremental: a column that grows as events arrive; time by default, where none"
                + " come late",
            "\"received_at\""));
  }

  @Override
  public List<SystemColumn> systemColumns() {
    return COLUMNS;
  }

  @Override
  public List<TableId> inputs(StepDefinition step, Function<Relation, List<TableId>> tablesIn) {
    check(step);
    return List.of(StepKeys.from(step));
  }

  @Override
  public List<StepNode> expand(StepDefinition step, StepInputs inputs) {
    check(step);
    TableId table = StepKeys.from(step);
    List<String> key = StepKeys.columns(step, "key");
    String time = step.options().string("time");
    StepColumns columns = new StepColumns(step, table, inputs).require(key).require(List.of(time));
    boolean incremental = step.options().bool("incremental");
    String arrival = step.options().optional("arrival", String.class).orElse(time);
    columns.require(List.of(arrival)).requireTime(time);
    Relation all = new Relation.Filter(new Relation.Scan(table), Portable.notNull(key));
    List<String> watermark = inputs.watermark();
    Relation events =
        incremental && !watermark.isEmpty()
            ? new Relation.Join(
                all,
                new Relation.Filter(
                    new Relation.Scan(table),
                    Portable.name(arrival)
                        + " > "
                        + columns.literal(arrival, watermark.getFirst())),
                JoinType.SEMI,
                Portable.sameKey(key),
                List.of())
            : all;
    List<Projection> measures =
        step.options().map("measures").entrySet().stream()
            .map(measure -> new Projection(measure.getKey(), measure.getValue()))
            .toList();
    Relation sessions =
        new Relation.Sessionize(
            events, key, time, step.options().duration("gap").toSeconds(), measures);
    return List.of(
        StepNode.of(
            new Instruction(
                step.into(),
                sessions,
                incremental ? new Write.ReplaceKeys(key) : new Write.Replace()),
            StepKeys.concat(key, List.of("session_no")),
            incremental
                ? new Increment(table, List.of(Portable.name(arrival)), null, true)
                : null));
  }

  private static void check(StepDefinition step) {
    List<String> key = StepKeys.columns(step, "key");
    boolean incremental = step.options().bool("incremental");
    if (incremental && step.write() != null) {
      throw StepProblem.options(
          step,
          "it is incremental and has write, and then the sessions of a key are always replaced",
          "remove write");
    }
    StepKeys.writes(step, "sessionize", new Write.Replace());
    if (!incremental && step.options().optional("arrival", String.class).isPresent()) {
      throw StepProblem.options(
          step, "arrival goes only with incremental", "add incremental = true, or remove arrival");
    }
    if (Portable.interval(step.options().duration("gap")).isEmpty()) {
      throw StepProblem.options(
          step, "gap is not whole seconds", "write for example gap = \"30m\"");
    }
    List<String> taken = StepKeys.concat(key, COLUMNS.stream().map(SystemColumn::name).toList());
    for (String measure : step.options().map("measures").keySet()) {
      if (taken.contains(measure)) {
        throw StepProblem.options(
            step,
            "measure " + measure + " has the name of another column of sessions",
            "give it another name");
      }
    }
  }
}

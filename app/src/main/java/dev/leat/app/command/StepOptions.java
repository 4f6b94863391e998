package dev.leat.app.command;

import dev.leat.flow.graph.Selection;
import dev.leat.flow.plan.PlanOptions;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which steps of a flow a command is about, and how they are done. */
final class StepOptions {
  @Option(
      names = "--select",
      paramLabel = "STEP",
      split = ",",
      description =
          "only these steps or datasets; STEP+ with all that depends on it, +STEP with all that it"
              + " depends on, * for any characters")
  List<String> select = List.of();

  @Option(
      names = "--exclude",
      paramLabel = "STEP",
      split = ",",
      description = "not these steps or datasets")
  List<String> exclude = List.of();

  @Option(
      names = "--full-refresh",
      description = "make the tables of the steps anew from all that they read")
  boolean fullRefresh;

  @Option(
      names = "--env",
      paramLabel = "NAME",
      description = "write into the schemas of this environment; no other table is touched")
  @Nullable String environment;

  @Option(
      names = "--engine",
      paramLabel = "NAME",
      description = "run steps that name no engine there instead of the flow's")
  @Nullable String engine;

  @Option(
      names = "--reload",
      paramLabel = "FILE",
      split = ",",
      description =
          "load only these files of sources, again if they were loaded: their rows are replaced; *"
              + " for any characters")
  List<String> reload = List.of();

  PlanOptions plan(FlowArgument argument, Instant now) {
    return new PlanOptions(
        now,
        new Selection(select, exclude),
        fullRefresh,
        argument.firstDay(),
        argument.lastDay().map(day -> day.plusDays(1)),
        reload);
  }

  /** A source is brought up to date in runs of everything that is real. */
  StepsRun.Wanted wanted(LoadedFlow flow, FlowArgument argument, boolean resume) {
    // As precise as every engine keeps it.
    Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
    boolean everything =
        select.isEmpty()
            && exclude.isEmpty()
            && environment == null
            && !resume
            && reload.isEmpty()
            && argument.firstDay().isEmpty();
    return new StepsRun.Wanted(
        plan(argument, now), flow.environment(environment), engine, resume, everything);
  }
}

package dev.leat.app.command;

import dev.leat.app.output.ExitCode;
import dev.leat.app.output.Json;
import dev.leat.app.output.Numbers;
import dev.leat.app.output.Problem;
import dev.leat.app.output.TextTable;
import dev.leat.flow.engine.Environment;
import dev.leat.flow.graph.Selection;
import dev.leat.flow.model.LoadModel;
import dev.leat.flow.plan.PlanOptions;
import dev.leat.library.FlowEngines;
import dev.leat.spi.plugin.DestinationConnector.Access;
import dev.leat.spi.storage.StorageAddress;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads the files again whose rows are parked, and tells what came of it. */
final class ParkedRetry {
  private final LeatCommand command;
  private final LoadedFlow flow;
  private final ParkedRows parked;
  private final String file;

  /**
   * @param file the flow file as typed
   */
  ParkedRetry(LeatCommand command, LoadedFlow flow, ParkedRows parked, String file) {
    this.command = command;
    this.flow = flow;
    this.parked = parked;
    this.file = file;
  }

  /** Does it; the exit code. */
  int run() {
    List<ParkedRows.Count> before;
    List<ParkedRows.Count> gone = new ArrayList<>();
    try (FlowEngines engines = flow.engines(null, Access.READ)) {
      before = new ArrayList<>(parked.byFile(engines));
      for (ParkedRows.Count count : before) {
        if (!isThere(engines, count.load(), count.file())) {
          gone.add(count);
        }
      }
    }
    before.removeAll(gone);
    if (before.isEmpty() && gone.isEmpty()) {
      command.say("no rows are parked" + (parked.files().isEmpty() ? "" : " of such files"));
      return ExitCode.DONE;
    }
    StepsSummary summary = null;
    if (!before.isEmpty()) {
      summary = new StepsSummary(reload(before), flow, file);
      summary.problems().forEach(command::say);
    }
    Map<String, Long> after = new LinkedHashMap<>();
    try (FlowEngines engines = flow.engines(null, Access.READ)) {
      parked.byFile(engines).forEach(count -> after.put(key(count), count.rows()));
    }
    show(before, after, gone);
    for (ParkedRows.Count count : gone) {
      command.say(
          new Problem(
              Problem.ERROR,
              "FILE_NOT_FOUND",
              "%s of %s is not there any more; its %s parked"
                  .formatted(
                      count.file(),
                      count.load().node(),
                      Numbers.count(count.rows(), "row")
                          + (count.rows() == 1 ? " stays" : " stay")),
              "",
              Map.of("source", count.load().name()),
              "put it back to where files are loaded from, " + count.load().path()));
    }
    if (summary != null && summary.exitCode() != ExitCode.DONE) {
      return summary.exitCode();
    }
    return gone.isEmpty() ? ExitCode.DONE : ExitCode.FAILED;
  }

  private static boolean isThere(FlowEngines engines, LoadModel load, String name) {
    StorageAddress address = engines.storages().address(load.path());
    return engines.storages().open(address).find(name).isPresent();
  }

  private StepsRun.Outcome reload(List<ParkedRows.Count> files) {
    PlanOptions options =
        new PlanOptions(
            Instant.now().truncatedTo(ChronoUnit.MILLIS),
            new Selection(
                files.stream().map(count -> count.load().into().toString()).distinct().toList(),
                List.of()),
            false,
            Optional.empty(),
            Optional.empty(),
            files.stream().map(ParkedRows.Count::file).distinct().toList());
    StepsRun run =
        new StepsRun(
            flow,
            command.terminal(),
            new StepsRun.Wanted(options, Environment.PRODUCTION, null, false, false));
    Signals.onInterrupt(
        () -> {
          if (run.interrupt()) {
            Runtime.getRuntime().halt(130);
          }
        });
    return run.run();
  }

  private static String key(ParkedRows.Count count) {
    return count.load().name() + "\n" + count.file();
  }

  private void show(
      List<ParkedRows.Count> before, Map<String, Long> after, List<ParkedRows.Count> gone) {
    TextTable table = new TextTable(List.of("DATASET", "FILE", "PARKED BEFORE", "NOW"));
    List<Map<String, Object>> json = new ArrayList<>();
    long had = 0;
    long has = 0;
    for (ParkedRows.Count count : before) {
      long now = after.getOrDefault(key(count), 0L);
      had += count.rows();
      has += now;
      table.row(
          count.load().into().toString(),
          count.file(),
          Numbers.count(count.rows()),
          Numbers.count(now));
      Map<String, Object> one = new LinkedHashMap<>();
      one.put("dataset", count.load().into().toString());
      one.put("file", count.file());
      one.put("parked_before", count.rows());
      one.put("parked", now);
      json.add(one);
    }
    if (command.json()) {
      Map<String, Object> all = new LinkedHashMap<>();
      all.put("files", json);
      all.put("gone", gone.stream().map(ParkedRows.Count::file).toList());
      command.terminal().out().println(Json.write(all));
      return;
    }
    if (before.isEmpty()) {
      return;
    }
    command.terminal().print(table);
    command.say(
        has > had
            ? "%s are parked now, %s before"
                .formatted(Numbers.count(has, "row"), Numbers.count(had))
            : "%s of %s loaded, %s parked"
                .formatted(
                    Numbers.count(had - has),
                    Numbers.count(had, "parked row") + (had == 1 ? " is" : " are"),
                    Numbers.count(has) + (has == 1 ? " stays" : " stay")));
    if (has > 0) {
      command.say("next: leat parked " + file + " --show");
    } else if (!flow.model().steps().isEmpty()) {
      command.say("next: leat run " + file);
    }
  }
}

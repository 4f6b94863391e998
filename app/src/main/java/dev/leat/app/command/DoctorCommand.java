package dev.leat.app.command;

import dev.leat.app.control.ProgressJson;
import dev.leat.app.output.ExitCode;
import dev.leat.app.output.Numbers;
import dev.leat.app.output.Style;
import dev.leat.library.Flow;
import dev.leat.library.OpenFlow;
import dev.leat.replication.StartMode;
import dev.leat.spi.source.Diagnosis;
import dev.leat.spi.source.Diagnosis.Level;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code leat doctor}. */
@Command(
    name = "doctor",
    description = {
      "Looks closely at the source: version and its known defects, settings, slots and the "
          + "log they hold back, privileges, publication, keys. Says what would go wrong and "
          + "what makes it well."
    },
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Changes nothing. Ends with 1 if there is a problem.",
      "",
      "Examples:",
      "  leat doctor                  the flow in flow.toml",
      "  leat doctor shop.toml --all  also what is well"
    })
final class DoctorCommand extends LeatCommand {
  @Mixin private FlowArgument flow = new FlowArgument();

  @Option(names = "--all", description = "show also what is well")
  private boolean all;

  DoctorCommand(CommandContext context) {
    super(context);
  }

  @Override
  public Integer call() {
    Flow read = context.flow(flow);
    List<Diagnosis> found;
    String source;
    try (OpenFlow open = new OpenFlow(read)) {
      var opened = open.source();
      source = opened.describe();
      found = opened.examine(read.settings().tables(), read.settings().mode() != StartMode.COPY);
    }
    if (json()) {
      printJson(
          Map.of("source", source, "findings", found.stream().map(DoctorCommand::json).toList()));
    } else {
      terminal().out().println(Style.BOLD.of(source, terminal().outColor()));
      print(found);
    }
    return count(found, Level.PROBLEM) > 0 ? ExitCode.FAILED : ExitCode.DONE;
  }

  private static Map<String, Object> json(Diagnosis diagnosis) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("level", ProgressJson.lower(diagnosis.level()));
    json.put("area", diagnosis.area());
    json.put("message", diagnosis.message());
    json.put("fix", diagnosis.fix());
    return json;
  }

  private void print(List<Diagnosis> found) {
    boolean color = terminal().outColor();
    int width = terminal().outIsTerminal() ? terminal().size().columns() : 80;
    Map<String, List<Diagnosis>> areas = new LinkedHashMap<>();
    for (Diagnosis diagnosis : found) {
      if (all || diagnosis.level() != Level.OK) {
        areas.computeIfAbsent(diagnosis.area(), _ -> new ArrayList<>()).add(diagnosis);
      }
    }
    areas.forEach(
        (area, diagnoses) -> {
          terminal().out().println();
          terminal().out().println(Style.BOLD.of(area, color));
          for (Diagnosis diagnosis : diagnoses) {
            print(diagnosis, width, color);
          }
        });
    terminal().out().println();
    terminal()
        .out()
        .println(
            Numbers.count(count(found, Level.PROBLEM), "problem")
                + ", "
                + Numbers.count(count(found, Level.WARNING), "warning")
                + ", "
                + Numbers.count(count(found, Level.NOTE), "note")
                + "; "
                + Numbers.count(count(found, Level.OK), "thing")
                + " well"
                + (all ? "" : " (--all shows them)"));
  }

  private void print(Diagnosis diagnosis, int width, boolean color) {
    Style style =
        switch (diagnosis.level()) {
          case OK -> Style.GREEN;
          case NOTE -> Style.CYAN;
          case WARNING -> Style.YELLOW;
          case PROBLEM -> Style.RED;
        };
    String word = ProgressJson.lower(diagnosis.level());
    String label = style.of(word + " ".repeat("warning".length() - word.length()), color);
    List<String> lines = wrapped(diagnosis.message(), width - 11);
    terminal().out().println("  " + label + "  " + lines.getFirst());
    lines.stream().skip(1).forEach(line -> terminal().out().println(" ".repeat(11) + line));
    if (!diagnosis.fix().isEmpty()) {
      // In one line, to be copied.
      terminal().out().println(" ".repeat(11) + "fix: " + diagnosis.fix());
    }
  }

  private static List<String> wrapped(String text, int width) {
    List<String> lines = new ArrayList<>();
    StringBuilder line = new StringBuilder();
    for (String word : text.split(" ", -1)) {
      if (!line.isEmpty() && line.length() + 1 + word.length() > Math.max(20, width)) {
        lines.add(line.toString());
        line.setLength(0);
      }
      line.append(line.isEmpty() ? "" : " ").append(word);
    }
    lines.add(line.toString());
    return lines;
  }

  private static long count(List<Diagnosis> found, Level level) {
    return found.stream().filter(diagnosis -> diagnosis.level() == level).count();
  }
}

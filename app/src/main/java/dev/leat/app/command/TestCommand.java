package dev.leat.app.command;

import dev.leat.app.output.ExitCode;
import dev.leat.app.output.Numbers;
import dev.leat.app.output.Style;
import dev.leat.flow.model.StepModel;
import dev.leat.flow.model.StepTestModel;
import dev.leat.flow.steptest.StepTester;
import dev.leat.flow.steptest.TestOutcome;
import dev.leat.library.FlowEngines;
import dev.leat.library.TestEngine;
import dev.leat.spi.error.ErrorCategory;
import dev.leat.spi.error.ErrorCode;
import dev.leat.spi.error.LeatException;
import dev.leat.spi.plugin.DestinationConnector.Access;
import dev.leat.spi.schema.Column;
import dev.leat.spi.schema.TableId;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code leat test}. */
@Command(
    name = "test",
    description = {
      "Does steps with the rows that [test.NAME] gives, and compares what they make with "
          + "what it expects. Each test has an engine of its own; no dataset is read or written."
    },
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Ends with 0 if all tests pass, with 1 if any does not.",
      "",
      "Examples:",
      "  leat test                            the flow in flow.toml",
      "  leat test shop.toml --select 'orders_*'"
    })
final class TestCommand extends LeatCommand {
  private static final ErrorCode UNKNOWN = new ErrorCode("TEST_UNKNOWN", ErrorCategory.CONFIG);

  @Parameters(
      index = "0",
      arity = "0..1",
      paramLabel = "FLOW",
      description = "the flow file; flow.toml in the current folder by default")
  private Path file = Path.of("flow.toml");

  @Option(
      names = "--select",
      paramLabel = "TEST",
      split = ",",
      description = "only these tests, or those of these steps; * for any characters")
  private List<String> select = List.of();

  TestCommand(CommandContext context) {
    super(context);
  }

  /** One test with what came of it, and where. */
  private record Ran(TestOutcome outcome, String engine, boolean standsIn) {}

  @Override
  public Integer call() {
    LoadedFlow loaded = context.load(file);
    List<StepTestModel> tests = chosen(loaded);
    String shown = context.show(loaded.file());
    if (tests.isEmpty() && !json()) {
      say("flow " + loaded.name() + " has no tests");
      say("next: add a section [test.NAME] to " + shown);
      return ExitCode.DONE;
    }
    long begun = System.nanoTime();
    List<Ran> ran = run(loaded, tests, shown);
    long failed = ran.stream().filter(test -> !test.outcome().passed()).count();
    if (json()) {
      Map<String, Object> json = new LinkedHashMap<>();
      json.put("flow", loaded.name());
      json.put("passed", ran.size() - failed);
      json.put("failed", failed);
      json.put(
          "tests",
          ran.stream()
              .map(test -> view(test, loaded, shown).json(test.engine(), test.standsIn()))
              .toList());
      printJson(json);
    }
    say(
        failed == 0 ? Style.GREEN : Style.RED,
        "%s: %s passed, %s failed, in %s"
            .formatted(
                Numbers.count(ran.size(), "test"),
                Numbers.count(ran.size() - failed),
                Numbers.count(failed),
                Numbers.millis((System.nanoTime() - begun) / 1_000_000)));
    return failed == 0 ? ExitCode.DONE : ExitCode.FAILED;
  }

  private List<StepTestModel> chosen(LoadedFlow loaded) {
    List<StepTestModel> tests = loaded.model().tests();
    if (select.isEmpty()) {
      return tests;
    }
    List<StepTestModel> chosen = new ArrayList<>();
    for (String word : select) {
      Pattern pattern = Pattern.compile(Pattern.quote(word).replace("*", "\\E.*\\Q"));
      List<StepTestModel> meant =
          tests.stream()
              .filter(
                  test ->
                      pattern.matcher(test.name()).matches()
                          || pattern.matcher(test.step()).matches())
              .toList();
      if (meant.isEmpty()) {
        throw new LeatException(
            UNKNOWN,
            "no test or tested step of the flow is called " + word,
            tests.isEmpty()
                ? "add a section [test." + word + "]"
                : "the tests are "
                    + String.join(", ", tests.stream().map(StepTestModel::name).toList()));
      }
      chosen.addAll(meant);
    }
    return tests.stream().filter(chosen::contains).toList();
  }

  private List<Ran> run(LoadedFlow loaded, List<StepTestModel> tests, String shown) {
    Map<TableId, List<Column>> known = KnownColumns.of(loaded);
    int width = tests.stream().mapToInt(test -> test.name().length()).max().orElse(0);
    List<Ran> all = new ArrayList<>();
    try (FlowEngines engines = loaded.engines(null, Access.READ)) {
      for (StepTestModel test : tests) {
        String wanted = system(loaded, test, engines);
        Ran ran;
        try (TestEngine engine = new TestEngine(loaded.plugins(), wanted)) {
          ran =
              new Ran(
                  StepTester.run(
                      loaded.model(),
                      test,
                      known,
                      engine.connector(),
                      engine.engine(),
                      loaded.folder()),
                  engine.system(),
                  !engine.system().equals(wanted));
        }
        all.add(ran);
        if (!json()) {
          print(ran, loaded, shown, wanted, width);
        }
      }
    }
    return all;
  }

  private static String system(LoadedFlow loaded, StepTestModel test, FlowEngines engines) {
    String name =
        loaded.model().steps().stream()
            .filter(step -> step.name().equals(test.step()))
            .findFirst()
            .flatMap(StepModel::engine)
            .orElse(engines.usual());
    return engines.connector(name).dialect().name();
  }

  private void print(Ran ran, LoadedFlow loaded, String shown, String wanted, int width) {
    TestOutcome outcome = ran.outcome();
    boolean color = terminal().outColor();
    String name = outcome.test().name();
    terminal()
        .out()
        .println(
            (outcome.passed() ? Style.GREEN.of("ok    ", color) : Style.RED.of("FAILED", color))
                + "  "
                + name
                + " ".repeat(width - name.length())
                + "  "
                + outcome.test().step()
                + ", "
                + Numbers.millis(outcome.time().toMillis())
                + (ran.standsIn() ? ", " + ran.engine() + " in place of " + wanted : ""));
    int columns = terminal().outWidth();
    terminal().print(view(ran, loaded, shown).lines(columns, color));
    view(ran, loaded, shown).problem().ifPresent(this::say);
  }

  private static TestView view(Ran ran, LoadedFlow loaded, String shown) {
    return new TestView(ran.outcome(), new StepPlaces(loaded, shown), shown);
  }
}

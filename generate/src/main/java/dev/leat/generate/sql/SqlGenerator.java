package dev.leat.generate.sql;

import dev.leat.flow.check.CheckModel;
import dev.leat.flow.check.CheckModel.Severity;
import dev.leat.flow.graph.GraphNode;
import dev.leat.flow.model.StepModel;
import dev.leat.generate.CheckQueries;
import dev.leat.generate.Generated;
import dev.leat.generate.GeneratedFile;
import dev.leat.generate.GeneratedFlow;
import dev.leat.generate.Generator;
import dev.leat.generate.PlannedFlow;
import dev.leat.generate.PlannedNode;
import dev.leat.spi.error.ErrorCategory;
import dev.leat.spi.error.ErrorCode;
import dev.leat.spi.error.LeatException;
import dev.leat.spi.schema.Column;
import dev.leat.spi.schema.TableId;
import dev.leat.spi.sql.Dialect;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** A script of SQL per table, in order, and a program that runs them with the engine's client. */
public final class SqlGenerator implements Generator {
  private static final ErrorCode TWO_ENGINES =
      new ErrorCode("GENERATE_ENGINE", ErrorCategory.CONFIG);
  private static final ErrorCode NO_CLIENT = new ErrorCode("GENERATE_CLIENT", ErrorCategory.CONFIG);
  private static final ErrorCode OWN_FUNCTION =
      new ErrorCode("GENERATE_FUNCTION", ErrorCategory.CONFIG);

  /** Functions that Leat gives to engines which lack them; their own clients have none of those. */
  private static final String OWN = "leat_";

  @Override
  public String name() {
    return "sql";
  }

  @Override
  public String summary() {
    return "SQL per step, and a script that runs it with the engine's own client";
  }

  @Override
  public boolean needsColumns() {
    return true;
  }

  @Override
  public Generated generate(GeneratedFlow flow) {
    String engine = engine(flow);
    Dialect dialect = flow.engines().connector(engine).dialect();
    Client client =
        Client.of(dialect.name())
            .orElseThrow(
                () ->
                    new LeatException(
                        NO_CLIENT,
                        "no script can run SQL at an engine of type " + dialect.name(),
                        "choose another one with --engine"));
    PlannedFlow planned = new PlannedFlow(flow, flow.model(), false, "plain SQL");
    Bookkeeping bookkeeping = new Bookkeeping(dialect, client);
    String mark = "-- " + flow.mark(this) + "\n";
    List<GeneratedFile> files = new ArrayList<>();
    List<String> notes = new ArrayList<>();
    List<RunScript.Step> steps = new ArrayList<>();
    files.add(new GeneratedFile("00_begin.sql", mark + bookkeeping.begin(), false));
    Map<TableId, PlannedNode> nodes = new LinkedHashMap<>();
    planned.nodes().forEach(node -> nodes.put(node.dataset(), node));
    int number = 0;
    for (GraphNode node : flow.nodes()) {
      for (TableId dataset : node.datasets()) {
        String name = "%02d_%s".formatted(++number, word(dataset));
        PlannedNode made = nodes.get(dataset);
        Map<String, String> scripts =
            made == null ? Map.of() : new StepScripts(planned, bookkeeping, made).texts();
        scripts.forEach(
            (suffix, text) -> {
              if (made != null) {
                requireNoOwnFunction(text, made.step(), dialect);
              }
              files.add(new GeneratedFile(name + suffix + ".sql", mark + text, false));
            });
        List<RunScript.Check> checks =
            checks(flow, planned, bookkeeping, dataset, name, mark, files, notes);
        steps.add(
            new RunScript.Step(
                name,
                dataset,
                List.copyOf(scripts.keySet()),
                made == null ? List.of() : List.copyOf(made.previous()),
                made != null && made.keepsRows(),
                checks));
      }
    }
    files.add(
        new GeneratedFile(
            "run.sh", new RunScript(flow, client, bookkeeping, steps).text(flow.mark(this)), true));
    return new Generated(files, notes, List.of("./run.sh"));
  }

  /** The one engine of all steps. */
  private static String engine(GeneratedFlow flow) {
    String engine = null;
    for (GraphNode node : flow.nodes()) {
      if (!(node instanceof GraphNode.Step(StepModel step)) || !step.kind().makesDataset()) {
        continue;
      }
      String own = step.engine().orElse(flow.engines().usual());
      if (engine != null && !engine.equals(own)) {
        throw new LeatException(
                TWO_ENGINES,
                "step %s runs at %s and others at %s, and plain SQL carries no rows between them"
                    .formatted(step.name(), own, engine),
                "add --exclude " + step.name() + ", or let all steps run at one engine")
            .with("step", step.name());
      }
      engine = own;
    }
    return engine == null ? flow.engines().usual() : engine;
  }

  private static void requireNoOwnFunction(String text, StepModel step, Dialect dialect) {
    for (int at = text.indexOf(OWN); at >= 0; at = text.indexOf(OWN, at + 1)) {
      int end = at;
      while (end < text.length()
          && (Character.isLetterOrDigit(text.charAt(end)) || text.charAt(end) == '_')) {
        end++;
      }
      boolean begins =
          at == 0
              || !(Character.isLetterOrDigit(text.charAt(at - 1))
                  || "_\"".indexOf(text.charAt(at - 1)) >= 0);
      if (begins && end < text.length() && text.charAt(end) == '(') {
        throw new LeatException(
                OWN_FUNCTION,
                "step %s needs %s, which Leat adds to %s and its own client does not have"
                    .formatted(step.name(), text.substring(at, end), dialect.name()),
                "use --engine duckdb, or add --exclude " + step.name())
            .with("step", step.name());
      }
    }
  }

  private static List<RunScript.Check> checks(
      GeneratedFlow flow,
      PlannedFlow planned,
      Bookkeeping bookkeeping,
      TableId dataset,
      String name,
      String mark,
      List<GeneratedFile> files,
      List<String> notes) {
    List<Column> columns = planned.workspace().columns(dataset).orElse(List.of());
    CheckQueries queries =
        new CheckQueries(dataset, columns, planned.compiler(planned.workspace().home(dataset)));
    List<RunScript.Check> checks = new ArrayList<>();
    for (CheckModel check : flow.model().checks()) {
      if (!check.dataset().equals(dataset)) {
        continue;
      }
      CheckQueries.leftOut(check).ifPresent(notes::add);
      Optional<String> query = queries.query(check);
      if (query.isEmpty()) {
        notes.add(
            "check %s of %s is not in the code: only `leat run` judges it"
                .formatted(check.name(), dataset));
        continue;
      }
      String file = "checks/%s.%02d_%s.sql".formatted(name, checks.size() + 1, word(check.name()));
      files.add(
          new GeneratedFile(
              file,
              mark
                  + "-- "
                  + check.name().replaceAll("[\\r\\n]", " ")
                  + ": has to give no rows.\n"
                  + planned.tokens().render(query.get(), bookkeeping::written, text -> text)
                  + ";\n",
              false));
      checks.add(new RunScript.Check(check.name(), file, check.severity() == Severity.ERROR));
    }
    return checks;
  }

  private static String word(TableId dataset) {
    return word(dataset.schema() + "_" + dataset.table());
  }

  private static String word(String name) {
    return name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "_");
  }
}

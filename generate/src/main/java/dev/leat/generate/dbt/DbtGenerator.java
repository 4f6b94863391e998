package dev.leat.generate.dbt;

import dev.leat.flow.model.FlowModel;
import dev.leat.flow.model.StepModel;
import dev.leat.generate.Generated;
import dev.leat.generate.GeneratedFile;
import dev.leat.generate.GeneratedFlow;
import dev.leat.generate.Generator;
import dev.leat.generate.PlannedFlow;
import dev.leat.generate.PlannedNode;
import dev.leat.spi.error.ErrorCategory;
import dev.leat.spi.error.ErrorCode;
import dev.leat.spi.error.LeatException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/** A project for dbt-duckdb: a model per table, sources, tests, docs and offered snapshots. */
public final class DbtGenerator implements Generator {
  private static final String ENGINE = "duckdb";
  private static final ErrorCode OTHER_ENGINE =
      new ErrorCode("GENERATE_ENGINE", ErrorCategory.CONFIG);

  @Override
  public String name() {
    return "dbt";
  }

  @Override
  public String summary() {
    return "A dbt project for dbt-duckdb that makes the same rows";
  }

  @Override
  public boolean needsColumns() {
    return true;
  }

  @Override
  public Generated generate(GeneratedFlow flow) {
    requireDuckDb(flow);
    PlannedFlow planned = new PlannedFlow(flow, atOneEngine(flow.model()), true, "dbt");
    DbtNames names = DbtNames.of(flow, planned);
    String mark = flow.mark(this);
    List<GeneratedFile> files = new ArrayList<>();
    DbtTests tests = new DbtTests(flow, planned, names, mark);
    for (PlannedNode node : planned.nodes()) {
      files.add(
          new GeneratedFile(
              "models/%s/%s.sql"
                  .formatted(DbtNames.word(node.dataset().schema()), names.model(node.dataset())),
              "-- " + mark + "\n" + new DbtModel(planned, names, node).text(),
              false));
      DbtSnapshot.of(node, names)
          .ifPresent(
              snapshot ->
                  files.add(
                      new GeneratedFile(
                          "snapshots/" + snapshot.name() + ".yml",
                          yaml(mark, snapshot.yaml()),
                          false)));
    }
    DbtProperties properties = new DbtProperties(flow, planned, names, tests);
    properties
        .models()
        .forEach(
            (schema, models) ->
                files.add(
                    new GeneratedFile(
                        "models/" + DbtNames.word(schema) + "/schema.yml",
                        yaml(mark, models),
                        false)));
    if (!names.sources().isEmpty()) {
      files.add(new GeneratedFile("models/sources.yml", yaml(mark, properties.sources()), false));
    }
    files.addAll(tests.files());
    files.add(new GeneratedFile("macros/leat.sql", macros(mark, flow), false));
    files.add(new GeneratedFile("dbt_project.yml", yaml(mark, project(flow, planned)), false));
    files.add(new GeneratedFile("profiles.yml", yaml(mark, profiles(flow)), false));
    return new Generated(files, tests.notes(), List.of("dbt build"));
  }

  private static void requireDuckDb(GeneratedFlow flow) {
    for (StepModel step : flow.model().steps()) {
      if (!flow.selected().contains(step.name()) || !step.kind().makesDataset()) {
        continue;
      }
      String engine = step.engine().orElse(flow.engines().usual());
      if (!flow.engines().connector(engine).dialect().name().equals(ENGINE)) {
        throw new LeatException(
                OTHER_ENGINE,
                "step %s runs at %s, and the project is for dbt-duckdb"
                    .formatted(step.name(), engine),
                "add --exclude "
                    + step.name()
                    + ", or use `leat generate sql` for a flow that runs at one other engine")
            .with("step", step.name());
      }
    }
  }

  /** In dbt all models are in one database, whichever engines of that kind the flow names. */
  private static FlowModel atOneEngine(FlowModel model) {
    return model.withSteps(model.steps().stream().map(StepModel::atUsualEngine).toList());
  }

  private static String yaml(String mark, Map<String, Object> content) {
    return "# " + mark + "\n" + Yaml.write(content);
  }

  private static Map<String, Object> project(GeneratedFlow flow, PlannedFlow planned) {
    Map<String, Object> project = new LinkedHashMap<>();
    project.put("name", flow.model().name());
    project.put("version", "1.0.0");
    project.put("config-version", 2);
    project.put("profile", flow.model().name());
    project.put("model-paths", List.of("models"));
    project.put("macro-paths", List.of("macros"));
    project.put("test-paths", List.of("tests"));
    project.put("snapshot-paths", List.of("snapshots"));
    project.put("target-path", "target");
    project.put("clean-targets", List.of("target"));
    project.put("flags", Map.of("send_anonymous_usage_stats", false));
    if (planned.nodes().stream().anyMatch(node -> node.progress().isPresent())) {
      project.put("on-run-start", List.of("{{ leat_prepare() }}"));
    }
    return project;
  }

  private static Map<String, Object> profiles(GeneratedFlow flow) {
    Map<String, Object> outputs = new LinkedHashMap<>();
    outputs.put("prod", target(flow));
    new TreeMap<>(flow.model().environments())
        .keySet().stream()
            .filter(name -> !name.equals("prod"))
            .forEach(name -> outputs.put(name, target(flow)));
    Map<String, Object> profile = new LinkedHashMap<>();
    profile.put("target", "{{ env_var('DBT_TARGET', 'prod') }}");
    profile.put("outputs", outputs);
    return Map.of(flow.model().name(), profile);
  }

  private static Map<String, Object> target(GeneratedFlow flow) {
    Map<String, Object> target = new LinkedHashMap<>();
    target.put("type", ENGINE);
    target.put(
        "path",
        "{{ env_var('LEAT_DUCKDB', %s) }}"
            .formatted(Jinja.text(flow.database().orElse(flow.model().name() + ".duckdb"))));
    target.put("schema", "main");
    target.put("threads", flow.model().run().parallel());
    return target;
  }

  private static String macros(String mark, GeneratedFlow flow) {
    Map<String, String> prefixes = new TreeMap<>();
    flow.model().environments().forEach((name, env) -> prefixes.put(name, env.prefix()));
    StringBuilder known = new StringBuilder();
    prefixes.forEach(
        (name, prefix) ->
            known
                .append(known.isEmpty() ? "" : ", ")
                .append(Jinja.text(name))
                .append(": ")
                .append(Jinja.text(prefix)));
    return "{#- "
        + mark
        + " -#}\n\n"
        + "{% macro leat_prefix() -%}\n  {{ return({"
        + known
        + "}.get(target.name, '')) }}\n{%- endmacro %}\n\n"
        + resource();
  }

  private static String resource() {
    try (InputStream in = Objects.requireNonNull(Generator.class.getResourceAsStream("leat.sql"))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

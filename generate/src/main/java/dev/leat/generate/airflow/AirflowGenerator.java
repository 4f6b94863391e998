package dev.leat.generate.airflow;

import dev.leat.flow.graph.GraphNode;
import dev.leat.flow.model.RetryModel;
import dev.leat.flow.model.StepModel;
import dev.leat.generate.Generated;
import dev.leat.generate.GeneratedFile;
import dev.leat.generate.GeneratedFlow;
import dev.leat.generate.Generator;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** A DAG for Airflow 3: a task per step, which is a run of Leat. */
public final class AirflowGenerator implements Generator {
  private static final String SOURCE = "source";

  /** What a run of Leat needs besides its step. */
  private static final Duration START_AND_END = Duration.ofMinutes(1);

  @Override
  public String name() {
    return "airflow";
  }

  @Override
  public String summary() {
    return "A DAG for Airflow 3 with a task per step, each of which is a leat run";
  }

  @Override
  public boolean needsColumns() {
    return false;
  }

  @Override
  public Generated generate(GeneratedFlow flow) {
    String dag = flow.model().name();
    String settings =
        "FLOW = %s\nFLOW_FILE = str(Path(__file__).with_name(%s))\nALERT_COMMAND = %s"
            .formatted(
                Python.text(dag),
                Python.text(flow.file()),
                Python.text(flow.alertCommand().orElse("")));
    String text =
        "# %s\n\"\"\"%s\"\"\"\n\n%s\n\n%s"
            .formatted(
                flow.mark(this),
                about(flow).replace("\\", "\\\\").replace("\"", "\\\""),
                resource().replace("@SETTINGS@", settings),
                dag(flow));
    return new Generated(
        List.of(new GeneratedFile(dag + ".py", text, false)),
        List.of(),
        List.of("airflow dags test " + dag + "   # with AIRFLOW__CORE__DAGS_FOLDER=$PWD"));
  }

  private static String about(GeneratedFlow flow) {
    StringBuilder about = new StringBuilder();
    about
        .append("Flow ")
        .append(flow.model().name())
        .append(
            ": a task per step, each a run of Leat; one at a time, as a flow has one run at a"
                + " time.\n\n")
        .append("Airflow Variables, or variables of the environment in capitals:\n\n")
        .append("- leat_command: how Leat is started; leat\n")
        .append("- leat_")
        .append(flow.model().name())
        .append("_flow, leat_flow: the flow file; ")
        .append(flow.file())
        .append(" beside this file\n")
        .append("- LEAT_ALERT_COMMAND: run when a task failed for good, with JSON on its input\n");
    if (!flow.model().run().pools().isEmpty()) {
      about.append("- LEAT_POOLS=1: tasks use Airflow's pools, made with\n");
      new TreeMap<>(flow.model().run().pools())
          .forEach(
              (name, slots) ->
                  about
                      .append("  airflow pools set ")
                      .append(name)
                      .append(' ')
                      .append(slots)
                      .append(" 'of Leat'\n"));
    }
    about.append("\nThe variables that the flow file refers to have to be set where tasks run.\n");
    return about.toString();
  }

  private static String dag(GeneratedFlow flow) {
    List<String> lines = new ArrayList<>();
    lines.add("with DAG(");
    lines.add("    dag_id=FLOW,");
    lines.add("    description=" + Python.text("Flow " + flow.model().name() + " of Leat") + ",");
    lines.add("    schedule=" + flow.schedule().map(Python::text).orElse("None") + ",");
    lines.add("    start_date=datetime(2024, 1, 1, tzinfo=timezone.utc),");
    lines.add("    catchup=False,");
    lines.add("    max_active_runs=1,");
    lines.add("    max_active_tasks=1,");
    lines.add("    doc_md=__doc__,");
    lines.add("    tags=[\"leat\"],");
    lines.add("    default_args={");
    if (!flow.model().owner().isEmpty()) {
      lines.add("        \"owner\": " + Python.text(flow.model().owner()) + ",");
    }
    retry(flow.model().run().retry())
        .forEach((key, value) -> lines.add("        \"" + key + "\": " + value + ","));
    lines.add("        \"on_failure_callback\": alert,");
    lines.add("    },");
    lines.add("):");
    Map<String, String> variables = variables(flow);
    if (flow.replicates()) {
      lines.add(
          "    t_source = step("
              + Python.text(Objects.requireNonNull(taskIds(flow).get("")))
              + ", \"--source-only\")");
    }
    Map<String, String> ids = taskIds(flow);
    for (GraphNode node : flow.nodes()) {
      lines.add(
          "    "
              + variables.get(node.name())
              + " = step("
              + Python.text(Objects.requireNonNull(ids.get(node.name())))
              + ", \"--select\", "
              + Python.text(node.name())
              + settings(node)
              + ")");
    }
    lines.add("");
    int before = lines.size();
    for (GraphNode node : flow.nodes()) {
      List<String> upstream =
          upstream(flow, node.name()).stream().map(variables::get).collect(Collectors.toList());
      if (upstream.isEmpty() && flow.replicates()) {
        upstream = List.of("t_source");
      }
      if (!upstream.isEmpty()) {
        lines.add("    [" + String.join(", ", upstream) + "] >> " + variables.get(node.name()));
      }
    }
    if (lines.size() == before) {
      lines.removeLast();
    }
    return String.join("\n", lines) + "\n";
  }

  /** The nodes that one depends on; through those that are not wanted, too. */
  private static Set<String> upstream(GeneratedFlow flow, String node) {
    Set<String> found = new TreeSet<>();
    for (String before : flow.graph().upstream(node)) {
      if (flow.selected().contains(before)) {
        found.add(before);
      } else {
        found.addAll(upstream(flow, before));
      }
    }
    return found;
  }

  private static String settings(GraphNode node) {
    if (!(node instanceof GraphNode.Step(StepModel step))) {
      return "";
    }
    StringBuilder settings = new StringBuilder();
    step.retry()
        .ifPresent(
            retry ->
                retry(retry)
                    .forEach(
                        (key, value) ->
                            settings.append(", ").append(key).append('=').append(value)));
    step.timeout()
        .ifPresent(
            timeout ->
                settings
                    .append(", execution_timeout=")
                    .append(Python.duration(timeout.plus(START_AND_END))));
    if (!step.description().isEmpty()) {
      settings.append(", doc_md=").append(Python.text(step.description()));
    }
    step.pool()
        .ifPresent(pool -> settings.append(", **pool(").append(Python.text(pool)).append(')'));
    return settings.toString();
  }

  private static Map<String, String> retry(RetryModel retry) {
    Map<String, String> settings = new LinkedHashMap<>();
    settings.put("retries", String.valueOf(retry.times()));
    settings.put("retry_delay", Python.duration(retry.firstWait()));
    settings.put("retry_exponential_backoff", retry.backoff() > 1 ? "True" : "False");
    settings.put("max_retry_delay", Python.duration(retry.maxWait()));
    return settings;
  }

  /** Names of tasks by node; that of the source by the empty name. */
  private static Map<String, String> taskIds(GeneratedFlow flow) {
    Map<String, String> ids = new HashMap<>();
    Set<String> taken = new HashSet<>();
    for (GraphNode node : flow.nodes()) {
      ids.put(node.name(), free(node.name().replaceAll("[^A-Za-z0-9_.-]", "_"), taken));
    }
    ids.put("", free(SOURCE, taken));
    return ids;
  }

  private static Map<String, String> variables(GeneratedFlow flow) {
    Map<String, String> variables = new HashMap<>();
    Set<String> taken = new HashSet<>(Set.of("t_source"));
    for (GraphNode node : flow.nodes()) {
      variables.put(node.name(), free("t_" + node.name().replaceAll("[^A-Za-z0-9_]", "_"), taken));
    }
    return variables;
  }

  private static String free(String name, Set<String> taken) {
    String free = name;
    for (int i = 2; !taken.add(free); i++) {
      free = name + "_" + i;
    }
    return free;
  }

  private static String resource() {
    try (InputStream in =
        Objects.requireNonNull(Generator.class.getResourceAsStream("leat_airflow.py"))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

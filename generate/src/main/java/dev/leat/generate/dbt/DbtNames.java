package dev.leat.generate.dbt;

import dev.leat.flow.graph.GraphNode;
import dev.leat.flow.plan.CheckInputs;
import dev.leat.generate.GeneratedFlow;
import dev.leat.generate.PlannedFlow;
import dev.leat.generate.PlannedNode;
import dev.leat.spi.schema.TableId;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * What datasets are called in dbt: those that steps make are models, the others are sources.
 *
 * @param models names of models by dataset
 * @param sources datasets that no model makes
 */
record DbtNames(Map<TableId, String> models, Set<TableId> sources) {

  static DbtNames of(GeneratedFlow flow, PlannedFlow planned) {
    Map<TableId, String> models = new HashMap<>();
    Set<String> once = new HashSet<>();
    Set<String> often = new HashSet<>();
    for (PlannedNode node : planned.nodes()) {
      String word = word(node.dataset().table());
      if (!once.add(word)) {
        often.add(word);
      }
    }
    for (PlannedNode node : planned.nodes()) {
      TableId dataset = node.dataset();
      String word = word(dataset.table());
      models.put(dataset, often.contains(word) ? word(dataset.schema()) + "__" + word : word);
    }
    Set<TableId> sources = new TreeSet<>();
    for (PlannedNode node : planned.nodes()) {
      sources.addAll(node.first().inputs());
      sources.addAll(node.next().inputs());
    }
    for (GraphNode node : flow.nodes()) {
      if (node instanceof GraphNode.Checks checks) {
        sources.add(checks.dataset());
      }
    }
    var checked =
        flow.model().checks().stream()
            .filter(
                check -> models.containsKey(check.dataset()) || sources.contains(check.dataset()))
            .toList();
    sources.addAll(CheckInputs.of(checked, planned.workspace().names()));
    sources.removeAll(models.keySet());
    return new DbtNames(models, sources);
  }

  /** A name of letters, digits and underscores. */
  static String word(String name) {
    String word = name.replaceAll("[^A-Za-z0-9_]", "_");
    return Character.isDigit(word.charAt(0)) ? "_" + word : word;
  }

  String model(TableId dataset) {
    return java.util.Objects.requireNonNull(models.get(dataset), dataset.toString());
  }

  /** An expression for a dataset's table. */
  String reference(TableId dataset) {
    String model = models.get(dataset);
    return model == null
        ? "source(%s, %s)".formatted(Jinja.text(dataset.schema()), Jinja.text(dataset.table()))
        : "ref(%s)".formatted(Jinja.text(model));
  }
}

package dev.leat.generate;

import dev.leat.flow.engine.Engines;
import dev.leat.flow.graph.FlowGraph;
import dev.leat.flow.graph.GraphNode;
import dev.leat.flow.model.FlowModel;
import dev.leat.spi.schema.Column;
import dev.leat.spi.schema.TableId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A flow to generate code from.
 *
 * @param model what it says
 * @param graph of its steps
 * @param selected the names of the nodes that are wanted
 * @param file the flow file's name, without its folder
 * @param replicates whether it has a source, which a run brings up to date first
 * @param engines only to look at
 * @param declared columns of datasets that sources bring, as far as no engine has them
 * @param database where the database file of the engine that all steps run on is, relative to the
 *     folder of the code; empty if it is none
 * @param schedule when a scheduler starts the flow, as a cron expression; empty for never
 * @param alertCommand what is run when something failed; empty for nothing
 */
public record GeneratedFlow(
    FlowModel model,
    FlowGraph graph,
    Set<String> selected,
    String file,
    boolean replicates,
    Engines engines,
    Map<TableId, List<Column>> declared,
    Optional<String> database,
    Optional<String> schedule,
    Optional<String> alertCommand) {

  /** The nodes that are wanted, each behind those that it depends on. */
  public List<GraphNode> nodes() {
    return graph.order().stream().filter(node -> selected.contains(node.name())).toList();
  }

  /** The first line of a file. */
  public String mark(Generator generator) {
    return Mark.of(generator.name(), file);
  }
}

package dev.leat.flow.graph;

import dev.leat.flow.check.CheckModel;
import dev.leat.flow.model.LoadModel;
import dev.leat.flow.model.PublishModel;
import dev.leat.flow.model.StepModel;
import dev.leat.spi.schema.TableId;
import java.util.List;

/** Something that a run does. */
public sealed interface GraphNode {

  /** What it is called on the command line and in records. */
  String name();

  /** What it makes or looks at, for selecting it by dataset. */
  List<TableId> datasets();

  /** Files that become a dataset. */
  record Load(LoadModel load) implements GraphNode {
    @Override
    public String name() {
      return load.node();
    }

    @Override
    public List<TableId> datasets() {
      return List.of(load.into());
    }
  }

  /** A step. */
  record Step(StepModel step) implements GraphNode {
    @Override
    public String name() {
      return step.name();
    }

    @Override
    public List<TableId> datasets() {
      return step.kind().outputs(step.definition());
    }
  }

  /** Checks of a dataset that no step of the flow makes, such as a source's. */
  record Checks(TableId dataset, List<CheckModel> checks) implements GraphNode {
    @Override
    public String name() {
      return "check." + dataset;
    }

    @Override
    public List<TableId> datasets() {
      return List.of(dataset);
    }
  }

  /** Datasets written to another system. */
  record Publish(PublishModel publish) implements GraphNode {
    @Override
    public String name() {
      return "publish." + publish.name();
    }

    @Override
    public List<TableId> datasets() {
      return List.of();
    }
  }
}

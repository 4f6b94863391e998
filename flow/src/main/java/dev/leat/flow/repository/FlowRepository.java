package dev.leat.flow.repository;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The versions of flows. Safe for use by several threads. */
public interface FlowRepository {

  /**
   * Saves a new version of a flow, unless text and instructions are those of the latest one.
   *
   * @return the latest version, new or not
   */
  FlowDefinition save(String name, String text, Map<String, String> instructions, Instant at);

  Optional<FlowDefinition> latest(String name);

  Optional<FlowDefinition> find(String name, long version);

  /** The versions of a flow, from the newest. */
  List<FlowDefinition> history(String name, int limit);
}

package dev.leat.flow.repository;

import java.util.List;

/**
 * A run with what is known of its steps.
 *
 * @param steps by name and unit
 */
public record RunRecord(RunHead head, List<StepRecord> steps) {
  public RunRecord {
    steps = List.copyOf(steps);
  }
}

package dev.leat.flow.migration;

import java.util.Map;

/**
 * What is wanted of one dataset.
 *
 * @param current its columns at the engine; {@link DatasetShape#missing} if it is not there
 * @param wanted the columns it is to have; {@link DatasetShape#missing} if it is to go
 * @param renamed new names by old ones
 * @param compatibility what may change
 */
public record PlannedChange(
    DatasetShape current,
    DatasetShape wanted,
    Map<String, String> renamed,
    Compatibility compatibility) {
  public PlannedChange {
    renamed = Map.copyOf(renamed);
    if (!current.dataset().equals(wanted.dataset())) {
      throw new IllegalArgumentException(
          current.dataset() + " does not become " + wanted.dataset());
    }
  }
}

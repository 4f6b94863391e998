package dev.leat.flow.check;

import dev.leat.spi.schema.TableId;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Figures of checks in earlier runs that were published. */
public interface CheckHistory {
  /** How many runs are kept per dataset. */
  int RUNS = 30;

  /**
   * The metrics of a dataset's checks.
   *
   * @return by check, the last run first; nothing for checks that there are no earlier runs of
   */
  Map<String, List<Map<String, Double>>> earlier(TableId dataset);

  /**
   * Remembers a run; called once the dataset is published, and only then. Saving the same run again
   * replaces what was saved.
   */
  void save(TableId dataset, String run, Instant at, List<CheckResult> results);

  /** Has no earlier runs, and remembers none. */
  static CheckHistory none() {
    return new CheckHistory() {
      @Override
      public Map<String, List<Map<String, Double>>> earlier(TableId dataset) {
        return Map.of();
      }

      @Override
      public void save(TableId dataset, String run, Instant at, List<CheckResult> results) {
        // Nothing is compared with these runs.
      }
    };
  }
}

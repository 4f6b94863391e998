package dev.leat.flow.check;

import dev.leat.spi.schema.TableId;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What came of a check.
 *
 * @param check which
 * @param passed whether it holds, within its tolerance
 * @param failedRows how many rows fail, tolerated or not; 0 for rules that are not about rows
 * @param totalRows how many rows the dataset has; 0 if no check of it asked
 * @param message one sentence with the figures, never with the value of a cell
 * @param metrics figures to compare with those of later runs
 * @param sample a table with some of the rows that fail, if any do
 */
public record CheckResult(
    CheckModel check,
    boolean passed,
    long failedRows,
    long totalRows,
    String message,
    Map<String, Double> metrics,
    Optional<TableId> sample) {
  public CheckResult {
    metrics = Collections.unmodifiableMap(new LinkedHashMap<>(metrics));
  }

  /** Whether the dataset is not to be published. */
  public boolean blocks() {
    return !passed && check.severity() == CheckModel.Severity.ERROR;
  }

  /**
   * The command that shows the sample; empty if there is none.
   *
   * @param flow what the command line calls the flow
   */
  public Optional<String> command(String flow) {
    return sample.map(table -> FailedRows.command(table, flow));
  }
}

package dev.leat.flow.check;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.leat.spi.error.ErrorCategory;
import dev.leat.spi.error.ErrorCode;
import dev.leat.spi.error.LeatException;
import dev.leat.spi.repository.Documents;
import dev.leat.spi.schema.TableId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Figures of checks in a store of documents: one per dataset, in the collection {@code
 * check_metrics}, with the last run first.
 */
public final class DocumentCheckHistory implements CheckHistory {
  static final String COLLECTION = "check_metrics";
  private static final ErrorCode DAMAGED =
      new ErrorCode("CHECK_HISTORY_DAMAGED", ErrorCategory.CONFIG);
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Documents documents;

  public DocumentCheckHistory(Documents documents) {
    this.documents = documents;
  }

  /**
   * A run as it is stored.
   *
   * @param run which
   * @param at when, ISO 8601
   * @param checks metrics by check
   */
  record Run(String run, String at, Map<String, Map<String, Double>> checks) {}

  @Override
  public Map<String, List<Map<String, Double>>> earlier(TableId dataset) {
    Map<String, List<Map<String, Double>>> result = new LinkedHashMap<>();
    for (Run run : runs(dataset)) {
      run.checks()
          .forEach(
              (check, metrics) ->
                  result.computeIfAbsent(check, _ -> new ArrayList<>()).add(metrics));
    }
    return result;
  }

  @Override
  public void save(TableId dataset, String run, Instant at, List<CheckResult> results) {
    Map<String, Map<String, Double>> checks = new LinkedHashMap<>();
    for (CheckResult result : results) {
      if (!result.metrics().isEmpty()) {
        checks.put(result.check().name(), result.metrics());
      }
    }
    if (checks.isEmpty()) {
      return;
    }
    List<Run> runs = new ArrayList<>(runs(dataset));
    runs.removeIf(other -> other.run().equals(run));
    runs.addFirst(new Run(run, at.toString(), checks));
    try {
      documents.put(
          COLLECTION,
          dataset.toString(),
          JSON.writeValueAsString(runs.subList(0, Math.min(RUNS, runs.size()))));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("numbers by name cannot be written as JSON", e);
    }
  }

  private List<Run> runs(TableId dataset) {
    String text = documents.get(COLLECTION, dataset.toString()).orElse("[]");
    try {
      return JSON.readValue(text, new TypeReference<List<Run>>() {});
    } catch (JsonProcessingException e) {
      throw new LeatException(
          DAMAGED,
          "the figures of earlier checks of " + dataset + " cannot be read",
          "restore " + documents.describe() + " from a backup",
          e);
    }
  }
}

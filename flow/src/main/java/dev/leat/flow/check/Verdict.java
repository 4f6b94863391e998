package dev.leat.flow.check;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * What a rule's figures mean.
 *
 * @param passed whether it holds
 * @param failed how many rows fail
 * @param message one sentence
 * @param metrics to be compared with later
 */
record Verdict(boolean passed, long failed, String message, Map<String, Double> metrics) {

  /**
   * A verdict on a dataset as a whole.
   *
   * @param complaints what is wrong
   * @param facts what is so, for when nothing is wrong
   */
  static Verdict of(List<String> complaints, List<String> facts, Map<String, Double> metrics) {
    Map<String, Double> finite = new LinkedHashMap<>(metrics);
    finite.values().removeIf(value -> !Double.isFinite(value));
    return new Verdict(
        complaints.isEmpty(),
        0,
        String.join(", and ", complaints.isEmpty() ? facts : complaints),
        finite);
  }

  /** The value of the last run. */
  static Optional<Double> last(List<Map<String, Double>> earlier, String metric) {
    return earlier.stream()
        .limit(1)
        .flatMap(run -> Optional.ofNullable(run.get(metric)).stream())
        .findFirst();
  }

  /** The mean over the runs that have the value. */
  static Optional<Double> mean(List<Map<String, Double>> earlier, String metric) {
    OptionalDouble mean =
        earlier.stream()
            .flatMap(run -> Optional.ofNullable(run.get(metric)).stream())
            .mapToDouble(Double::doubleValue)
            .average();
    return mean.isPresent() ? Optional.of(mean.getAsDouble()) : Optional.empty();
  }
}

package dev.leat.flow.report;

import dev.leat.flow.repository.StepRecord;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A node of a run, or a dataset that its nodes only read.
 *
 * @param id names its place in the page
 * @param name the node's, or the dataset's
 * @param look how it ended
 * @param parts datasets and units, as they began; none for a dataset that is only read
 */
record RunNode(String id, String name, Look look, List<StepRecord> parts) {
  RunNode {
    parts = List.copyOf(parts);
  }

  boolean isSource() {
    return look == Look.SOURCE;
  }

  Optional<Instant> started() {
    return parts.stream()
        .map(StepRecord::startedAt)
        .flatMap(Stream::ofNullable)
        .min(Instant::compareTo);
  }

  Optional<Instant> ended() {
    return parts.stream()
        .map(StepRecord::endedAt)
        .flatMap(Stream::ofNullable)
        .max(Instant::compareTo);
  }

  /** Rows made by all parts; empty if none of them says. */
  Optional<Long> rows() {
    return parts.stream()
        .map(StepRecord::rowsOut)
        .filter(Objects::nonNull)
        .flatMap(Stream::ofNullable)
        .reduce(Long::sum);
  }

  /** Attempts beyond the first of each part. */
  int retries() {
    return parts.stream().mapToInt(part -> Math.max(0, part.attempts() - 1)).sum();
  }
}

package dev.leat.testkit.postgres;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What a running server says of itself in {@code postmaster.pid} (PostgreSQL's {@code pidfile.h}).
 *
 * @param pid process of the postmaster
 * @param started when it started, to the second
 * @param status {@code starting}, {@code ready}, {@code standby} or {@code stopping}; empty until
 *     it is written
 */
record PidFile(long pid, Instant started, String status) {
  private static final Duration CLOCK_TOLERANCE = Duration.ofSeconds(5);

  /** Empty if the file is missing or only begun. */
  static Optional<PidFile> read(Path dataDirectory) throws IOException {
    List<String> lines;
    try {
      lines = Files.readAllLines(dataDirectory.resolve("postmaster.pid"));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
    if (lines.size() < 3 || !lines.get(0).matches("\\d+") || !lines.get(2).matches("\\d+")) {
      return Optional.empty();
    }
    String status = lines.size() < 8 ? "" : lines.get(7).strip();
    return Optional.of(
        new PidFile(
            Long.parseLong(lines.get(0)),
            Instant.ofEpochSecond(Long.parseLong(lines.get(2))),
            status));
  }

  boolean acceptsConnections() {
    return status.equals("ready") || status.equals("standby");
  }

  /** The process, unless it is gone and its number was given to another one. */
  Optional<ProcessHandle> process() {
    return ProcessHandle.of(pid)
        .filter(
            handle ->
                handle
                    .info()
                    .startInstant()
                    .map(instant -> Duration.between(instant, started).abs())
                    .filter(difference -> difference.compareTo(CLOCK_TOLERANCE) <= 0)
                    .isPresent());
  }
}

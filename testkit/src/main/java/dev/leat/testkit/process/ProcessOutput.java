package dev.leat.testkit.process;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** The lines a process has written, as they come. */
final class ProcessOutput {
  /** Where a line was written to. */
  enum Stream {
    OUT,
    ERR
  }

  private record Line(Stream stream, String text) {}

  private final List<Line> lines = new ArrayList<>();
  private int openStreams;

  synchronized void collect(Stream stream, InputStream in) {
    openStreams++;
    Thread.ofVirtual().name("output-" + stream).start(() -> read(stream, in));
  }

  synchronized List<String> lines() {
    return lines.stream().map(Line::text).toList();
  }

  synchronized List<String> lines(Stream stream) {
    return lines.stream().filter(line -> line.stream() == stream).map(Line::text).toList();
  }

  /** The first line of all that matches; empty if the time is over or no more lines can come. */
  synchronized Optional<String> await(Predicate<String> wanted, Duration timeout)
      throws InterruptedException {
    long deadline = System.nanoTime() + timeout.toNanos();
    int seen = 0;
    while (true) {
      for (; seen < lines.size(); seen++) {
        String text = lines.get(seen).text();
        if (wanted.test(text)) {
          return Optional.of(text);
        }
      }
      long millisLeft = (deadline - System.nanoTime()) / 1_000_000;
      if (openStreams == 0 || millisLeft <= 0) {
        return Optional.empty();
      }
      wait(millisLeft);
    }
  }

  /** Waits until the process and all who inherited its output have closed it. */
  synchronized void awaitEnd(Duration timeout) throws InterruptedException {
    await(_ -> false, timeout);
  }

  private void read(Stream stream, InputStream in) {
    try (BufferedReader reader =
        new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
      for (String text = reader.readLine(); text != null; text = reader.readLine()) {
        add(new Line(stream, text));
      }
    } catch (IOException e) {
      add(new Line(stream, "(the output ends here: " + e.getMessage() + ")"));
    } finally {
      end();
    }
  }

  private synchronized void add(Line line) {
    lines.add(line);
    notifyAll();
  }

  private synchronized void end() {
    openStreams--;
    notifyAll();
  }
}

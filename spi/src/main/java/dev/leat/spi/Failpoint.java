package dev.leat.spi;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A named place in the program where a test can have the process killed, to see that nothing is
 * lost there.
 *
 * <p>The system property {@code leat.failpoint} names one place, optionally with the number of the
 * visit that kills ({@code after-destination-commit:3}). Without the property a visit costs one
 * comparison with a constant null.
 */
public final class Failpoint {
  private static final String ARMED = System.getProperty("leat.failpoint", "");
  private static final String NAME =
      ARMED.contains(":") ? ARMED.substring(0, ARMED.indexOf(':')) : ARMED;
  private static final String HELD_BY = System.getProperty("leat.failpoint.hold", "");
  private static final AtomicInteger VISITS_LEFT =
      new AtomicInteger(
          ARMED.contains(":") ? Integer.parseInt(ARMED.substring(ARMED.indexOf(':') + 1)) : 1);

  private Failpoint() {}

  /**
   * Kills this process with SIGKILL if this place is armed and its visit has come, or, with the
   * system property {@code leat.failpoint.hold}, makes the file that this names and waits there
   * until it is removed; does nothing otherwise.
   */
  public static void reach(String name) {
    if (!NAME.isEmpty() && NAME.equals(name) && VISITS_LEFT.decrementAndGet() == 0) {
      if (HELD_BY.isEmpty()) {
        die(name);
      } else {
        hold(Path.of(HELD_BY));
      }
    }
  }

  /** Stays there until somebody removes the file that says so. */
  private static void hold(Path file) {
    try {
      Files.createFile(file);
      while (Files.exists(file)) {
        Thread.sleep(10);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void die(String name) {
    System.err.println("failpoint reached: " + name);
    System.err.flush();
    try {
      new ProcessBuilder("kill", "-9", Long.toString(ProcessHandle.current().pid()))
          .start()
          .waitFor();
    } catch (IOException | InterruptedException e) {
      Runtime.getRuntime().halt(137);
    }
    Runtime.getRuntime().halt(137);
  }
}

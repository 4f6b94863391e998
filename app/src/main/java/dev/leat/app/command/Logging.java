package dev.leat.app.command;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import org.slf4j.LoggerFactory;

/** How much is logged. */
final class Logging {
  private Logging() {}

  /** Everything that Leat itself has to say. */
  static void verbose() {
    if (LoggerFactory.getILoggerFactory() instanceof LoggerContext loggers) {
      loggers.getLogger("dev.leat").setLevel(Level.DEBUG);
    }
  }
}

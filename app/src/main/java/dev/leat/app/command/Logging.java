package dev.leat.app.command;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import dev.leat.app.output.JsonLogEncoder;
import dev.leat.app.output.LogSetup;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** How much is logged. */
final class Logging {
  private Logging() {}

  /** How messages and logs are written on standard error. */
  enum Format {
    TEXT,
    JSON;

    /** What a variable says, where the command line says nothing. */
    static Format of(@Nullable String variable) {
      return variable != null && variable.equalsIgnoreCase("json") ? JSON : TEXT;
    }
  }

  /** Every event as a JSON object. */
  static void json() {
    if (LoggerFactory.getILoggerFactory() instanceof LoggerContext loggers
        && loggers.getLogger(Logger.ROOT_LOGGER_NAME).getAppender(LogSetup.APPENDER)
            instanceof ConsoleAppender<ILoggingEvent> appender) {
      JsonLogEncoder encoder = new JsonLogEncoder();
      encoder.setContext(loggers);
      encoder.start();
      appender.setEncoder(encoder);
    }
  }

  /** Everything that Leat itself has to say. */
  static void verbose() {
    if (LoggerFactory.getILoggerFactory() instanceof LoggerContext loggers) {
      loggers.getLogger("dev.leat").setLevel(Level.DEBUG);
    }
  }
}

package dev.leat.app.command;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What every command understands. */
final class CommonOptions {
  @Option(names = "--json", description = "print JSON on standard output")
  boolean json;

  @Option(names = "--verbose", description = "log what happens, and print stack traces of errors")
  boolean verbose;

  @Option(
      names = "--log-format",
      paramLabel = "FORMAT",
      description =
          "how messages and logs are written on standard error: text or json, one object a line"
              + " (LEAT_LOG_FORMAT; text if not set)")
  Logging.@Nullable Format logFormat;
}

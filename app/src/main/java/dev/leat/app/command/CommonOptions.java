package dev.leat.app.command;

import picocli.CommandLine.Option;

/** What every command understands. */
final class CommonOptions {
  @Option(names = "--json", description = "print JSON on standard output")
  boolean json;

  @Option(names = "--verbose", description = "log what happens, and print stack traces of errors")
  boolean verbose;
}

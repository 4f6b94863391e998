package dev.leat.app.command;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The flow that a command is about: a file, or what the command line says instead of one. */
final class FlowArgument {
  @Parameters(
      index = "0",
      arity = "0..1",
      paramLabel = "FLOW",
      description = "the flow file; flow.toml in the current folder by default")
  @Nullable Path file;

  @Option(
      names = "--from",
      paramLabel = "URL",
      description = {
        "instead of a file: the PostgreSQL database, as env:NAME or as an address; an address with a",
        "password in it can be seen by others on this machine"
      })
  @Nullable String from;

  @Option(
      names = "--to",
      paramLabel = "PATH",
      description = "with --from: the DuckDB file; leat.duckdb by default")
  Path to = Path.of("leat.duckdb");

  @Option(
      names = "--tables",
      paramLabel = "PATTERN",
      split = ",",
      description = "with --from: names or patterns of tables; all of schema public by default")
  List<String> tables = List.of("public.*");
}

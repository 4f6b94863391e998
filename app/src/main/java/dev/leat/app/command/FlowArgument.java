package dev.leat.app.command;

import dev.leat.spi.error.ErrorCategory;
import dev.leat.spi.error.ErrorCode;
import dev.leat.spi.error.LeatException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The flow that a command is about: a file, or what the command line says instead of one. */
final class FlowArgument {
  private static final ErrorCode NO_DATE = new ErrorCode("USAGE_DATE", ErrorCategory.CONFIG);

  @Parameters(
      index = "0",
      arity = "0..1",
      paramLabel = "FLOW",
      description = "the flow file; flow.toml in the current folder by default")
  @Nullable Path file;

  private static final Pattern DATE = Pattern.compile("\\d{4}-\\d{2}-\\d{2}");

  @Option(
      names = "--from",
      paramLabel = "URL|DATE",
      description =
          "instead of a file: the PostgreSQL database, as env:NAME or as an address; an address"
              + " with a password in it can be seen by others on this machine. For steps: the first"
              + " day to make again")
  @Nullable String from;

  @Option(
      names = "--to",
      paramLabel = "PATH|DATE",
      description =
          "with --from: the DuckDB file, leat.duckdb by default; or the last day to make again")
  Path to = Path.of("leat.duckdb");

  @Option(
      names = "--tables",
      paramLabel = "PATTERN",
      split = ",",
      description = "with --from: names or patterns of tables; all of schema public by default")
  List<String> tables = List.of("public.*");

  /** What {@code --from} says, if it is no date. */
  @Nullable String address() {
    return from == null || DATE.matcher(from).matches() ? null : from;
  }

  /** The first day that is to be made again. */
  Optional<LocalDate> firstDay() {
    return from != null && DATE.matcher(from).matches() ? Optional.of(day(from)) : Optional.empty();
  }

  /** The last day that is to be made again; the first one if nothing else is said. */
  Optional<LocalDate> lastDay() {
    String text = to.toString();
    return firstDay().map(first -> DATE.matcher(text).matches() ? day(text) : first);
  }

  private static LocalDate day(String text) {
    try {
      return LocalDate.parse(text);
    } catch (DateTimeParseException e) {
      throw new LeatException(NO_DATE, text + " is no date", "write a day as 2026-05-31", e);
    }
  }
}

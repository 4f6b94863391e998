package dev.leat.flow.kinds;

import dev.leat.spi.error.LeatException;
import dev.leat.spi.kind.StepDefinition;
import dev.leat.spi.plugin.Option;
import dev.leat.spi.plugin.OptionType;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** {@code sql} or {@code sql_file}. */
final class SqlText {
  static final Option SQL =
      Option.optional(
          "sql",
          OptionType.STRING,
          "",
          "One query; its datasets are found in it",
          "\"SELECT id, TRIM(name) AS name FROM bronze.customers\"");
  static final Option FILE =
      Option.optional(
          "sql_file",
          OptionType.PATH,
          "",
          "A file with the query, relative to the flow file; at most 1 MB",
          "\"sql/fact_order.sql\"");
  private static final long MAX_BYTES = 1_000_000;

  private SqlText() {}

  static String of(StepDefinition step) {
    Optional<String> written = step.options().optional("sql", String.class);
    Optional<Path> file = step.options().optional("sql_file", Path.class);
    if (written.isPresent() == file.isPresent()) {
      throw StepProblem.options(
          step,
          written.isPresent() ? "it has sql and sql_file" : "it has no query",
          "write either sql = \"SELECT …\" or sql_file = \"sql/query.sql\"");
    }
    String text = file.isPresent() ? read(step, file.get()) : written.orElseThrow();
    if (text.isBlank()) {
      throw StepProblem.options(step, "its query is empty", "write a SELECT");
    }
    return text;
  }

  private static String read(StepDefinition step, Path file) {
    try {
      if (!Files.isRegularFile(file)) {
        throw problem(
            step,
            "there is no file " + file,
            "check sql_file; it is relative to the flow file",
            null);
      }
      if (Files.size(file) > MAX_BYTES) {
        throw problem(step, file + " is larger than 1 MB", "name a file with one query", null);
      }
      return Files.readString(file);
    } catch (CharacterCodingException e) {
      throw problem(step, file + " is not UTF-8", "save it as UTF-8", e);
    } catch (IOException e) {
      throw problem(step, file + " cannot be read", "check that Leat may read it", e);
    }
  }

  private static LeatException problem(
      StepDefinition step, String sentence, String fix, @Nullable Throwable cause) {
    return new LeatException(StepProblem.FILE, "step " + step.name() + ": " + sentence, fix, cause)
        .with("step", step.name());
  }
}

package dev.leat.app.command;

import dev.leat.app.output.ExitCode;
import dev.leat.library.Flow;
import dev.leat.library.OpenFlow;
import dev.leat.spi.error.ErrorCategory;
import dev.leat.spi.error.ErrorCode;
import dev.leat.spi.error.LeatException;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code leat init}. */
@Command(
    name = "init",
    description = {
      "Writes a flow file to begin with. Never overwrites one.",
      "With --from it looks at the database and writes what it finds there."
    },
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Examples:",
      "  leat init shop --from env:SHOP_PG",
      "  leat init shop --from postgres://leat@db.example.org/shop"
    })
final class InitCommand extends LeatCommand {
  private static final ErrorCode EXISTS = new ErrorCode("FILE_EXISTS", ErrorCategory.CONFIG);
  private static final ErrorCode NOT_WRITTEN =
      new ErrorCode("FILE_NOT_WRITTEN", ErrorCategory.CONFIG);
  private static final ErrorCode BAD_URL = new ErrorCode("URL_INVALID", ErrorCategory.CONFIG);

  @Parameters(
      paramLabel = "DIR",
      defaultValue = "",
      description = "folder to write flow.toml into; the current one by default")
  private Path directory = Path.of("");

  @Option(
      names = "--from",
      paramLabel = "URL",
      description =
          "the PostgreSQL database, as secret:NAME, env:NAME or an address without a password, to look at")
  private @Nullable String from;

  InitCommand(CommandContext context) {
    super(context);
  }

  @Override
  public Integer call() {
    Path folder = context.resolve(directory);
    Path file = folder.resolve("flow.toml");
    Path named = folder.getFileName();
    String name = flowName(named == null ? "" : named.toString());
    String text = text(name, file);
    try {
      Files.createDirectories(folder);
      Files.writeString(file, text, StandardOpenOption.CREATE_NEW);
    } catch (FileAlreadyExistsException e) {
      throw exists(file, e);
    } catch (IOException e) {
      throw new LeatException(
          NOT_WRITTEN,
          context.show(file) + " cannot be written: " + e.getMessage(),
          "choose a folder that you may write to",
          e);
    }
    String argument = context.show(file).equals("flow.toml") ? "" : " " + context.show(file);
    if (json()) {
      printJson(java.util.Map.of("ok", true, "file", file.toString()));
    }
    say("wrote " + context.show(file));
    say("next:");
    if (from == null) {
      say("  export " + StarterFlow.VARIABLE + "=postgres://USER:PASSWORD@HOST:5432/DATABASE");
    }
    say("  leat check" + argument);
    say("  leat run" + argument);
    return ExitCode.DONE;
  }

  private String text(String name, Path file) {
    String connection = from;
    if (connection == null) {
      return StarterFlow.text(name);
    }
    if (!FlowReader.isReference(connection)) {
      requireAddress(connection);
    }
    if (Files.exists(file)) {
      throw exists(file, null);
    }
    Flow flow =
        FlowReader.read(
                connection,
                file.resolveSibling(name + ".duckdb"),
                List.of("*.*"),
                context.surroundings())
            .requireReplication();
    try (OpenFlow open = new OpenFlow(flow)) {
      return StarterFlow.text(name, connection, StarterFlow.look(open.source()));
    }
  }

  private LeatException exists(Path file, @Nullable Throwable cause) {
    return new LeatException(
        EXISTS,
        context.show(file) + " exists already",
        "edit it, or name another folder: leat init DIR",
        cause);
  }

  private static void requireAddress(String url) {
    if (!url.matches("postgres(ql)?://[^\\s\"\\\\]+")) {
      throw new LeatException(
          BAD_URL,
          "--from is not an address of a PostgreSQL database",
          "write it like postgres://user@host:5432/database, or env:NAME");
    }
    if (url.matches("postgres(ql)?://[^/@]*:[^/@]*@.*") || url.contains("password=")) {
      throw new LeatException(
          BAD_URL,
          "--from has a password in it, which a flow file must not hold",
          "leave the password out and put it into PGPASSWORD or ~/.pgpass; or store the whole address with leat credentials set NAME and name that: --from secret:NAME");
    }
  }

  private static String flowName(String folder) {
    String name =
        folder.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9_]+", "_").replaceAll("^_+|_+$", "");
    return name.isEmpty() || !Character.isLetter(name.charAt(0)) ? "my_flow" : name;
  }
}

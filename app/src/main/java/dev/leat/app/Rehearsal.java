package dev.leat.app;

import dev.leat.app.command.CommandContext;
import dev.leat.app.output.Terminal;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Gives the usual commands once, so that java can note which classes they need and which methods
 * are called often: the launcher makes its cache of a run of this.
 */
public final class Rehearsal {
  private static final List<String> FLOWS = List.of("steps.toml", "replication.toml");
  private static final List<List<String>> COMMANDS =
      List.of(
          List.of("check", "steps.toml"),
          List.of("plan", "steps.toml"),
          List.of("run", "steps.toml"),
          List.of("run", "steps.toml"),
          List.of("plan", "--json", "steps.toml"),
          List.of("runs", "show", "steps.toml"),
          List.of("datasets", "steps.toml"),
          List.of("test", "steps.toml"),
          List.of("sql", "steps.toml", "SELECT 1"),
          List.of("status", "replication.toml"),
          List.of("check", "replication.toml"),
          List.of("chekc", "steps.toml"),
          List.of("--help"));

  private Rehearsal() {}

  /** Works in the folder that is the first argument, which is there and empty. */
  public static void main(String[] args) {
    Path folder = Path.of(args[0]).toAbsolutePath();
    FLOWS.forEach(flow -> copy(flow, folder));
    Terminal nowhere =
        Terminal.plain(OutputStream.nullOutputStream(), OutputStream.nullOutputStream());
    CommandContext context = new CommandContext(() -> nowhere, folder, Map.of());
    for (List<String> command : COMMANDS) {
      String[] words = command.toArray(String[]::new);
      int code = Main.commandLine(context, words).execute(words);
      System.out.println(code + " " + String.join(" ", words));
    }
    CommandContext own = Main.ofProcess();
    System.out.println(own.terminal().get().out() + " " + own.input().isTerminal());
    System.exit(0);
  }

  private static void copy(String flow, Path folder) {
    try (InputStream in =
        Objects.requireNonNull(Rehearsal.class.getResourceAsStream("/rehearsal/" + flow))) {
      Files.copy(in, folder.resolve(flow));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

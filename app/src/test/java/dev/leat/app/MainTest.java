package dev.leat.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.leat.app.command.CommandContext;
import dev.leat.app.output.Terminal;
import java.io.ByteArrayOutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class MainTest {
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @Test
  void printsItsVersion() {
    assertThat(run("--version")).isZero();
    assertThat(out.toString()).matches("leat \\d+\\.\\d+\\.\\d+(-SNAPSHOT)?\\R");
  }

  @Test
  void printsHelpToStandardOutput() {
    assertThat(run("--help")).isZero();
    assertThat(out.toString()).contains("Usage: leat").contains("--version");
    assertThat(err.toString()).isEmpty();
  }

  @Test
  void saysWhatToTypeWhenGivenNothing() {
    assertThat(run()).isEqualTo(2);
    assertThat(err.toString()).contains("Usage: leat");
  }

  private int run(String... args) {
    Terminal terminal = Terminal.plain(new ByteArrayOutputStream(), new ByteArrayOutputStream());
    return Main.commandLine(
            new CommandContext(() -> terminal, Path.of("").toAbsolutePath(), Map.of()), args)
        .setOut(new PrintWriter(out, true))
        .setErr(new PrintWriter(err, true))
        .execute(args);
  }
}

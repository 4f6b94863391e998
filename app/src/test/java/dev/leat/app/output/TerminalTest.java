package dev.leat.app.output;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class TerminalTest {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  @Test
  void colorsOnlyOnATerminal() {
    assertThat(terminal(true, Map.of()).errColor()).isTrue();
    assertThat(terminal(true, Map.of("NO_COLOR", "1")).errColor()).isFalse();
    assertThat(terminal(true, Map.of("NO_COLOR", "")).errColor()).isTrue();
    assertThat(terminal(true, Map.of("TERM", "dumb")).errColor()).isFalse();
    assertThat(terminal(false, Map.of()).errColor()).isFalse();
  }

  @Test
  void showsLiveLinesOnlyOnATerminalThatCanMoveItsCursor() {
    terminal(false, Map.of()).live(List.of("50 %"));
    terminal(true, Map.of("TERM", "dumb")).live(List.of("50 %"));
    assertThat(text(err)).isEmpty();

    terminal(true, Map.of("NO_COLOR", "1")).live(List.of("50 %"));
    assertThat(text(err)).contains("50 %");
  }

  @Test
  void writesMessagesAboveLiveLines() {
    Terminal terminal = terminal(true, Map.of());
    terminal.live(List.of("a", "b"));
    terminal.err().println("message");

    assertThat(text(err)).endsWith("\u001b[2A\r\u001b[Jmessage\n");
    assertThat(text(out)).isEmpty();
  }

  @Test
  void drawsOverLiveLines() {
    Terminal terminal = terminal(true, Map.of());
    terminal.live(List.of("a", "b"));
    err.reset();
    terminal.live(List.of("c"));

    assertThat(text(err)).isEqualTo("\u001b[2A\r\u001b[2Kc\n\r\u001b[2K\n\u001b[1A");
  }

  private Terminal terminal(boolean isTerminal, Map<String, String> environment) {
    return new Terminal(out, err, isTerminal, isTerminal, environment, () -> TerminalSize.USUAL);
  }

  private static String text(ByteArrayOutputStream stream) {
    return stream.toString(StandardCharsets.UTF_8);
  }
}

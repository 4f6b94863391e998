package dev.leat.app.output;

import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** The process's own. What is hidden is read from the terminal itself, as ssh and sudo do. */
public final class SystemInput implements Input {
  private static final File TERMINAL = new File("/dev/tty");
  private static final int MOST = 1 << 20;

  @Override
  public boolean isTerminal() {
    return Tty.isTerminal(Tty.IN);
  }

  @Override
  public String rest() throws IOException {
    byte[] bytes = System.in.readNBytes(MOST + 1);
    if (bytes.length > MOST) {
      throw new IOException("standard input has more than " + MOST + " bytes");
    }
    return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
  }

  @Override
  public Optional<String> hidden(String prompt) {
    try (InputStream in = new FileInputStream(TERMINAL);
        OutputStream out = new FileOutputStream(TERMINAL)) {
      Optional<String> settings = stty("-g");
      if (settings.isEmpty() || stty("-echo").isEmpty()) {
        return Optional.empty();
      }
      // Also when Ctrl-C is typed.
      Thread restore = new Thread(() -> restore(settings.get()));
      Runtime.getRuntime().addShutdownHook(restore);
      try {
        out.write(prompt.getBytes(StandardCharsets.UTF_8));
        out.flush();
        return line(in);
      } finally {
        Runtime.getRuntime().removeShutdownHook(restore);
        restore(settings.get());
        out.write('\n');
      }
    } catch (IOException _) {
      // There is no terminal.
      return Optional.empty();
    }
  }

  /** Empty if nothing more can be typed. */
  private static Optional<String> line(InputStream in) throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    int b = in.read();
    if (b < 0) {
      return Optional.empty();
    }
    while (b >= 0 && b != '\n') {
      line.write(b);
      b = in.read();
    }
    return Optional.of(line.toString(StandardCharsets.UTF_8));
  }

  private static void restore(String settings) {
    Optional<String> unused = stty(settings);
  }

  /** Sets or asks for the terminal's settings; empty if that failed. */
  private static Optional<String> stty(String argument) {
    try {
      Process process =
          new ProcessBuilder("stty", argument)
              .redirectInput(TERMINAL)
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      String answer = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      return process.waitFor() == 0 ? Optional.of(answer.strip()) : Optional.empty();
    } catch (IOException _) {
      return Optional.empty();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }
}

package dev.leat.app.output;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Where a command writes: data to {@link #out()}, messages to {@link #err()}, and on a terminal a
 * block of lines below the messages that is drawn again and again.
 *
 * <p>Safe for use by several threads.
 */
public final class Terminal {
  private static final String CLEAR_LINE = "\u001b[2K";

  private final PrintStream out;
  private final PrintStream rawErr;
  private final PrintStream err;
  private final boolean outIsTerminal;
  private final boolean errIsTerminal;
  private final boolean colorAllowed;
  private final boolean dumb;
  private final Supplier<TerminalSize> size;
  private int liveLines;
  private volatile boolean jsonMessages;

  Terminal(
      OutputStream out,
      OutputStream err,
      boolean outIsTerminal,
      boolean errIsTerminal,
      Map<String, String> environment,
      Supplier<TerminalSize> size) {
    this.out = new PrintStream(out, true, StandardCharsets.UTF_8);
    this.rawErr = new PrintStream(err, false, StandardCharsets.UTF_8);
    this.err = new PrintStream(new AboveLiveLines(), true, StandardCharsets.UTF_8);
    this.outIsTerminal = outIsTerminal;
    this.errIsTerminal = errIsTerminal;
    this.dumb = environment.getOrDefault("TERM", "").equals("dumb");
    this.colorAllowed = environment.getOrDefault("NO_COLOR", "").isEmpty() && !dumb;
    this.size = size;
  }

  /** The process's own streams. */
  public static Terminal system() {
    boolean outIsTerminal = Tty.isTerminal(Tty.OUT);
    boolean errIsTerminal = Tty.isTerminal(Tty.ERR);
    return new Terminal(
        new FileOutputStream(FileDescriptor.out),
        new FileOutputStream(FileDescriptor.err),
        outIsTerminal,
        errIsTerminal,
        System.getenv(),
        () ->
            errIsTerminal || outIsTerminal
                ? Tty.size(errIsTerminal ? Tty.ERR : Tty.OUT)
                : TerminalSize.USUAL);
  }

  /** Neither stream is a terminal. */
  public static Terminal plain(OutputStream out, OutputStream err) {
    return new Terminal(out, err, false, false, Map.of(), () -> TerminalSize.USUAL);
  }

  public PrintStream out() {
    return out;
  }

  /** The width of the terminal that results go to; 0 if they go elsewhere. */
  public int outWidth() {
    return outIsTerminal() ? size().columns() : 0;
  }

  /** Writes lines of a result, all at once. */
  public void print(List<String> lines) {
    if (!lines.isEmpty()) {
      out.print(String.join("\n", lines) + "\n");
    }
  }

  /** Writes a table as a result, no wider than the terminal. */
  public void print(TextTable table) {
    print(table.lines(outWidth(), outColor()));
  }

  /** Messages; clears the live block first, which the next {@link #live} draws again. */
  public PrintStream err() {
    return err;
  }

  /** From now on every message is one JSON object on one line, as {@link MessageJson} says. */
  public void writeMessagesAsJson() {
    jsonMessages = true;
  }

  /** Writes a message for people. */
  public void say(String line) {
    say(line, Map.of());
  }

  /**
   * Writes a message.
   *
   * @param facts what else a program wants to know; people are not shown it
   */
  public void say(String line, Map<String, ?> facts) {
    err.println(jsonMessages ? MessageJson.of("INFO", line, facts) : line);
  }

  /** Writes an error or a warning with its fix. */
  public void say(Problem problem) {
    if (jsonMessages) {
      err.println(MessageJson.of(problem));
    } else {
      problem.lines(errColor()).forEach(err::println);
    }
  }

  /** Writes where an error came from, for people who look for defects. */
  public void say(Throwable e) {
    StringWriter stack = new StringWriter();
    e.printStackTrace(new PrintWriter(stack));
    if (jsonMessages) {
      err.println(MessageJson.of("ERROR", e.toString(), Map.of("stack", stack.toString())));
    } else {
      err.print(stack);
      err.flush();
    }
  }

  /** Whether {@link #live} shows anything. */
  public boolean canShowLive() {
    return errIsTerminal && !dumb && !jsonMessages;
  }

  public boolean outIsTerminal() {
    return outIsTerminal;
  }

  public boolean outColor() {
    return colorAllowed && outIsTerminal;
  }

  public boolean errColor() {
    return colorAllowed && errIsTerminal && !jsonMessages;
  }

  /** As large as the terminal is now. */
  public TerminalSize size() {
    return size.get();
  }

  /** Replaces the live block by these lines, none of them wider than the terminal. */
  public synchronized void live(List<String> lines) {
    if (!canShowLive()) {
      return;
    }
    StringBuilder drawn = new StringBuilder();
    if (liveLines > 0) {
      drawn.append("\u001b[").append(liveLines).append("A");
    }
    for (String line : lines) {
      drawn.append('\r').append(CLEAR_LINE).append(line).append('\n');
    }
    for (int i = lines.size(); i < liveLines; i++) {
      drawn.append('\r').append(CLEAR_LINE).append('\n');
    }
    if (liveLines > lines.size()) {
      drawn.append("\u001b[").append(liveLines - lines.size()).append("A");
    }
    liveLines = lines.size();
    rawErr.print(drawn);
    rawErr.flush();
  }

  /** Leaves the live block as it is and writes below it from now on. */
  public synchronized void endLive() {
    liveLines = 0;
  }

  private synchronized void writeAbove(byte[] bytes, int offset, int length) {
    if (liveLines > 0) {
      rawErr.print("\u001b[" + liveLines + "A\r\u001b[J");
      liveLines = 0;
    }
    rawErr.write(bytes, offset, length);
    rawErr.flush();
  }

  private final class AboveLiveLines extends OutputStream {
    @Override
    public void write(int b) {
      writeAbove(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) {
      writeAbove(bytes, offset, length);
    }
  }
}

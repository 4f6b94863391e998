package dev.leat.flow.load;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Rows of a file that was taken apart, in two files of CSV without header: good ones with their
 * line, their text and their values; bad ones with the file, the line, the reason and the text.
 */
final class ListedRows implements AutoCloseable {
  private static final int BUFFER = 1 << 18;

  /** A text that is longer is cut in what is parked. */
  private static final int LONGEST = 1 << 20;

  private final byte[] file;
  private final OutputStream good;
  private final OutputStream bad;
  private @Nullable String refused;
  private long badRows;

  ListedRows(String file, Path good, Path bad) throws IOException {
    this.file = file.getBytes(StandardCharsets.UTF_8);
    this.good = new BufferedOutputStream(Files.newOutputStream(good), BUFFER);
    this.bad = new BufferedOutputStream(Files.newOutputStream(bad), BUFFER);
  }

  /** From now on good rows are bad ones, too. */
  void refuseAll(String reason) {
    refused = reason;
  }

  void good(long line, byte[] bytes, int from, CsvRecord record) throws IOException {
    if (refused != null) {
      bad(line, refused, bytes, from, record.rawEnd());
      return;
    }
    number(good, line);
    good.write(',');
    quoted(good, bytes, from, record.rawEnd());
    for (int i = 0; i < record.count(); i++) {
      good.write(',');
      quoted(good, record.values(), record.start(i), record.end(i));
    }
    good.write('\n');
  }

  void good(long line, byte[] bytes, int from, int to) throws IOException {
    if (refused != null) {
      bad(line, refused, bytes, from, to);
      return;
    }
    number(good, line);
    good.write(',');
    quoted(good, bytes, from, to);
    good.write('\n');
  }

  void bad(long line, String reason, byte[] bytes, int from, int to) throws IOException {
    quoted(bad, file, 0, file.length);
    bad.write(',');
    number(bad, line);
    bad.write(',');
    byte[] why = reason.getBytes(StandardCharsets.UTF_8);
    quoted(bad, why, 0, why.length);
    bad.write(',');
    // As text, whatever the bytes are.
    byte[] text =
        new String(bytes, from, Math.min(to - from, LONGEST), StandardCharsets.UTF_8)
            .replace("\0", "\\0")
            .getBytes(StandardCharsets.UTF_8);
    quoted(bad, text, 0, text.length);
    bad.write('\n');
    badRows++;
  }

  long badRows() {
    return badRows;
  }

  private static void number(OutputStream out, long number) throws IOException {
    out.write(Long.toString(number).getBytes(StandardCharsets.US_ASCII));
  }

  private static void quoted(OutputStream out, byte[] bytes, int from, int to) throws IOException {
    out.write('"');
    int start = from;
    for (int i = from; i < to; i++) {
      if (bytes[i] == '"') {
        out.write(bytes, start, i + 1 - start);
        out.write('"');
        start = i + 1;
      }
    }
    out.write(bytes, start, to - start);
    out.write('"');
  }

  @Override
  public void close() throws IOException {
    try (good;
        bad) {
      good.flush();
      bad.flush();
    }
  }
}

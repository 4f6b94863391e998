package dev.leat.flow.load;

import dev.leat.spi.engine.Cancellation;
import dev.leat.spi.engine.FileInput.CsvDialect;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Takes CSV apart row by row, good rows and bad ones, so that each is in exactly one of two lists
 * with its line and its text.
 */
final class CsvSplitter {
  private static final int BUFFER = 1 << 20;

  private final CsvDialect dialect;
  private final int expected;

  /**
   * @param expected values of a row; negative for any number
   */
  CsvSplitter(CsvDialect dialect, int expected) {
    this.dialect = dialect;
    this.expected = expected;
  }

  /** The first rows of a file, as far as they can be read. */
  List<List<String>> first(byte[] start, boolean whole, int rows) {
    CsvRecord record = new CsvRecord(dialect, endsWithCr(start, start.length));
    List<List<String>> read = new ArrayList<>();
    int at = afterBom(start, start.length);
    int skipped = 0;
    while (at < start.length && read.size() < rows) {
      if (!record.take(start, at, start.length, whole)) {
        break;
      }
      if (skipped < dialect.skip()) {
        skipped++;
      } else if (record.wrong() == null && !record.isBlank(at) && !record.isComment(start, at)) {
        read.add(record.texts());
      }
      at = record.next();
    }
    return read;
  }

  /**
   * Takes a file apart.
   *
   * @throws dev.leat.spi.error.LeatException category DATA for a row that is too long and may go on
   *     for more than a line, so that nothing tells where the next one begins
   */
  void split(String name, Path file, ListedRows rows, Cancellation cancellation)
      throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      byte[] bytes = new byte[BUFFER];
      int end = fill(in, bytes, 0);
      boolean last = end < bytes.length;
      boolean crAlone = endsWithCr(bytes, end);
      CsvRecord record = new CsvRecord(dialect, crAlone);
      int at = afterBom(bytes, end);
      long line = 1;
      int before = dialect.skip() + (dialect.header() ? 1 : 0);
      while (at < end || !last) {
        if (!record.take(bytes, at, end, last)) {
          int rest = end - at;
          if (rest <= dialect.longest()) {
            // What is there of it goes to the front.
            byte[] larger = rest > bytes.length / 2 ? new byte[bytes.length * 2] : bytes;
            System.arraycopy(bytes, at, larger, 0, rest);
            bytes = larger;
            end = fill(in, bytes, rest);
            last = end < bytes.length;
            at = 0;
            continue;
          }
          boolean unused = record.take(bytes, at, end, true);
          if (record.wrong() != null) {
            throw LoadErrors.file(
                "%s:%d: %s, within a quote that is not closed so far"
                    .formatted(name, line, tooLong()),
                "close the quote there, or raise format.max_row",
                null);
          }
          if (before > 0) {
            before--;
          } else {
            rows.bad(line, tooLong(), bytes, at, end);
          }
          // The rest of its line.
          at = end;
          while (at == end && !last) {
            end = fill(in, bytes, 0);
            last = end < bytes.length;
            at = behindLine(bytes, end, crAlone);
          }
          line++;
          continue;
        }
        if (before > 0 && !record.isBlank(at)) {
          before--;
        } else if (before == 0) {
          judge(record, bytes, at, end, line, rows);
        }
        line += record.lines();
        at = record.next();
        if ((line & 0xfff) == 0) {
          Preparing.requireWanted(cancellation);
        }
      }
    }
  }

  private String tooLong() {
    return "the row is longer than " + dialect.longest() + " bytes";
  }

  /** Behind the first line end; the end if there is none. */
  private static int behindLine(byte[] bytes, int end, boolean crAlone) {
    for (int i = 0; i < end; i++) {
      if (bytes[i] == (crAlone ? '\r' : '\n')) {
        return i + 1;
      }
    }
    return end;
  }

  private void judge(CsvRecord record, byte[] bytes, int at, int end, long line, ListedRows rows)
      throws IOException {
    if (record.isComment(bytes, at) || (record.isBlank(at) && expected != 1)) {
      return;
    }
    if (record.wrong() == null) {
      record.trim(expected);
      if (record.count() != expected) {
        String why = "%d values instead of %d".formatted(record.count(), expected);
        if (record.lines() > 1) {
          record.refuse(bytes, at, end, why);
        } else {
          rows.bad(line, why, bytes, at, record.rawEnd());
          return;
        }
      } else if (record.rawEnd() - at > dialect.longest()) {
        rows.bad(line, tooLong(), bytes, at, record.rawEnd());
        return;
      } else if (!Utf8.isValid(bytes, at, record.rawEnd())) {
        rows.bad(line, "not valid UTF-8; see format.encoding", bytes, at, record.rawEnd());
        return;
      }
    }
    String wrong = record.wrong();
    if (wrong != null) {
      rows.bad(line, wrong, bytes, at, record.rawEnd());
    } else {
      rows.good(line, bytes, at, record);
    }
  }

  static int fill(InputStream in, byte[] bytes, int from) throws IOException {
    int read = in.readNBytes(bytes, from, bytes.length - from);
    return from + read;
  }

  /** Whether the first line ends with a carriage return alone. */
  private static boolean endsWithCr(byte[] bytes, int end) {
    for (int i = 0; i < end; i++) {
      if (bytes[i] == '\n') {
        return false;
      }
      if (bytes[i] == '\r') {
        return i + 1 < end && bytes[i + 1] != '\n';
      }
    }
    return false;
  }

  static int afterBom(byte[] bytes, int end) {
    return end > 2
            && (bytes[0] & 0xff) == 0xef
            && (bytes[1] & 0xff) == 0xbb
            && (bytes[2] & 0xff) == 0xbf
        ? 3
        : 0;
  }
}

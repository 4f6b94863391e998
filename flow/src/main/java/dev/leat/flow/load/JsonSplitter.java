package dev.leat.flow.load;

import dev.leat.spi.engine.Cancellation;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Takes JSON apart, line by line or element by element of an array; whether each is JSON is left to
 * who reads it, but for what could not be held.
 */
final class JsonSplitter {
  private static final int BUFFER = 1 << 20;

  private final boolean array;
  private final long longest;
  private final int deepest;
  private int depth;
  private boolean inString;

  /**
   * @param array whether the file is one array
   * @param longest bytes of a row
   * @param deepest levels of a row
   */
  JsonSplitter(boolean array, long longest, int deepest) {
    this.array = array;
    this.longest = longest;
    this.deepest = deepest;
  }

  void split(String name, Path file, ListedRows rows, Cancellation cancellation)
      throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      byte[] bytes = new byte[BUFFER];
      int end = CsvSplitter.fill(in, bytes, 0);
      boolean last = end < bytes.length;
      int at = CsvSplitter.afterBom(bytes, end);
      long line = 1;
      if (array) {
        while (bytes[at] != '[') {
          line += bytes[at++] == '\n' ? 1 : 0;
        }
        at++;
      }
      boolean closed = false;
      while (!closed && (at < end || !last)) {
        int to = rowEnd(bytes, at, end);
        if (to < 0 && !last && end - at <= longest) {
          int rest = end - at;
          byte[] larger = rest > bytes.length / 2 ? new byte[bytes.length * 2] : bytes;
          System.arraycopy(bytes, at, larger, 0, rest);
          bytes = larger;
          end = CsvSplitter.fill(in, bytes, rest);
          last = end < bytes.length;
          at = 0;
          continue;
        }
        if (to < 0) {
          if (array || !last) {
            throw LoadErrors.file(
                array && last
                    ? name + " ends in the middle of its array"
                    : "%s:%d: the row is longer than %d bytes".formatted(name, line, longest),
                "have it written again, or raise format.max_row",
                null);
          }
          to = end;
        }
        int from = at;
        while (from < to && bytes[from] <= ' ' && bytes[from] >= 0) {
          line += bytes[from++] == '\n' ? 1 : 0;
        }
        int until = to;
        while (until > from && bytes[until - 1] <= ' ' && bytes[until - 1] >= 0) {
          until--;
        }
        closed = array && bytes[to] == ']';
        if (until > from) {
          judge(bytes, from, until, line, rows);
        } else if (array && !closed) {
          rows.bad(line, "there is nothing between two commas", bytes, from, until);
        }
        for (int i = from; i < Math.min(to + 1, end); i++) {
          line += bytes[i] == '\n' ? 1 : 0;
        }
        at = to + 1;
        if ((line & 0xfff) == 0) {
          Preparing.requireWanted(cancellation);
        }
      }
      if (array && !closed) {
        throw LoadErrors.file(
            name + " ends in the middle of its array", "have it written or sent again", null);
      }
    }
  }

  private void judge(byte[] bytes, int from, int to, long line, ListedRows rows)
      throws IOException {
    if (to - from > longest) {
      rows.bad(line, "the row is longer than " + longest + " bytes", bytes, from, to);
    } else if (!Utf8.isValid(bytes, from, to)) {
      rows.bad(line, "not valid UTF-8; see format.encoding", bytes, from, to);
    } else if (levels(bytes, from, to) > deepest) {
      rows.bad(line, "more than " + deepest + " levels, see format.max_depth", bytes, from, to);
    } else {
      rows.good(line, bytes, from, to);
    }
  }

  /** Where the row that begins at {@code at} ends; negative if that is not there yet. */
  private int rowEnd(byte[] bytes, int at, int end) {
    if (!array) {
      for (int i = at; i < end; i++) {
        if (bytes[i] == '\n') {
          return i;
        }
      }
      return -1;
    }
    depth = 0;
    inString = false;
    for (int i = at; i < end; i++) {
      byte b = bytes[i];
      if (inString) {
        if (b == '\\') {
          i++;
        } else if (b == '"') {
          inString = false;
        }
      } else if (depth == 0 && (b == ',' || b == ']')) {
        return i;
      } else {
        step(b);
      }
    }
    return -1;
  }

  private void step(byte b) {
    switch (b) {
      case '"' -> inString = true;
      case '{', '[' -> depth++;
      case '}', ']' -> depth--;
      default -> {}
    }
  }

  private int levels(byte[] bytes, int from, int to) {
    depth = 0;
    inString = false;
    int most = 0;
    for (int i = from; i < to; i++) {
      byte b = bytes[i];
      if (inString) {
        if (b == '\\') {
          i++;
        } else if (b == '"') {
          inString = false;
        }
      } else {
        step(b);
        most = Math.max(most, depth);
      }
    }
    return most;
  }
}

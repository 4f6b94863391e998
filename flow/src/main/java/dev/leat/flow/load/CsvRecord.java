package dev.leat.flow.load;

import dev.leat.spi.engine.FileInput.CsvDialect;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One record of CSV, taken from bytes: its values, or why it has none. A quote that is not closed
 * costs the line that it is in, not those behind it.
 */
final class CsvRecord {
  private static final byte CR = '\r';
  private static final byte LF = '\n';

  private final byte[] delimiter;
  private final int quote;
  private final int escape;
  private final byte[] comment;
  private final boolean crAlone;

  private byte[] values = new byte[1 << 12];
  private int size;
  private int[] ends = new int[64];
  private int count;
  private int next;
  private int rawEnd;
  private int lines;
  private @Nullable String wrong;

  /**
   * @param crAlone whether lines end with a carriage return alone
   */
  CsvRecord(CsvDialect dialect, boolean crAlone) {
    this.delimiter = dialect.delimiter().getBytes(StandardCharsets.UTF_8);
    this.quote = dialect.quote().isEmpty() ? -1 : dialect.quote().charAt(0);
    this.escape = dialect.escape().isEmpty() ? -1 : dialect.escape().charAt(0);
    this.comment = dialect.comment().getBytes(StandardCharsets.UTF_8);
    this.crAlone = crAlone;
  }

  /**
   * Takes the record that begins at {@code from}.
   *
   * @param end of the bytes that are there
   * @param last whether there are no more
   * @return whether there were enough of them
   */
  boolean take(byte[] bytes, int from, int end, boolean last) {
    size = 0;
    count = 0;
    lines = 0;
    wrong = null;
    int i = from;
    while (true) {
      if (i < end && bytes[i] == quote && quote >= 0) {
        int closed = quotedValue(bytes, i + 1, end);
        if (closed < 0) {
          return last ? broken(bytes, from, end, "a quote is not closed") : false;
        }
        i = closed;
        if (i + 1 >= end && !last) {
          return false;
        }
        if (i < end && !isDelimiter(bytes, i, end) && !isLineEnd(bytes, i, end)) {
          return broken(bytes, from, end, "there is something behind a closing quote");
        }
      } else {
        while (i < end && !isDelimiter(bytes, i, end) && !isLineEnd(bytes, i, end)) {
          append(bytes[i++]);
        }
        if (i + delimiter.length >= end && !last) {
          return false;
        }
      }
      value();
      if (i >= end) {
        rawEnd = end;
        next = end;
        lines++;
        return true;
      }
      if (isLineEnd(bytes, i, end)) {
        rawEnd = i;
        next = i + (bytes[i] == CR && i + 1 < end && bytes[i + 1] == LF ? 2 : 1);
        lines++;
        return true;
      }
      i += delimiter.length;
    }
  }

  /** Behind the closing quote; negative if there is none. */
  private int quotedValue(byte[] bytes, int from, int end) {
    int i = from;
    while (i < end) {
      byte b = bytes[i];
      boolean escaped =
          b == escape
              && i + 1 < end
              && (bytes[i + 1] == quote || (escape != quote && bytes[i + 1] == escape));
      if (escaped) {
        append(bytes[i + 1]);
        i += 2;
      } else if (b == quote) {
        return i + 1;
      } else {
        lines += b == LF || (crAlone && b == CR) ? 1 : 0;
        append(b);
        i++;
      }
    }
    return -1;
  }

  /** Only its first line is given up. */
  private boolean broken(byte[] bytes, int from, int end, String why) {
    int i = from;
    while (i < end && !isLineEnd(bytes, i, end)) {
      i++;
    }
    rawEnd = i;
    next = Math.min(end, i + (i + 1 < end && bytes[i] == CR && bytes[i + 1] == LF ? 2 : 1));
    lines = 1;
    count = 0;
    wrong = why;
    return true;
  }

  /** Gives up the first line of a record that was taken. */
  void refuse(byte[] bytes, int from, int end, String why) {
    boolean unused = broken(bytes, from, end, why);
  }

  private boolean isDelimiter(byte[] bytes, int at, int end) {
    if (bytes[at] != delimiter[0]) {
      return false;
    }
    return delimiter.length == 1
        || (at + delimiter.length <= end
            && Arrays.equals(bytes, at, at + delimiter.length, delimiter, 0, delimiter.length));
  }

  private boolean isLineEnd(byte[] bytes, int at, int end) {
    byte b = bytes[at];
    return b == LF || (b == CR && (crAlone || (at + 1 < end ? bytes[at + 1] == LF : true)));
  }

  private void append(byte b) {
    if (size == values.length) {
      values = Arrays.copyOf(values, size * 2);
    }
    values[size++] = b;
  }

  private void value() {
    if (count == ends.length) {
      ends = Arrays.copyOf(ends, count * 2);
    }
    ends[count++] = size;
  }

  boolean isBlank(int from) {
    return wrong == null && rawEnd == from;
  }

  boolean isComment(byte[] bytes, int from) {
    return comment.length > 0
        && from + comment.length <= rawEnd
        && Arrays.equals(bytes, from, from + comment.length, comment, 0, comment.length);
  }

  /** Leaves out one value too many that is nothing, as readers of CSV do. */
  void trim(int expected) {
    if (count == expected + 1 && ends[count - 1] == ends[count - 2]) {
      count--;
    }
  }

  @Nullable String wrong() {
    return wrong;
  }

  int count() {
    return count;
  }

  int next() {
    return next;
  }

  int rawEnd() {
    return rawEnd;
  }

  /** Lines that it takes up. */
  int lines() {
    return lines;
  }

  byte[] values() {
    return values;
  }

  int start(int value) {
    return value == 0 ? 0 : ends[value - 1];
  }

  int end(int value) {
    return ends[value];
  }

  List<String> texts() {
    List<String> texts = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      texts.add(new String(values, start(i), end(i) - start(i), StandardCharsets.UTF_8));
    }
    return texts;
  }
}

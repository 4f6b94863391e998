package dev.leat.sqlite.engine;

import java.sql.SQLException;
import java.time.DateTimeException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.sqlite.Function;

/** A function in SQL that Java computes. */
final class ScalarFunction extends Function {
  private final boolean strict;
  private final Body body;

  /** What a function does; arguments and result are Long, Double, String, byte[] or null. */
  interface Body {
    @Nullable Object apply(Arguments arguments);
  }

  /** The values of one call. */
  record Arguments(List<@Nullable Object> values) {
    Object value(int index) {
      Object value = values.get(index);
      if (value == null) {
        throw new IllegalStateException("a function that takes no NULL was given one");
      }
      return value;
    }

    String text(int index) {
      return value(index) instanceof byte[] ? refuse() : value(index).toString();
    }

    long number(int index) {
      return value(index) instanceof Long number
          ? number
          : (long) NumberFunctions.integer(value(index), Long.SIZE, true);
    }

    private static String refuse() {
      throw new ValueException("bytes are not a text");
    }
  }

  /**
   * @param strict whether the result is NULL if an argument is
   */
  ScalarFunction(boolean strict, Body body) {
    this.strict = strict;
    this.body = body;
  }

  @Override
  protected void xFunc() throws SQLException {
    int count = args();
    List<@Nullable Object> values = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      Object value = value(i);
      if (value == null && strict) {
        result();
        return;
      }
      values.add(value);
    }
    try {
      give(body.apply(new Arguments(values)));
    } catch (ValueException | ArithmeticException | DateTimeException e) {
      error(EngineErrors.VALUE_PREFIX + e.getMessage());
    }
  }

  private @Nullable Object value(int index) throws SQLException {
    return switch (value_type(index)) {
      case 1 -> value_long(index);
      case 2 -> value_double(index);
      case 3 -> value_text(index);
      case 4 -> value_blob(index) == null ? new byte[0] : value_blob(index);
      default -> null;
    };
  }

  private void give(@Nullable Object value) throws SQLException {
    switch (value) {
      case null -> result();
      case Long number -> result((long) number);
      case Integer number -> result((int) number);
      case Boolean truth -> result(truth ? 1 : 0);
      case Double number -> result((double) number);
      case byte[] bytes -> result(bytes);
      default -> result(value.toString());
    }
  }
}

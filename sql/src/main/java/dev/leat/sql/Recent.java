package dev.leat.sql;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What was made of the texts that were asked for last, since planning asks for the same ones
 * several times. For several threads.
 */
final class Recent<T> {
  /** Longer texts come from programs, hardly twice. */
  private static final int LONGEST = 1 << 16;

  private final Map<String, T> values;

  /**
   * @param most how many are kept
   */
  Recent(int most) {
    values =
        new LinkedHashMap<>(16, 0.75f, true) {
          @Override
          protected boolean removeEldestEntry(Map.Entry<String, T> eldest) {
            return size() > most;
          }
        };
  }

  /** What was kept for that text; null if nothing. */
  synchronized @Nullable T find(String text) {
    return values.get(text);
  }

  synchronized void keep(String text, T value) {
    if (text.length() <= LONGEST) {
      values.put(text, value);
    }
  }

  /** What was kept, or else what that makes of the text, which may take long and may fail. */
  T of(String text, Function<String, T> make) {
    T found = find(text);
    if (found == null) {
      found = make.apply(text);
      keep(text, found);
    }
    return found;
  }
}

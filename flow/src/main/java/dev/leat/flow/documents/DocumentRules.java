package dev.leat.flow.documents;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Comparator;
import java.util.regex.Pattern;

/** What collections, keys and texts may be. */
final class DocumentRules {
  static final int MAX_KEY = 400;

  /** In bytes of UTF-8. */
  static final int MAX_TEXT = 64 * 1024 * 1024;

  static final Comparator<String> BY_BYTES =
      (left, right) ->
          Arrays.compareUnsigned(
              left.getBytes(StandardCharsets.UTF_8), right.getBytes(StandardCharsets.UTF_8));

  private static final Pattern COLLECTION = Pattern.compile("[a-z_]{1,60}");

  private DocumentRules() {}

  static void checkCollection(String collection) {
    if (!COLLECTION.matcher(collection).matches()) {
      throw new IllegalArgumentException("not the name of a collection: " + collection);
    }
  }

  static void checkKey(String key) {
    if (key.isEmpty() || key.length() > MAX_KEY) {
      throw new IllegalArgumentException(
          "a key has 1 to %d characters, not %d".formatted(MAX_KEY, key.length()));
    }
    checkText(key);
  }

  /** Whether UTF-8 gives back every character. */
  static void checkText(String text) {
    if (!StandardCharsets.UTF_8.newEncoder().canEncode(text)) {
      throw new IllegalArgumentException("half of a surrogate pair is no text");
    }
  }

  static void checkLimit(int limit) {
    if (limit < 0) {
      throw new IllegalArgumentException("no list has " + limit + " keys");
    }
  }
}

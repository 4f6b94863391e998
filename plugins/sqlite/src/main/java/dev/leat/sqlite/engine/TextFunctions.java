package dev.leat.sqlite.engine;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.function.IntUnaryOperator;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** The functions over texts that SQLite lacks or has for ASCII alone. */
final class TextFunctions {
  private TextFunctions() {}

  static String upper(String text) {
    return map(text, Character::toUpperCase);
  }

  static String lower(String text) {
    return map(text, Character::toLowerCase);
  }

  private static String map(String text, IntUnaryOperator mapping) {
    StringBuilder result = new StringBuilder(text.length());
    text.codePoints().map(mapping).forEach(result::appendCodePoint);
    return result.toString();
  }

  static String pad(String text, long length, String fill, boolean left) {
    long have = text.codePointCount(0, text.length());
    if (length <= have) {
      return text.substring(0, text.offsetByCodePoints(0, (int) Math.max(0, length)));
    }
    if (fill.isEmpty()) {
      return text;
    }
    if (length > 1_000_000_000) {
      throw new ValueException("a text would be too long");
    }
    int[] points = fill.codePoints().toArray();
    StringBuilder padding = new StringBuilder();
    for (int i = 0; i < length - have; i++) {
      padding.appendCodePoint(points[i % points.length]);
    }
    return left ? padding + text : text + padding;
  }

  static String part(String text, String separator, long number) {
    if (number < 1) {
      throw new ValueException("parts of a text are counted from 1");
    }
    if (separator.isEmpty()) {
      return number == 1 ? text : "";
    }
    int start = 0;
    for (long i = 1; i < number; i++) {
      int next = text.indexOf(separator, start);
      if (next < 0) {
        return "";
      }
      start = next + separator.length();
    }
    int end = text.indexOf(separator, start);
    return end < 0 ? text.substring(start) : text.substring(start, end);
  }

  static Pattern pattern(String pattern) {
    try {
      return Pattern.compile(pattern);
    } catch (PatternSyntaxException e) {
      throw new ValueException("a pattern is not a regular expression: " + e.getDescription());
    }
  }

  static String md5(String text) {
    try {
      return HexFormat.of()
          .formatHex(
              MessageDigest.getInstance("MD5").digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has MD5", e);
    }
  }
}

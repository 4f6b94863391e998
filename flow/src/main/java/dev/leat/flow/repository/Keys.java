package dev.leat.flow.repository;

import dev.leat.flow.instruction.Fingerprint;

/** Keys made of parts, so that those that begin alike stand together. */
public final class Keys {
  private static final int LONGEST_PART = 120;
  private static final int KEPT = 60;

  private Keys() {}

  /** The parts with slashes between them. */
  public static String of(String... parts) {
    StringBuilder key = new StringBuilder();
    for (String part : parts) {
      key.append(key.isEmpty() ? "" : "/").append(part(part));
    }
    return key.toString();
  }

  /** What the keys of everything below these parts begin with. */
  public static String below(String... parts) {
    return of(parts) + "/";
  }

  /** Numbers as texts in their order. */
  public static String number(long number) {
    return "%010d".formatted(number);
  }

  /** A part without a slash; one that would be too long has a hash for its end. */
  private static String part(String part) {
    String plain = part.replace("%", "%25").replace("/", "%2F");
    if (plain.length() <= LONGEST_PART) {
      return plain;
    }
    int end = Character.isHighSurrogate(plain.charAt(KEPT - 1)) ? KEPT - 1 : KEPT;
    return plain.substring(0, end) + "%" + Fingerprint.of(part).substring(0, 32);
  }
}

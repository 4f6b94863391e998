package dev.leat.spi.batch;

import org.apache.arrow.memory.ArrowBuf;

/** Hashing and comparing ranges of buffers. */
final class Bytes {
  private static final long MULTIPLIER = 0x9E3779B97F4A7C15L;

  private Bytes() {}

  static int hash(ArrowBuf buffer, long start, int length) {
    long hash = length;
    int i = 0;
    for (; i + 8 <= length; i += 8) {
      hash = (hash ^ buffer.getLong(start + i)) * MULTIPLIER;
      hash ^= hash >>> 32;
    }
    for (; i < length; i++) {
      hash = (hash ^ buffer.getByte(start + i)) * MULTIPLIER;
      hash ^= hash >>> 32;
    }
    return (int) (hash ^ hash >>> 32);
  }

  static boolean same(ArrowBuf a, long startA, ArrowBuf b, long startB, int length) {
    int i = 0;
    for (; i + 8 <= length; i += 8) {
      if (a.getLong(startA + i) != b.getLong(startB + i)) {
        return false;
      }
    }
    for (; i < length; i++) {
      if (a.getByte(startA + i) != b.getByte(startB + i)) {
        return false;
      }
    }
    return true;
  }
}

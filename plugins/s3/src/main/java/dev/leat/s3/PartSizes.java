package dev.leat.s3;

/** Sizes of parts, such that no file needs more than 10,000 of them. */
final class PartSizes {
  private static final int MOST = 10_000;
  private static final int SAME = 1_000;

  /** What an array can hold. */
  private static final int LARGEST = Integer.MAX_VALUE - 64;

  private PartSizes() {}

  /**
   * The size of a part of a file whose size is not known: doubled after each 1,000 parts, which is
   * enough for the largest object there can be.
   *
   * @param before how many parts there are before it
   */
  static int of(int first, int before) {
    return (int) Math.min((long) first << Math.min(before / SAME, 16), LARGEST);
  }

  /** The size of all parts of a file but the last one. */
  static long ofFile(int usual, long size) {
    return Math.max(usual, Math.ceilDiv(size, MOST));
  }
}

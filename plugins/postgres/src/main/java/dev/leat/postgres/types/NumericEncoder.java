package dev.leat.postgres.types;

import java.math.BigInteger;
import org.apache.arrow.memory.ArrowBuf;

/**
 * 128-bit decimals as numerics: groups of four digits, from the first that is not 0 to the last
 * (numeric.c, numeric_recv).
 */
final class NumericEncoder {
  private static final int GROUP = 4;
  private static final int BASE = 10_000;
  private static final int NEGATIVE = 0x4000;

  /** 38 digits, and three zeros to fill the last group. */
  private static final int MOST_GROUPS = 11;

  private static final int[] POWERS = {1, 10, 100, 1_000};

  private NumericEncoder() {}

  static CellEncoder of(ArrowBuf values, int scale) {
    // Digits after the point fill whole groups: 1.5 is 1 and 5000.
    int missing = (GROUP - scale % GROUP) % GROUP;
    int fractionGroups = (scale + missing) / GROUP;
    int[] groups = new int[MOST_GROUPS];
    return (row, out) -> {
      long low = values.getLong(row * 16L);
      long high = values.getLong(row * 16L + 8);
      boolean negative = high < 0;
      if (negative) {
        high = low == 0 ? -high : ~high;
        low = -low;
      }
      int count = split(low, high, POWERS[missing], groups);
      write(groups, count, fractionGroups, negative, scale, out);
    };
  }

  /** The groups of a number times a power of ten, the last one first; how many there are. */
  private static int split(long low, long high, int power, int[] groups) {
    int count = 0;
    if (high == 0 && low >= 0 && low < Long.MAX_VALUE / BASE) {
      for (long rest = low * power; rest > 0; rest /= BASE) {
        groups[count++] = (int) (rest % BASE);
      }
      return count;
    }
    BigInteger rest =
        BigInteger.valueOf(high)
            .shiftLeft(64)
            .or(new BigInteger(Long.toUnsignedString(low)))
            .multiply(BigInteger.valueOf(power));
    BigInteger base = BigInteger.valueOf(BASE);
    while (rest.signum() > 0) {
      BigInteger[] parts = rest.divideAndRemainder(base);
      groups[count++] = parts[1].intValue();
      rest = parts[0];
    }
    return count;
  }

  private static void write(
      int[] groups, int count, int fractionGroups, boolean negative, int scale, EncodedBytes out) {
    int last = 0;
    while (last < count && groups[last] == 0) {
      last++;
    }
    int sent = count - last;
    out.putInt(8 + 2 * sent);
    out.putShort(sent);
    out.putShort(sent == 0 ? 0 : count - 1 - fractionGroups);
    out.putShort(negative ? NEGATIVE : 0);
    out.putShort(scale);
    for (int i = count - 1; i >= last; i--) {
      out.putShort(groups[i]);
    }
  }
}

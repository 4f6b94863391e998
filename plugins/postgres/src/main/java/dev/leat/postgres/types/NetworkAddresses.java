package dev.leat.postgres.types;

import java.util.HexFormat;

/**
 * The network types (network.c, network_send; mac.c): addresses with the bits of their networks.
 */
final class NetworkAddresses {
  private static final int HEADER = 4;
  private static final int IPV4 = 2;
  private static final int IPV6 = 3;
  private static final int IPV4_BYTES = 4;
  private static final int IPV6_BYTES = 16;
  private static final int WORDS = 8;
  private static final int IPV4_WORD = 6;

  private NetworkAddresses() {}

  static ValueText address(ValueErrors errors) {
    return (bytes, at, length, out) -> {
      int family = length < HEADER ? 0 : bytes[at];
      int size = family == IPV4 ? IPV4_BYTES : family == IPV6 ? IPV6_BYTES : 0;
      if (size == 0 || bytes[at + 3] != size || length != HEADER + size) {
        throw errors.malformed(length + " bytes, which are no address");
      }
      int bits = bytes[at + 1] & 0xFF;
      boolean network = bytes[at + 2] != 0;
      if (family == IPV4) {
        ipv4(bytes, at + HEADER, out);
      } else {
        ipv6(bytes, at + HEADER, out);
      }
      if (network || bits != size * 8) {
        out.append('/').append(bits);
      }
    };
  }

  private static void ipv4(byte[] bytes, int at, StringBuilder out) {
    for (int i = 0; i < IPV4_BYTES; i++) {
      out.append(i == 0 ? "" : ".").append(bytes[at + i] & 0xFF);
    }
  }

  /** The longest run of zeros is left out, and addresses of IPv4 look like that. */
  private static void ipv6(byte[] bytes, int at, StringBuilder out) {
    int[] words = new int[WORDS];
    for (int i = 0; i < WORDS; i++) {
      words[i] = BinaryDecoders.shortAt(bytes, at + 2 * i) & 0xFFFF;
    }
    int start = -1;
    int longest = 1;
    for (int i = 0; i < WORDS; i++) {
      int end = i;
      while (end < WORDS && words[end] == 0) {
        end++;
      }
      if (end - i > longest) {
        longest = end - i;
        start = i;
      }
      i = Math.max(i, end - 1);
    }
    int after = start < 0 ? -1 : start + longest;
    boolean embedded =
        start == 0 && (longest == IPV4_WORD || (longest == IPV4_WORD - 1 && words[5] == 0xFFFF));
    for (int i = 0; i < WORDS; i++) {
      if (i >= start && i < after) {
        out.append(i == start ? ":" : "");
        continue;
      }
      out.append(i == 0 ? "" : ":");
      if (embedded && i == IPV4_WORD) {
        ipv4(bytes, at + 2 * IPV4_WORD, out);
        return;
      }
      out.append(Integer.toHexString(words[i]));
    }
    out.append(after == WORDS ? ":" : "");
  }

  static void mac(byte[] bytes, int at, int size, StringBuilder out) {
    out.append(HexFormat.ofDelimiter(":").formatHex(bytes, at, at + size));
  }
}

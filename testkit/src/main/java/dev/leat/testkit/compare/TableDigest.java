package dev.leat.testkit.compare;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A fingerprint of a set of rows that does not depend on their order; duplicates count.
 *
 * @param rows how many there are
 * @param sum of all rows' 64-bit hashes, modulo 2^64
 * @param xor of all rows' 64-bit hashes
 */
public record TableDigest(long rows, long sum, long xor) {
  /** The digest of no rows. */
  public static final TableDigest EMPTY = new TableDigest(0, 0, 0);

  /** Digests a query's rows; its columns count in their order, their names do not. */
  public static TableDigest of(Connection connection, String query) throws SQLException {
    RowSource source = new RowSource(connection, query);
    return of(source, source.columns(), source.kinds());
  }

  static TableDigest of(RowSource source, List<String> columns, List<ValueKind> kinds)
      throws SQLException {
    long[] state = new long[3];
    source.forEach(
        columns,
        kinds,
        row -> {
          long hash = hash(row);
          state[0]++;
          state[1] += hash;
          state[2] ^= hash;
        });
    return new TableDigest(state[0], state[1], state[2]);
  }

  /**
   * The first 64 bits of the SHA-256 of all values, each with its length, so that NULL and ""
   * differ.
   */
  static long hash(List<@Nullable String> row) {
    MessageDigest sha = sha256();
    ByteBuffer length = ByteBuffer.allocate(4);
    for (String value : row) {
      byte[] bytes = value == null ? new byte[0] : value.getBytes(StandardCharsets.UTF_8);
      sha.update(length.clear().putInt(value == null ? -1 : bytes.length).flip());
      sha.update(bytes);
    }
    return ByteBuffer.wrap(sha.digest()).getLong();
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  @Override
  public String toString() {
    return "%d rows, %016x/%016x".formatted(rows, sum, xor);
  }
}

package dev.leat.flow.check;

import dev.leat.spi.schema.TableId;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Where samples of rows that failed checks are. */
public final class FailedRows {
  /** The schema of the samples' tables. */
  public static final String SCHEMA = "_leat_failed";

  /** The longest name that PostgreSQL keeps as it is. */
  private static final int LONGEST = 63;

  private FailedRows() {}

  /** The table with the sample of a check: {@code schema__table__check}, or a shorter name. */
  public static TableId table(TableId dataset, String check) {
    String name = dataset.schema() + "__" + dataset.table() + "__" + check;
    byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
    if (bytes.length <= LONGEST) {
      return new TableId(SCHEMA, name);
    }
    String hash = HexFormat.of().formatHex(sha256(bytes), 0, 4);
    String start = name;
    while (start.getBytes(StandardCharsets.UTF_8).length > LONGEST - hash.length() - 1) {
      start = start.substring(0, start.offsetByCodePoints(start.length(), -1));
    }
    return new TableId(SCHEMA, start + "_" + hash);
  }

  /**
   * The command that shows a sample.
   *
   * @param flow what the command line calls the flow
   */
  public static String command(TableId sample, String flow) {
    return "leat sql "
        + flow
        + " 'SELECT * FROM "
        + sample.schema()
        + "."
        + PortableText.name(sample.table()).replace("'", "'\\''")
        + "'";
  }

  private static byte[] sha256(byte[] bytes) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(bytes);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}

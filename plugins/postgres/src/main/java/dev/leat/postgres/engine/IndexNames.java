package dev.leat.postgres.engine;

import dev.leat.spi.schema.TableId;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.zip.CRC32;

/** Names of indexes: the same for the same column, and no longer than PostgreSQL keeps them. */
final class IndexNames {
  private static final int LONGEST = 63;
  private static final int HASH = 8;

  private IndexNames() {}

  static String of(TableId table, String column) {
    String name = table.table() + "_" + column + "_leat_idx";
    byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
    if (bytes.length <= LONGEST) {
      return name;
    }
    CRC32 hash = new CRC32();
    hash.update(bytes);
    int end = LONGEST - HASH - 1;
    // Not in the middle of a character.
    while ((bytes[end] & 0xC0) == 0x80) {
      end--;
    }
    return new String(bytes, 0, end, StandardCharsets.UTF_8)
        + "_"
        + HexFormat.of().toHexDigits((int) hash.getValue());
  }
}

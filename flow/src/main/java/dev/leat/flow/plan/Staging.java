package dev.leat.flow.plan;

import dev.leat.spi.engine.Engine;
import dev.leat.spi.schema.TableId;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** Names of tables that nobody else looks at. */
final class Staging {
  private static final String PREFIX = "_leat_new_";

  /** What PostgreSQL keeps of a name, in bytes. */
  private static final int LONGEST = 63;

  private Staging() {}

  /** Rows of a table that are not published yet. */
  static TableId of(TableId table) {
    return new TableId(table.schema(), fitting(PREFIX + table.table()));
  }

  /** A view of a table as it will be. */
  static TableId prospect(TableId table) {
    return new TableId(Engine.STAGING, fitting(table.schema() + "__" + table.table()));
  }

  private static String fitting(String name) {
    byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
    return bytes.length <= LONGEST
        ? name
        : PREFIX + String.format(Locale.ROOT, "%08x_%d", name.hashCode(), bytes.length);
  }
}

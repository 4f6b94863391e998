package dev.leat.postgres.engine;

import dev.leat.postgres.types.StoredTypes;
import dev.leat.spi.schema.Column;
import dev.leat.spi.schema.TableId;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Names and types that PostgreSQL keeps as they are; others it would shorten without a word. */
final class Names {
  private static final int LONGEST = 63;

  private Names() {}

  static void check(TableId table, List<Column> columns) {
    check(table.schema());
    check(table.table());
    for (Column column : columns) {
      check(column.name());
      if (!StoredTypes.exists(column.type())) {
        throw EngineErrors.cannotKeep(column.name(), "PostgreSQL has no type for lists of lists");
      }
    }
  }

  private static void check(String name) {
    if (name.getBytes(StandardCharsets.UTF_8).length > LONGEST) {
      throw EngineErrors.nameTooLong(name);
    }
  }
}

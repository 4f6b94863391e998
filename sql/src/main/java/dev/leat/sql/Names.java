package dev.leat.sql;

import dev.leat.spi.schema.TableId;
import dev.leat.spi.sql.PortableSql;
import java.util.Collection;
import java.util.stream.Collectors;

/** Names in portable SQL. */
final class Names {
  private Names() {}

  static String quote(String name) {
    return PortableSql.name(name);
  }

  static String quote(TableId table) {
    return PortableSql.name(table);
  }

  static String list(Collection<String> names) {
    return names.stream().map(Names::quote).collect(Collectors.joining(", "));
  }

  /** Columns of one table. */
  static String list(String table, Collection<String> names) {
    return names.stream().map(name -> table + "." + quote(name)).collect(Collectors.joining(", "));
  }
}

package dev.leat.duckdb;

import dev.leat.spi.engine.Engine;
import dev.leat.spi.engine.EngineConnector;
import dev.leat.spi.engine.Publication;
import dev.leat.spi.plugin.DestinationConnector.Access;
import dev.leat.spi.plugin.OpenContext;
import dev.leat.spi.plugin.Option;
import dev.leat.spi.plugin.OptionType;
import dev.leat.spi.sql.Dialect;
import java.util.List;

final class DuckDbEngineConnector implements EngineConnector {
  private static final long MEMORY_LIMIT = 2_000_000_000L;

  @Override
  public List<Option> options() {
    return List.of(
        Option.required(
            "path",
            OptionType.PATH,
            "The database file; made if it does not exist. \":memory:\" keeps nothing after the run",
            "\"shop.duckdb\""),
        Option.optional(
            "memory_limit",
            OptionType.SIZE,
            "\"2 GB\"",
            "Memory that DuckDB may use for itself, by default no more than half of what there is;"
                + " beyond it, it writes to disk",
            "\"8 GB\""),
        Option.optional(
            "threads",
            OptionType.INTEGER,
            "2",
            "Threads that DuckDB may use for one statement",
            "4"));
  }

  @Override
  public Dialect dialect() {
    return new DuckDbDialect();
  }

  @Override
  public List<String> statements(Publication publication) {
    return DuckDbWrites.statements(publication);
  }

  @Override
  public Engine open(OpenContext context, Access access) {
    DuckDbDatabase database =
        DuckDbDatabase.open(
            context.options().path("path"),
            access == Access.WRITE,
            context
                .options()
                .optional("memory_limit", Long.class)
                .orElseGet(DuckDbEngineConnector::memory),
            context.options().optional("threads", Long.class).orElse(2L));
    // Rows of a table have no order, so DuckDB need not keep one while it writes them.
    database.set("preserve_insertion_order", "false");
    return new DuckDbEngine(database, access == Access.WRITE, context.name(), context.allocator());
  }

  /** Java takes a quarter of the machine's or the container's memory for itself by default. */
  private static long memory() {
    return Math.min(MEMORY_LIMIT, 2 * Runtime.getRuntime().maxMemory());
  }
}

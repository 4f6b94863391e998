package dev.leat.duckdb;

import dev.leat.spi.compare.HashRequest;
import dev.leat.spi.destination.Destination;
import dev.leat.spi.destination.TableTarget;
import dev.leat.spi.engine.EngineConnector;
import dev.leat.spi.engine.FileWriter;
import dev.leat.spi.plugin.DestinationConnector;
import dev.leat.spi.plugin.OpenContext;
import dev.leat.spi.plugin.Option;
import dev.leat.spi.plugin.OptionType;
import dev.leat.spi.plugin.Plugin;
import dev.leat.spi.schema.Column;
import dev.leat.spi.schema.LogicalType;
import java.util.List;
import java.util.Optional;

/** DuckDB: a database in one file, written by this process. */
public final class DuckDbPlugin implements Plugin {

  @Override
  public String name() {
    return "duckdb";
  }

  @Override
  public String summary() {
    return "DuckDB database file";
  }

  @Override
  public Optional<DestinationConnector> destination() {
    return Optional.of(new Connector());
  }

  @Override
  public Optional<EngineConnector> engine() {
    return Optional.of(new DuckDbEngineConnector());
  }

  @Override
  public Optional<FileWriter> fileWriter() {
    return Optional.of(new DuckDbFileWriter());
  }

  private static final class Connector implements DestinationConnector {
    @Override
    public List<Option> options() {
      return List.of(
          Option.required(
              "path",
              OptionType.PATH,
              "The database file; made if it does not exist",
              "\"shop.duckdb\""),
          Option.optional(
              "memory_limit",
              OptionType.SIZE,
              "",
              "Memory that DuckDB may use for itself; beyond it, it writes to disk. By default 512 MB"
                  + " for a replication, and 2 GB for steps",
              "\"2 GB\""),
          Option.optional(
              "threads",
              OptionType.INTEGER,
              "2",
              "Threads that DuckDB may use for one statement",
              "4"));
    }

    @Override
    public String typeName(LogicalType type) {
      return DuckDbSql.type(type);
    }

    @Override
    public List<String> statements(TableTarget target) {
      return DuckDbSql.create(target);
    }

    @Override
    public String hashQuery(TableTarget target, List<Column> columns, HashRequest request) {
      return DuckDbHashSql.query(target, columns, request);
    }

    @Override
    public Destination open(OpenContext context, Access access) {
      DuckDbDatabase database =
          DuckDbDatabase.open(
              context.options().path("path"),
              access == Access.WRITE,
              context.options().optional("memory_limit", Long.class).orElse(512_000_000L),
              context.options().optional("threads", Long.class).orElse(2L));
      return new DuckDbDestination(database, context.replication(), context.allocator());
    }
  }
}

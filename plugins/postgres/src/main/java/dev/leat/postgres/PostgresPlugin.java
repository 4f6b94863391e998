package dev.leat.postgres;

import dev.leat.postgres.engine.PostgresEngineConnector;
import dev.leat.postgres.repository.PostgresDocumentsConnector;
import dev.leat.spi.engine.EngineConnector;
import dev.leat.spi.plugin.OpenContext;
import dev.leat.spi.plugin.Option;
import dev.leat.spi.plugin.Plugin;
import dev.leat.spi.plugin.SourceConnector;
import dev.leat.spi.repository.DocumentsConnector;
import dev.leat.spi.source.Source;
import java.util.List;
import java.util.Optional;

/** PostgreSQL, 14 and later: a source, an engine, and a store of documents. */
public final class PostgresPlugin implements Plugin {
  @Override
  public String name() {
    return "postgres";
  }

  @Override
  public String summary() {
    return "PostgreSQL: copies of tables, then every change from the write-ahead log";
  }

  @Override
  public Optional<SourceConnector> source() {
    return Optional.of(
        new SourceConnector() {
          @Override
          public List<Option> options() {
            return PostgresOptions.OPTIONS;
          }

          @Override
          public Source open(OpenContext context) {
            return new PostgresSource(PostgresOptions.of(context), context.allocator());
          }
        });
  }

  @Override
  public Optional<EngineConnector> engine() {
    return Optional.of(new PostgresEngineConnector());
  }

  @Override
  public Optional<DocumentsConnector> documents() {
    return Optional.of(new PostgresDocumentsConnector());
  }
}

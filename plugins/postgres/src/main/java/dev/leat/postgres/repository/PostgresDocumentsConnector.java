package dev.leat.postgres.repository;

import dev.leat.postgres.connect.ConnectOptions;
import dev.leat.postgres.connect.SessionPool;
import dev.leat.postgres.connect.Sessions;
import dev.leat.spi.plugin.Option;
import dev.leat.spi.plugin.OptionValues;
import dev.leat.spi.repository.Documents;
import dev.leat.spi.repository.DocumentsConnector;
import java.nio.file.Path;
import java.util.List;

/** Opens the documents in a database. */
public final class PostgresDocumentsConnector implements DocumentsConnector {
  @Override
  public List<Option> options() {
    return List.of(ConnectOptions.CONNECTION, ConnectOptions.PASSWORD);
  }

  @Override
  public Documents open(Path directory, String flow, OptionValues options, boolean write) {
    ConnectOptions connect = ConnectOptions.of(options);
    PostgresDocuments documents =
        new PostgresDocuments(
            new SessionPool(new Sessions(connect.url(), connect.timeout())), flow, write);
    try {
      documents.connect();
      return documents;
    } catch (RuntimeException e) {
      documents.close();
      throw e;
    }
  }
}

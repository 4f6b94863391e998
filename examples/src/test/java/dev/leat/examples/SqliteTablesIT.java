package dev.leat.examples;

import dev.leat.library.rows.RowDestination;
import dev.leat.spi.destination.Destination;
import dev.leat.spi.destination.WriteMode;
import dev.leat.testkit.contract.DestinationContract;
import java.nio.file.Path;
import java.sql.SQLException;
import org.apache.arrow.memory.BufferAllocator;
import org.junit.jupiter.api.io.TempDir;

/** A destination of one's own passes what every destination has to. */
final class SqliteTablesIT extends DestinationContract {
  @TempDir private Path folder;

  @Override
  protected Destination open(BufferAllocator memory) {
    try {
      return new RowDestination(new SqliteTables(folder.resolve("copy.sqlite")));
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  protected boolean supports(WriteMode mode) {
    return mode == WriteMode.MIRROR;
  }
}

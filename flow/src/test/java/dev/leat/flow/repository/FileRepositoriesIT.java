package dev.leat.flow.repository;

import dev.leat.flow.documents.FileDocuments;
import dev.leat.spi.repository.Documents;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

final class FileRepositoriesIT implements RepositoriesContract {
  @TempDir private Path folder;

  @Override
  public Documents open() {
    return FileDocuments.open(folder.resolve("documents"), true);
  }
}

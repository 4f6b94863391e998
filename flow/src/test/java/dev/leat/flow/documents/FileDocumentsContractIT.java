package dev.leat.flow.documents;

import dev.leat.spi.repository.Documents;
import dev.leat.testkit.contract.DocumentsContract;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

final class FileDocumentsContractIT implements DocumentsContract {
  @TempDir private Path folder;

  @Override
  public Documents open() {
    return FileDocuments.open(folder.resolve("documents"), true);
  }
}

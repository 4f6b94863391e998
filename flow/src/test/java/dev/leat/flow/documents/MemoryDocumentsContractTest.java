package dev.leat.flow.documents;

import dev.leat.spi.repository.Documents;
import dev.leat.testkit.contract.DocumentsContract;

final class MemoryDocumentsContractTest implements DocumentsContract {
  private final Documents documents = new MemoryDocuments();

  @Override
  public Documents open() {
    return documents;
  }
}

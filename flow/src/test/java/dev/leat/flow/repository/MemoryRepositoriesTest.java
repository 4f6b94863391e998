package dev.leat.flow.repository;

import dev.leat.flow.documents.MemoryDocuments;
import dev.leat.spi.repository.Documents;

final class MemoryRepositoriesTest implements RepositoriesContract {
  private final Documents documents = new MemoryDocuments();

  @Override
  public Documents open() {
    return documents;
  }
}

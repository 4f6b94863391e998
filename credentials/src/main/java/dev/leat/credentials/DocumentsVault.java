package dev.leat.credentials;

import dev.leat.spi.repository.Documents;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A vault in a table of documents. Each state is a document of its own with the next number: only
 * one writer can make it, so that no change is lost between two. The text of those before is
 * removed, their numbers stay.
 */
final class DocumentsVault implements VaultMedium {
  private static final String COLLECTION = "credentials";

  private final String place;
  private final Function<Boolean, Documents> opener;
  private @Nullable Documents documents;
  private boolean writable;

  /**
   * @param opener opens the documents, to be changed or not
   */
  DocumentsVault(String place, Function<Boolean, Documents> opener) {
    this.place = place;
    this.opener = opener;
  }

  @Override
  public String describe() {
    return place;
  }

  @Override
  public Optional<Version> read() {
    Documents open = open(false);
    while (true) {
      List<String> newest = open.keys(COLLECTION, "", 1, true);
      if (newest.isEmpty()) {
        return Optional.empty();
      }
      Optional<String> text = open.get(COLLECTION, newest.getFirst());
      // Otherwise somebody wrote the next one meanwhile.
      if (text.isPresent() && !text.get().isEmpty()) {
        return Optional.of(new Version(newest.getFirst(), text.get()));
      }
      if (text.isPresent() && open.keys(COLLECTION, "", 1, true).equals(newest)) {
        throw VaultJson.damaged(describe(), "has lost its newest secrets", null);
      }
    }
  }

  @Override
  public boolean replace(Optional<Version> read, String text) {
    Documents open = open(true);
    long next = read.map(version -> number(version.version())).orElse(0L) + 1;
    if (!open.putNew(COLLECTION, "%010d".formatted(next), text)) {
      return false;
    }
    read.ifPresent(before -> open.put(COLLECTION, before.version(), ""));
    return true;
  }

  private long number(String version) {
    try {
      return Long.parseLong(version);
    } catch (NumberFormatException e) {
      throw VaultJson.damaged(describe(), "holds something else than secrets of Leat", e);
    }
  }

  private Documents open(boolean write) {
    Documents open = documents;
    if (open == null || (write && !writable)) {
      close();
      open = opener.apply(write);
      documents = open;
      writable = write;
    }
    return open;
  }

  @Override
  public void close() {
    Documents open = documents;
    documents = null;
    if (open != null) {
      open.close();
    }
  }
}

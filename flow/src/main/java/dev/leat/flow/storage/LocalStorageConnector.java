package dev.leat.flow.storage;

import dev.leat.spi.plugin.Option;
import dev.leat.spi.plugin.OptionValues;
import dev.leat.spi.storage.Storage;
import dev.leat.spi.storage.StorageAddress;
import dev.leat.spi.storage.StorageConnector;
import java.nio.file.Path;
import java.util.List;

/** Opens folders. */
public final class LocalStorageConnector implements StorageConnector {
  @Override
  public String scheme() {
    return StorageAddress.FILE;
  }

  @Override
  public List<Option> options() {
    return List.of();
  }

  @Override
  public Storage open(String root, OptionValues options) {
    return new LocalStorage(Path.of(root).toAbsolutePath().normalize());
  }
}

package dev.leat.flow.storage;

import dev.leat.spi.plugin.OptionValues;
import dev.leat.spi.storage.Storage;
import dev.leat.spi.storage.StorageNames;
import dev.leat.testkit.contract.StorageContract;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;

/** Folders as storages. */
final class LocalStorageContractIT implements StorageContract {
  @TempDir private Path folder;

  @Override
  public Storage open() throws IOException {
    return storage(Files.createDirectories(folder.resolve("root")));
  }

  @Override
  public Storage nowhere() {
    return storage(folder.resolve("nowhere"));
  }

  private static Storage storage(Path root) {
    return new LocalStorageConnector().open(root.toString(), new OptionValues(Map.of()));
  }

  @Override
  public List<String> leftovers(Storage storage) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      return all.map(path -> path.getFileName().toString()).filter(StorageNames::isAside).toList();
    }
  }
}

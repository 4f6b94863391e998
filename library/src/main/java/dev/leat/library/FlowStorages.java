package dev.leat.library;

import dev.leat.flow.model.StorageModel;
import dev.leat.spi.error.ErrorCategory;
import dev.leat.spi.error.ErrorCode;
import dev.leat.spi.error.LeatException;
import dev.leat.spi.plugin.OptionValues;
import dev.leat.spi.storage.Storage;
import dev.leat.spi.storage.StorageAddress;
import dev.leat.spi.storage.StorageConnector;
import dev.leat.spi.storage.Storages;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** The storages of a flow, from the plugins that are installed. */
public final class FlowStorages implements Storages, AutoCloseable {
  private static final ErrorCode NO_STORAGE =
      new ErrorCode("FLOW_NO_STORAGE", ErrorCategory.CONFIG);

  private final Path folder;
  private final List<StorageModel> models;
  private final PluginCatalog plugins;
  private final Map<StorageAddress, Storage> open = new HashMap<>();

  /**
   * @param folder the flow file's, absolute
   * @param models the flow's sections; of those whose scope has an address the longest counts
   */
  public FlowStorages(Path folder, List<StorageModel> models, PluginCatalog plugins) {
    this.folder = folder;
    this.models = List.copyOf(models);
    this.plugins = plugins;
  }

  @Override
  public StorageAddress address(String text) {
    return StorageAddress.of(text, folder);
  }

  @Override
  public StorageAddress folder(String text) {
    return StorageAddress.folder(text, folder);
  }

  @Override
  public synchronized Storage open(StorageAddress address) {
    return open.computeIfAbsent(
        new StorageAddress(address.scheme(), address.root(), ""),
        root -> connector(root).open(root.root(), options(root)));
  }

  private OptionValues options(StorageAddress address) {
    return models.stream()
        .filter(model -> model.has(address))
        .max(Comparator.comparingInt(model -> model.scope().length()))
        .map(StorageModel::options)
        .orElse(new OptionValues(Map.of()));
  }

  private StorageConnector connector(StorageAddress address) {
    return connectors()
        .filter(connector -> connector.scheme().equals(address.scheme()))
        .findFirst()
        .orElseThrow(
            () ->
                new LeatException(
                    NO_STORAGE,
                    "nothing that is installed reaches " + address.describe(),
                    "write a path, or an address that begins with one of "
                        + connectors()
                            .map(connector -> connector.scheme() + ":")
                            .collect(Collectors.joining(", "))));
  }

  private Stream<StorageConnector> connectors() {
    return StreamSupport.stream(plugins.all().spliterator(), false)
        .flatMap(plugin -> plugin.storage().stream());
  }

  @Override
  public synchronized void close() {
    List<Storage> all = List.copyOf(open.values());
    open.clear();
    all.forEach(Storage::close);
  }
}

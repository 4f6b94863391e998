package dev.leat.spi.storage;

/**
 * The storages that a flow can reach, each opened when it is first wanted and closed with all
 * others. Safe for use by several threads.
 */
public interface Storages {

  /** Reads an address that names files; paths are relative to the flow file. */
  StorageAddress address(String text);

  /** Reads an address that names a folder; paths are relative to the flow file. */
  StorageAddress folder(String text);

  /**
   * The storage at an address's root, with the options that the flow file has for it. The caller
   * does not close it.
   *
   * @throws dev.leat.spi.error.LeatException category CONFIG if nothing that is installed reaches
   *     it, or as {@link StorageConnector#open} does
   */
  Storage open(StorageAddress address);
}

package dev.leat.spi.storage;

import dev.leat.spi.plugin.Option;
import dev.leat.spi.plugin.OptionValues;
import java.net.URI;
import java.util.List;

/** Opens storages of one kind. */
public interface StorageConnector {

  /** What addresses begin with, such as {@code s3}; {@code file} for local folders. */
  String scheme();

  /** The keys that a section of the flow file may have besides the address, such as an endpoint. */
  List<Option> options();

  /**
   * Opens a root.
   *
   * @param root {@code scheme://…}; for {@code file} an absolute path
   * @param options the section's values
   */
  Storage open(URI root, OptionValues options);
}

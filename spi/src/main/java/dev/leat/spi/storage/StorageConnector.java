package dev.leat.spi.storage;

import dev.leat.spi.plugin.Option;
import dev.leat.spi.plugin.OptionValues;
import java.util.List;

/** Opens storages of one kind. */
public interface StorageConnector {

  /**
   * What addresses begin with, such as {@code s3}, and {@code type} of {@code [storage.NAME]};
   * {@code file} for local folders.
   */
  String scheme();

  /** The keys that {@code [storage.NAME]} may have, such as an endpoint; none is required. */
  List<Option> options();

  /**
   * Opens a root; whether it is there shows when it is used.
   *
   * @param root what stands after {@code scheme://}, such as {@code bucket/prefix}, without a slash
   *     at its end; an absolute path for {@code file}
   * @param options the section's values
   */
  Storage open(String root, OptionValues options);
}

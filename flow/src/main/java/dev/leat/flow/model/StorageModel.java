package dev.leat.flow.model;

import dev.leat.spi.plugin.OptionValues;
import dev.leat.spi.storage.StorageAddress;

/**
 * {@code [storage.NAME]}: how storages of a kind are reached.
 *
 * @param name of the section
 * @param scheme of the addresses that it is for
 * @param scope what their roots begin with, as {@link StorageAddress#describe()} has them; empty
 *     for all of the scheme
 * @param options the storage's
 */
public record StorageModel(String name, String scheme, String scope, OptionValues options) {

  /** Whether it is for an address. */
  public boolean has(StorageAddress address) {
    return address.scheme().equals(scheme)
        && (scope.isEmpty() || (address.describe() + "/").startsWith(scope + "/"));
  }
}

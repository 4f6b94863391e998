package dev.leat.flow.model;

import dev.leat.spi.plugin.OptionValues;

/**
 * {@code [store]}: where runs, datasets and schema histories are kept.
 *
 * @param system the plugin
 * @param options the plugin's
 */
public record StoreModel(String system, OptionValues options) {}

package dev.leat.flow.model;

import dev.leat.spi.plugin.OptionValues;

/**
 * {@code [engine.NAME]}.
 *
 * @param name what steps call it
 * @param system the plugin
 * @param options the plugin's
 */
public record EngineModel(String name, String system, OptionValues options) {}

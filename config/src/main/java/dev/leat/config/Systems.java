package dev.leat.config;

import dev.leat.spi.plugin.Option;
import java.util.List;
import java.util.Map;

/**
 * The systems that a flow file may name, with the options of each.
 *
 * @param sources by the name that stands in {@code from}
 * @param destinations by the name that stands in {@code to}
 */
public record Systems(Map<String, List<Option>> sources, Map<String, List<Option>> destinations) {}

package dev.leat.config;

import dev.leat.spi.kind.StepKind;
import dev.leat.spi.plugin.Option;
import java.util.List;
import java.util.Map;

/**
 * The systems that a flow file may name, with the options of each.
 *
 * @param sources by the name that stands in {@code from}
 * @param destinations by the name that stands in {@code to}
 * @param engines by the name that stands in {@code type} of an engine or {@code to} of a publish
 * @param storages by the name that stands in {@code type} of a storage
 * @param stores by the name that stands in {@code type} of the store
 * @param kinds by the name that steps call it by
 */
public record Systems(
    Map<String, List<Option>> sources,
    Map<String, List<Option>> destinations,
    Map<String, List<Option>> engines,
    Map<String, List<Option>> storages,
    Map<String, List<Option>> stores,
    Map<String, StepKind> kinds) {}

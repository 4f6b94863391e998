package dev.leat.spi.plugin;

import org.apache.arrow.memory.BufferAllocator;

/**
 * What a plugin is opened with.
 *
 * @param name the section's name in the flow file, such as {@code shop} of {@code [source.shop]}
 * @param replication names the replication to open for, unique per flow and source
 * @param options the section's values
 * @param allocator all column memory comes from here; closed by the runtime after the plugin's
 *     objects
 */
public record OpenContext(
    String name, String replication, OptionValues options, BufferAllocator allocator) {}

package dev.leat.spi.storage;

import java.time.Instant;

/**
 * A file as it was when it was listed.
 *
 * @param name below the storage's root, parts divided by {@code /}, without one at the beginning
 * @param size bytes
 * @param version what changes whenever the content does, as far as the storage knows: an ETag, or a
 *     time and a size
 * @param modified when its content was last written, by the storage's clock
 */
public record StoredFile(String name, long size, String version, Instant modified) {}

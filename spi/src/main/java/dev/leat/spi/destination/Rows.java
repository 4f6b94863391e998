package dev.leat.spi.destination;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A small query result for people.
 *
 * @param columns names, in order
 * @param types the destination's names of the types, in order
 * @param rows values as text, null for NULL
 */
public record Rows(List<String> columns, List<String> types, List<List<@Nullable String>> rows) {}

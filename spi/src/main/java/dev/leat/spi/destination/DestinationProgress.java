package dev.leat.spi.destination;

import dev.leat.spi.Position;
import dev.leat.spi.schema.TableId;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a destination durably holds of a replication.
 *
 * @param streamed every change before this is in; null if no change was ever committed
 * @param finishedRanges the copy ranges that are in, by source table; a table whose copy was never
 *     begun has no entry
 */
public record DestinationProgress(
    @Nullable Position streamed, Map<TableId, Set<String>> finishedRanges) {
  public static final DestinationProgress NONE = new DestinationProgress(null, Map.of());
}

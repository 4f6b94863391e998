package dev.leat.replication;

import dev.leat.spi.schema.TableId;
import java.util.List;

/**
 * How a replication ended.
 *
 * @param progress the last figures
 * @param stoppedTables tables that stand still because of an error
 */
public record ReplicationResult(ReplicationProgress progress, List<TableId> stoppedTables) {}

package dev.leat.spi.state;

import dev.leat.spi.Position;
import dev.leat.spi.source.StreamIdentity;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a replication as a whole.
 *
 * @param replication its name: flow and source
 * @param stream the change stream it follows; null if it only copies
 * @param start where the stream began
 * @param saved progress as the destination last made it durable; the destination's own record
 *     counts where it has one
 */
public record ReplicationState(
    String replication, @Nullable StreamIdentity stream, Position start, Position saved) {

  public ReplicationState withSaved(Position newSaved) {
    return new ReplicationState(replication, stream, start, newSaved);
  }
}

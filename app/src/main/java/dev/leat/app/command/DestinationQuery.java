package dev.leat.app.command;

import dev.leat.app.control.ControlClient;
import dev.leat.app.control.ProgressJson;
import dev.leat.app.control.RowsJson;
import dev.leat.library.Flow;
import dev.leat.library.FlowStore;
import dev.leat.library.OpenFlow;
import dev.leat.spi.Position;
import dev.leat.spi.destination.Destination;
import dev.leat.spi.destination.Rows;
import dev.leat.spi.plugin.DestinationConnector.Access;
import dev.leat.spi.state.LeaseHolder;
import dev.leat.spi.state.StateStore;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Queries the destination of a flow, whether it runs or not: while it does, only its process may
 * read the destination's file.
 */
final class DestinationQuery implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofMinutes(10);

  private final @Nullable ControlClient process;
  private final @Nullable OpenFlow open;
  private final @Nullable Destination destination;

  DestinationQuery(Flow flow) {
    LeaseHolder holder = holder(flow);
    if (holder != null) {
      process = new ControlClient(Path.of(holder.control()), PATIENCE);
      open = null;
      destination = null;
    } else {
      process = null;
      open = new OpenFlow(flow);
      try {
        destination = open.destination(Access.READ);
      } catch (RuntimeException e) {
        open.close();
        throw e;
      }
    }
  }

  private static @Nullable LeaseHolder holder(Flow flow) {
    if (!FlowStore.exists(flow)) {
      return null;
    }
    try (StateStore store = FlowStore.open(flow, false)) {
      return store.holder(flow.name()).orElse(null);
    }
  }

  Rows query(String sql, int limit) {
    if (process != null) {
      return RowsJson.read(process.ask(Map.of("op", "query", "sql", sql, "limit", limit)));
    }
    return RunningFlow.query(java.util.Objects.requireNonNull(destination), sql, limit);
  }

  /** How far the process that runs the flow has come; empty if none does. */
  Optional<Position> durable() {
    return process == null
        ? Optional.empty()
        : Optional.of(ProgressJson.read(process.ask(Map.of("op", "status"))).durable());
  }

  @Override
  public void close() {
    if (open != null) {
      open.close();
    }
  }
}

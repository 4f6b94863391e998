package dev.leat.app.command;

import dev.leat.app.control.ControlClient;
import dev.leat.app.control.ProgressJson;
import dev.leat.library.Flow;
import dev.leat.library.FlowStore;
import dev.leat.library.OpenFlow;
import dev.leat.replication.ReplicationProgress;
import dev.leat.spi.error.LeatException;
import dev.leat.spi.source.StreamIdentity;
import dev.leat.spi.source.StreamLag;
import dev.leat.spi.state.Activity;
import dev.leat.spi.state.LeaseHolder;
import dev.leat.spi.state.ReplicationState;
import dev.leat.spi.state.StateStore;
import dev.leat.spi.state.TableState;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * All that is known of a flow from outside the process that runs it.
 *
 * @param flow which
 * @param store where its state is; empty if it never ran
 * @param state what was saved; null if it never ran
 * @param tables as saved
 * @param activity what the last process said last
 * @param holder who runs it
 * @param live what that process says now
 * @param lag what the source says now
 */
record FlowStatus(
    Flow flow,
    String store,
    @Nullable ReplicationState state,
    List<TableState> tables,
    @Nullable Activity activity,
    @Nullable LeaseHolder holder,
    @Nullable ReplicationProgress live,
    @Nullable StreamLag lag) {
  private static final Duration PATIENCE = Duration.ofSeconds(2);

  static FlowStatus of(Flow flow) {
    if (!FlowStore.exists(flow)) {
      return new FlowStatus(flow, "", null, List.of(), null, null, null, null);
    }
    try (StateStore store = FlowStore.open(flow, false)) {
      String name = flow.settings().name();
      ReplicationState state = store.replication(name).orElse(null);
      LeaseHolder holder = store.holder(flow.name()).orElse(null);
      StreamIdentity stream = state == null ? null : state.stream();
      return new FlowStatus(
          flow,
          store.describe(),
          state,
          store.tables(name),
          store.activity(name).orElse(null),
          holder,
          holder == null ? null : ask(holder),
          stream == null ? null : lag(flow, stream));
    }
  }

  private static @Nullable ReplicationProgress ask(LeaseHolder holder) {
    if (holder.control().isEmpty()) {
      return null;
    }
    try {
      return ProgressJson.read(
          new ControlClient(Path.of(holder.control()), PATIENCE).ask(Map.of("op", "status")));
    } catch (LeatException e) {
      // The store says enough.
      return null;
    }
  }

  private static @Nullable StreamLag lag(Flow flow, StreamIdentity stream) {
    CompletableFuture<StreamLag> asked = new CompletableFuture<>();
    Thread.ofPlatform()
        .name("leat-lag")
        .daemon()
        .start(
            () -> {
              try (OpenFlow open = new OpenFlow(flow)) {
                asked.complete(open.source().lag(stream));
              } catch (RuntimeException e) {
                asked.completeExceptionally(e);
              }
            });
    try {
      return asked.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException | TimeoutException e) {
      // Not reachable now: status works without the source.
      return null;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return null;
    }
  }
}

package dev.leat.app.command;

import dev.leat.app.control.ControlPath;
import dev.leat.app.control.ControlServer;
import dev.leat.app.output.ProgressDisplay;
import dev.leat.app.output.Terminal;
import dev.leat.library.Flow;
import dev.leat.library.FlowStore;
import dev.leat.library.OpenFlow;
import dev.leat.replication.Replication;
import dev.leat.replication.ReplicationResult;
import dev.leat.spi.destination.Destination;
import dev.leat.spi.plugin.DestinationConnector.Access;
import dev.leat.spi.source.Source;
import dev.leat.spi.state.Lease;
import dev.leat.spi.state.LeaseHolder;
import dev.leat.spi.state.StateStore;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** One run of a flow, from opening to closing all its parts. */
final class FlowRun {
  private final Flow flow;
  private final Terminal terminal;
  private final AtomicBoolean interrupted = new AtomicBoolean();
  private volatile @Nullable Replication replication;

  FlowRun(Flow flow, Terminal terminal) {
    this.flow = flow;
    this.terminal = terminal;
  }

  /**
   * @param result figures
   * @param source for people
   * @param destination for people
   * @param time from opening to the end
   */
  record Outcome(ReplicationResult result, String source, String destination, Duration time) {}

  /** Notes that the run is to end; whether that was known already. */
  boolean interrupted() {
    return interrupted.getAndSet(true);
  }

  void stop() {
    Replication running = replication;
    if (running != null) {
      running.stop();
    }
  }

  /** Returns when the work is done or {@link #stop} was called. */
  Outcome run(boolean untilCaughtUp) {
    Instant start = Instant.now();
    try (OpenFlow open = new OpenFlow(flow)) {
      Source source = open.source();
      if (!FlowStore.exists(flow)) {
        // Before anything is made: what cannot begin leaves nothing behind.
        new FlowCheck(flow).run(source).requireNoErrors();
      }
      StateStore store = open.opened(FlowStore.open(flow, true));
      Path socket = control(flow.stateFolder(), flow.name());
      Lease lease = open.opened(store.acquire(flow.name(), holder(socket)));
      Destination destination = open.destination(Access.WRITE);
      Replication work =
          new Replication(
              flow.settings().withUntilCaughtUp(untilCaughtUp),
              source,
              destination,
              store,
              lease,
              open.allocator());
      replication = work;
      if (interrupted.get()) {
        work.stop();
      }
      var requests = new RunningFlow(work, destination);
      ReplicationResult result;
      try (ControlServer _ = ControlServer.start(socket, requests);
          ProgressDisplay _ = new ProgressDisplay(terminal, work::progress)) {
        result = work.run();
      }
      return new Outcome(
          result,
          source.describe(),
          destination.describe(),
          Duration.between(start, Instant.now()));
    }
  }

  static LeaseHolder holder(Path socket) {
    String host;
    try {
      host = InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      // Only shown to people.
      host = "localhost";
    }
    return new LeaseHolder(host, ProcessHandle.current().pid(), Instant.now(), socket.toString());
  }

  /** Where others ask the process that runs a flow. */
  static Path control(Path stateFolder, String flow) {
    return ControlPath.of(
        stateFolder, flow, Path.of(System.getProperty("java.io.tmpdir")).toAbsolutePath());
  }
}

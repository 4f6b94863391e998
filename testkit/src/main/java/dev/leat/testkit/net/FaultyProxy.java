package dev.leat.testkit.net;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * A TCP proxy on 127.0.0.1 that stands between a client and a server and fails when it is told to.
 *
 * <p>Faults hold for connections that are open and those to come, add up (a delay and a throttle),
 * and end with {@link #pass}. All methods may be called from any thread and take effect at once,
 * also on bytes that are under way.
 */
public final class FaultyProxy implements AutoCloseable {
  private static final Duration CONNECT_LIMIT = Duration.ofSeconds(10);

  private final InetSocketAddress target;
  private final Line toServer = new Line();
  private final Line toClient = new Line();
  private final Set<ProxiedConnection> open = ConcurrentHashMap.newKeySet();
  private final AtomicLong accepted = new AtomicLong();
  private final int port;
  private @Nullable Listener listener;
  private boolean closed;

  private FaultyProxy(InetSocketAddress target) {
    this.target = target;
    Listener first = Listener.on(0, this::accept);
    this.listener = first;
    this.port = first.port();
  }

  /** Listens on a free port and passes everything on to this server. */
  public static FaultyProxy to(String host, int port) {
    return new FaultyProxy(new InetSocketAddress(host, port));
  }

  /** The port on 127.0.0.1 to connect to; it never changes. */
  public int port() {
    return port;
  }

  /**
   * Ends every fault. Connections that lost bytes while {@link #swallow} held are cut, since what
   * follows would make no sense to the other side.
   */
  public synchronized FaultyProxy pass() {
    toServer.reset();
    toClient.reset();
    open.stream().filter(ProxiedConnection::broken).forEach(ProxiedConnection::cut);
    if (listener == null && !closed) {
      listener = Listener.on(port, this::accept);
    }
    return this;
  }

  /** Resets the connections that are open now; new ones pass. */
  public FaultyProxy cut() {
    List.copyOf(open).forEach(ProxiedConnection::cut);
    return this;
  }

  /** Resets all connections after exactly this many more bytes in one direction, once. */
  public FaultyProxy cutAfter(Direction direction, long bytes) {
    if (bytes < 1) {
      throw new IllegalArgumentException("bytes until the cut: " + bytes);
    }
    line(direction).cutAfter(bytes);
    return this;
  }

  /** Lets every byte arrive this much later in each direction, without making the line narrower. */
  public FaultyProxy delay(Duration each) {
    toServer.delay(each);
    toClient.delay(each);
    return this;
  }

  /** Lets at most this many bytes a second through, for each connection and direction. */
  public FaultyProxy throttle(long bytesPerSecond) {
    if (bytesPerSecond < 1) {
      throw new IllegalArgumentException("bytes per second: " + bytesPerSecond);
    }
    toServer.throttle(bytesPerSecond);
    toClient.throttle(bytesPerSecond);
    return this;
  }

  /**
   * Holds everything, the end of connections included, until {@link #pass}; nothing is lost,
   * buffers fill up.
   */
  public FaultyProxy freeze() {
    toServer.freeze();
    toClient.freeze();
    return this;
  }

  /**
   * Makes connections half-open: they stay, take bytes, and nothing arrives in either direction,
   * not even the end of a connection.
   */
  public FaultyProxy swallow() {
    toServer.swallow();
    toClient.swallow();
    return this;
  }

  /** As {@link #swallow()} in one direction: an answer that is lost, for example. */
  public FaultyProxy swallow(Direction direction) {
    line(direction).swallow();
    return this;
  }

  /** Refuses new connections ("connection refused") until {@link #pass}; open ones stay. */
  public synchronized FaultyProxy refuse() {
    Listener old = listener;
    listener = null;
    if (old != null) {
      old.close();
    }
    return this;
  }

  /** Bytes that were passed on in one direction since the start; swallowed ones do not count. */
  public long bytes(Direction direction) {
    return line(direction).bytes();
  }

  /** Connections accepted since the start. */
  public long connectionsAccepted() {
    return accepted.get();
  }

  /** Connections open now. */
  public int connectionsOpen() {
    return open.size();
  }

  /** Stops listening and resets every connection. */
  @Override
  public synchronized void close() {
    closed = true;
    refuse();
    cut();
    // Whoever waits for the end of a freeze finds its connection gone.
    toServer.reset();
    toClient.reset();
  }

  private Line line(Direction direction) {
    return switch (direction) {
      case TO_SERVER -> toServer;
      case TO_CLIENT -> toClient;
    };
  }

  private void accept(Socket client) {
    accepted.incrementAndGet();
    Thread.ofVirtual().name("proxy-connect").start(() -> connect(client));
  }

  private void connect(Socket client) {
    Socket server = new Socket();
    ProxiedConnection connection = new ProxiedConnection(client, server, this::cut, open::remove);
    open.add(connection);
    try {
      client.setTcpNoDelay(true);
      server.setTcpNoDelay(true);
      server.connect(target, (int) CONNECT_LIMIT.toMillis());
      connection.start(toServer, toClient);
    } catch (IOException e) {
      connection.cut();
    }
  }
}

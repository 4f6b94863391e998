package dev.leat.postgres.connect;

import java.net.Socket;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Keeps hold of the socket over which pgjdbc logs in, so that {@link WireConnection} can go on with
 * it.
 *
 * <p>pgjdbc makes its socket factories by reflection and hands them only texts; the token is how
 * the factories find the capture that they work for.
 */
final class SocketCapture implements AutoCloseable {
  private static final Map<String, SocketCapture> OPEN = new ConcurrentHashMap<>();

  private final String token = UUID.randomUUID().toString();
  private volatile @Nullable Socket socket;

  SocketCapture() {
    OPEN.put(token, this);
  }

  static SocketCapture of(String token) {
    SocketCapture capture = OPEN.get(token);
    if (capture == null) {
      throw new IllegalStateException("this socket factory is of no use after its connection");
    }
    return capture;
  }

  String token() {
    return token;
  }

  /** The last one counts: pgjdbc tries hosts in turn, and with and without TLS. */
  void captured(Socket made) {
    socket = made;
  }

  Socket socket() {
    Socket last = socket;
    if (last == null) {
      throw new IllegalStateException("no socket was made");
    }
    return last;
  }

  @Override
  public void close() {
    OPEN.remove(token);
  }
}

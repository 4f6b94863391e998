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
  private volatile @Nullable BufferedSocket plain;

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
  void captured(BufferedSocket made) {
    plain = made;
    socket = made;
  }

  /** The socket captured before was given TLS. */
  void secured(Socket made) {
    socket = made;
  }

  /** What to read and write. */
  Socket socket() {
    return made(socket);
  }

  /** The socket under TLS; without TLS the same as {@link #socket()}. */
  BufferedSocket plain() {
    return made(plain);
  }

  private static <T> T made(@Nullable T captured) {
    if (captured == null) {
      throw new IllegalStateException("no socket was made");
    }
    return captured;
  }

  @Override
  public void close() {
    OPEN.remove(token);
  }
}

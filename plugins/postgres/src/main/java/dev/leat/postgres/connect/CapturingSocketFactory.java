package dev.leat.postgres.connect;

import java.net.InetAddress;
import java.net.Socket;
import javax.net.SocketFactory;

/** Makes plain sockets for pgjdbc and remembers them; made by pgjdbc from its class name. */
public final class CapturingSocketFactory extends SocketFactory {
  private final SocketCapture capture;

  public CapturingSocketFactory(String token) {
    this.capture = SocketCapture.of(token);
  }

  @Override
  public Socket createSocket() {
    BufferedSocket socket = new BufferedSocket();
    capture.captured(socket);
    return socket;
  }

  @Override
  public Socket createSocket(String host, int port) {
    throw unused();
  }

  @Override
  public Socket createSocket(String host, int port, InetAddress local, int localPort) {
    throw unused();
  }

  @Override
  public Socket createSocket(InetAddress host, int port) {
    throw unused();
  }

  @Override
  public Socket createSocket(InetAddress host, int port, InetAddress local, int localPort) {
    throw unused();
  }

  private static UnsupportedOperationException unused() {
    return new UnsupportedOperationException("pgjdbc connects its sockets itself");
  }
}

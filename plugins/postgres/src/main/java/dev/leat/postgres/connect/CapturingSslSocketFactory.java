package dev.leat.postgres.connect;

import java.io.IOException;
import java.net.Socket;
import java.util.Properties;
import org.postgresql.PGProperty;
import org.postgresql.ssl.LibPQFactory;
import org.postgresql.util.PSQLException;

/**
 * TLS as pgjdbc does it by default, for all values of sslmode, remembering the socket; made by
 * pgjdbc from its class name.
 */
public final class CapturingSslSocketFactory extends LibPQFactory {
  private final SocketCapture capture;

  public CapturingSslSocketFactory(Properties info) throws PSQLException {
    super(info);
    String token = PGProperty.SOCKET_FACTORY_ARG.getOrDefault(info);
    if (token == null) {
      throw new IllegalArgumentException("no capture was named");
    }
    this.capture = SocketCapture.of(token);
  }

  @Override
  public Socket createSocket(Socket plain, String host, int port, boolean autoClose)
      throws IOException {
    Socket socket = super.createSocket(plain, host, port, autoClose);
    capture.secured(socket);
    return socket;
  }
}

package dev.leat.testkit.net;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.util.function.Consumer;

/** Accepts connections until it is closed. */
final class Listener {
  private final ServerSocket socket;
  private final Thread acceptor;

  private Listener(ServerSocket socket, Consumer<Socket> onAccept) {
    this.socket = socket;
    this.acceptor = Thread.ofVirtual().name("proxy-accept").start(() -> accept(socket, onAccept));
  }

  /** Listens on a port of 127.0.0.1, or a free one for 0. */
  static Listener on(int port, Consumer<Socket> onAccept) {
    try {
      ServerSocket socket = new ServerSocket();
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
      return new Listener(socket, onAccept);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  int port() {
    return socket.getLocalPort();
  }

  /** Returns once nobody can connect any more. */
  void close() {
    try {
      socket.close();
      // The thread that waits in accept holds the descriptor until it wakes up.
      acceptor.join();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void accept(ServerSocket socket, Consumer<Socket> onAccept) {
    while (!socket.isClosed()) {
      try {
        onAccept.accept(socket.accept());
      } catch (SocketException e) {
        if (!socket.isClosed()) {
          throw new UncheckedIOException(e);
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}

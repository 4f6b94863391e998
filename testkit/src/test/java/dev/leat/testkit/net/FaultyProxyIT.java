package dev.leat.testkit.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class FaultyProxyIT {
  private ServerSocket echo;
  private FaultyProxy proxy;

  @BeforeEach
  void startEchoServer() throws IOException {
    echo = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    Thread.ofVirtual().start(this::serve);
    proxy = FaultyProxy.to("127.0.0.1", echo.getLocalPort());
  }

  @AfterEach
  void stop() throws IOException {
    proxy.close();
    echo.close();
  }

  @Test
  void passesBytesAndTheEndInBothDirections() throws IOException {
    try (Socket socket = connect()) {
      byte[] sent = new byte[3_000_000];
      new java.util.Random(1).nextBytes(sent);
      Thread writer = Thread.ofVirtual().start(() -> writeAndEnd(socket, sent));
      assertThat(socket.getInputStream().readAllBytes()).isEqualTo(sent);
      assertThat(proxy.bytes(Direction.TO_SERVER)).isEqualTo(sent.length);
      assertThat(proxy.bytes(Direction.TO_CLIENT)).isEqualTo(sent.length);
      await().until(() -> !writer.isAlive() && proxy.connectionsOpen() == 0);
    }
  }

  @Test
  void cutsOpenConnectionsAndPassesNewOnes() throws IOException {
    try (Socket first = connect()) {
      assertThat(echo(first, 'a')).isEqualTo('a');
      proxy.cut();
      assertThatThrownBy(() -> echo(first, 'b')).isInstanceOf(SocketException.class);
    }
    try (Socket second = connect()) {
      assertThat(echo(second, 'c')).isEqualTo('c');
    }
    assertThat(proxy.connectionsAccepted()).isEqualTo(2);
  }

  @Test
  void cutsAfterExactlySoManyBytes() throws IOException {
    proxy.cutAfter(Direction.TO_SERVER, 5);
    try (Socket socket = connect()) {
      socket
          .getOutputStream()
          .write("hello world".getBytes(java.nio.charset.StandardCharsets.UTF_8));
      assertThatThrownBy(() -> socket.getInputStream().readAllBytes())
          .isInstanceOf(SocketException.class);
      assertThat(proxy.bytes(Direction.TO_SERVER)).isEqualTo(5);
    }
    try (Socket socket = connect()) {
      assertThat(echo(socket, 'x')).isEqualTo('x');
    }
  }

  @Test
  void refusesNewConnectionsAndKeepsOpenOnes() throws IOException {
    try (Socket open = connect()) {
      assertThat(echo(open, 'a')).isEqualTo('a');
      proxy.refuse();
      assertThatThrownBy(this::connect).isInstanceOf(ConnectException.class);
      assertThat(echo(open, 'b')).isEqualTo('b');
      proxy.pass();
      try (Socket again = connect()) {
        assertThat(echo(again, 'c')).isEqualTo('c');
      }
    }
  }

  @Test
  void swallowsSilentlyAndCutsWhatLostBytesAfterwards() throws IOException {
    try (Socket socket = connect()) {
      assertThat(echo(socket, 'a')).isEqualTo('a');
      proxy.swallow();
      socket.setSoTimeout(200);
      assertThatThrownBy(() -> echo(socket, 'b')).isInstanceOf(SocketTimeoutException.class);
      assertThat(proxy.connectionsOpen()).isEqualTo(1);
      proxy.pass();
      assertThatThrownBy(() -> echo(socket, 'c')).isInstanceOf(SocketException.class);
    }
  }

  @Test
  void swallowsTheAnswerAlone() throws IOException {
    proxy.swallow(Direction.TO_CLIENT);
    try (Socket socket = connect()) {
      socket.getOutputStream().write('a');
      await().until(() -> proxy.bytes(Direction.TO_SERVER) == 1);
      socket.setSoTimeout(200);
      assertThatThrownBy(() -> socket.getInputStream().read())
          .isInstanceOf(SocketTimeoutException.class);
      assertThat(proxy.bytes(Direction.TO_CLIENT)).isZero();
    }
  }

  @Test
  void holdsBytesAndTheEndWhileFrozenWithoutLosingAny() throws IOException {
    try (Socket socket = connect()) {
      assertThat(echo(socket, 'a')).isEqualTo('a');
      proxy.freeze();
      socket.setSoTimeout(200);
      assertThatThrownBy(() -> echo(socket, 'b')).isInstanceOf(SocketTimeoutException.class);
      socket.shutdownOutput();
      proxy.pass();
      socket.setSoTimeout(10_000);
      assertThat(socket.getInputStream().readAllBytes()).containsExactly('b');
    }
  }

  @Test
  void delaysEachDirection() throws IOException {
    proxy.delay(Duration.ofMillis(100));
    try (Socket socket = connect()) {
      long start = System.nanoTime();
      assertThat(echo(socket, 'a')).isEqualTo('a');
      assertThat(Duration.ofNanos(System.nanoTime() - start))
          .isGreaterThanOrEqualTo(Duration.ofMillis(200));
    }
  }

  @Test
  void throttles() throws IOException {
    proxy.throttle(100_000);
    try (Socket socket = connect()) {
      long start = System.nanoTime();
      writeAndEnd(socket, new byte[30_000]);
      assertThat(socket.getInputStream().readAllBytes()).hasSize(30_000);
      assertThat(Duration.ofNanos(System.nanoTime() - start))
          .isGreaterThanOrEqualTo(Duration.ofMillis(250));
    }
  }

  @Test
  void passesAResetOfTheServer() throws IOException {
    try (Socket socket = connect()) {
      assertThat(echo(socket, 'a')).isEqualTo('a');
      // The echo server resets a connection on this byte.
      assertThatThrownBy(() -> echo(socket, '!')).isInstanceOf(SocketException.class);
      await().until(() -> proxy.connectionsOpen() == 0);
    }
  }

  private Socket connect() throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), proxy.port());
    socket.setSoTimeout(10_000);
    return socket;
  }

  private static int echo(Socket socket, int value) throws IOException {
    socket.getOutputStream().write(value);
    int answer = socket.getInputStream().read();
    if (answer < 0) {
      throw new IOException("the connection ended");
    }
    return answer;
  }

  private static void writeAndEnd(Socket socket, byte[] bytes) {
    try {
      socket.getOutputStream().write(bytes);
      socket.shutdownOutput();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private void serve() {
    while (true) {
      try {
        Socket socket = echo.accept();
        Thread.ofVirtual().start(() -> serve(socket));
      } catch (IOException e) {
        return;
      }
    }
  }

  private static void serve(Socket socket) {
    byte[] buffer = new byte[8192];
    try (socket) {
      for (int n = socket.getInputStream().read(buffer);
          n >= 0;
          n = socket.getInputStream().read(buffer)) {
        if (n == 1 && buffer[0] == '!') {
          socket.setSoLinger(true, 0);
          return;
        }
        socket.getOutputStream().write(buffer, 0, n);
      }
    } catch (IOException e) {
      assertThat(e).isInstanceOf(SocketException.class);
    }
  }
}

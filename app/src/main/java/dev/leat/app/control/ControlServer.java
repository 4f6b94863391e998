package dev.leat.app.control;

import com.fasterxml.jackson.databind.JsonNode;
import dev.leat.app.output.Json;
import dev.leat.spi.error.LeatException;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Semaphore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Listens on a Unix domain socket that only this user may open. One request per connection: a line
 * of JSON with {@code "op"}, answered by a line of JSON with {@code "ok"}.
 */
public final class ControlServer implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(ControlServer.class);
  static final int LARGEST_REQUEST = 4 << 20;
  private static final int AT_ONCE = 8;
  private static final Duration READING_LIMIT = Duration.ofSeconds(10);
  private static final Duration ANSWERING_LIMIT = Duration.ofMinutes(10);

  private final Path path;
  private final ServerSocketChannel server;
  private final ControlHandler handler;
  private final Semaphore slots = new Semaphore(AT_ONCE);

  private ControlServer(Path path, ServerSocketChannel server, ControlHandler handler) {
    this.path = path;
    this.server = server;
    this.handler = handler;
  }

  /**
   * Begins to listen. A socket file that is there is taken to be left behind: the caller has the
   * flow's lease.
   */
  public static ControlServer start(Path path, ControlHandler handler) {
    try {
      makeFolder(path);
      ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
      try {
        // Under another name until nobody else may open it.
        Path made = ControlPath.whileMade(path);
        Files.deleteIfExists(made);
        server.bind(UnixDomainSocketAddress.of(made));
        Files.setPosixFilePermissions(made, PosixFilePermissions.fromString("rw-------"));
        Files.move(made, path, StandardCopyOption.ATOMIC_MOVE);
      } catch (IOException e) {
        server.close();
        throw e;
      }
      ControlServer result = new ControlServer(path, server, handler);
      Thread.ofPlatform().name("leat-control").daemon().start(result::acceptAll);
      return result;
    } catch (IOException | UnsupportedOperationException e) {
      throw ControlErrors.noSocket(path.toString(), e);
    }
  }

  private static void makeFolder(Path path) throws IOException {
    Path folder = path.toAbsolutePath().getParent();
    if (folder != null && !Files.isDirectory(folder)) {
      Files.createDirectories(
          folder,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    }
  }

  private void acceptAll() {
    while (server.isOpen()) {
      try {
        slots.acquire();
        SocketChannel channel = server.accept();
        Thread.ofVirtual().name("leat-control-request").start(() -> serve(channel));
      } catch (ClosedChannelException | InterruptedException e) {
        return;
      } catch (IOException e) {
        slots.release();
        log.warn("control={} cannot accept: {}", path, e.getMessage());
      }
    }
  }

  private void serve(SocketChannel channel) {
    try (channel;
        Deadline _ = new Deadline(channel, ANSWERING_LIMIT)) {
      Map<String, Object> answer;
      try {
        answer = new LinkedHashMap<>();
        answer.put("ok", true);
        answer.putAll(answerTo(request(channel)));
      } catch (LeatException e) {
        answer = failure(e);
      }
      Lines.write(channel, Json.write(answer));
    } catch (IOException e) {
      log.debug("control={} a request ended early", path, e);
    } finally {
      slots.release();
    }
  }

  private static String request(SocketChannel channel) throws IOException {
    try (Deadline _ = new Deadline(channel, READING_LIMIT)) {
      return Lines.read(channel, LARGEST_REQUEST);
    }
  }

  private Map<String, Object> answerTo(String line) {
    JsonNode request;
    try {
      request = Json.read(line);
    } catch (IllegalArgumentException e) {
      throw ControlErrors.badRequest(String.valueOf(e.getMessage()));
    }
    String operation = request.path("op").asText("");
    if (operation.isEmpty()) {
      throw ControlErrors.badRequest("there is no \"op\"");
    }
    return handler.answer(operation, request);
  }

  private static Map<String, Object> failure(LeatException e) {
    Map<String, Object> answer = new LinkedHashMap<>();
    answer.put("ok", false);
    answer.put("code", e.code().name());
    answer.put("category", e.category().name());
    answer.put("message", e.message());
    answer.put("fix", e.fix());
    return answer;
  }

  @Override
  public void close() {
    try {
      server.close();
      Files.deleteIfExists(path);
    } catch (IOException e) {
      log.warn("control={} cannot be removed: {}", path, e.getMessage());
    }
  }
}

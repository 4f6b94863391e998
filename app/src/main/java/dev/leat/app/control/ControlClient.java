package dev.leat.app.control;

import com.fasterxml.jackson.databind.JsonNode;
import dev.leat.app.output.Json;
import dev.leat.spi.error.ErrorCategory;
import dev.leat.spi.error.ErrorCode;
import dev.leat.spi.error.LeatException;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/** Asks a running flow. */
public final class ControlClient {
  private static final int LARGEST_ANSWER = 256 << 20;

  private final Path path;
  private final Duration limit;

  /**
   * A client of one socket.
   *
   * @param limit for a whole request and its answer
   */
  public ControlClient(Path path, Duration limit) {
    this.path = path;
    this.limit = limit;
  }

  /**
   * One request; the answer is known to be a success.
   *
   * @throws LeatException what the other process says, or {@code CONTROL_UNREACHABLE}
   */
  public JsonNode ask(Map<String, Object> request) {
    JsonNode answer;
    try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX);
        Deadline _ = new Deadline(channel, limit)) {
      channel.connect(UnixDomainSocketAddress.of(path));
      Lines.write(channel, Json.write(request));
      answer = Json.read(Lines.read(channel, LARGEST_ANSWER));
    } catch (IOException | IllegalArgumentException e) {
      throw ControlErrors.unreachable(path.toString(), e);
    }
    if (!answer.path("ok").asBoolean(false)) {
      throw new LeatException(
          new ErrorCode(
              answer.path("code").asText("INTERNAL"),
              ErrorCategory.valueOf(answer.path("category").asText("INTERNAL"))),
          answer.path("message").asText("no reason given"),
          answer.path("fix").asText(""));
    }
    return answer;
  }

  /** Whether an error of {@link #ask} means that nobody answered. */
  public static boolean isUnreachable(LeatException e) {
    return e.code().equals(ControlErrors.UNREACHABLE);
  }
}

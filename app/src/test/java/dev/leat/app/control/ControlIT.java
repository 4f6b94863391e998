package dev.leat.app.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.leat.spi.error.ErrorCategory;
import dev.leat.spi.error.ErrorCode;
import dev.leat.spi.error.LeatException;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Client and server over a real socket. */
final class ControlIT {
  private static final ControlHandler ECHO =
      (operation, request) -> Map.of("said", operation + request.path("x").asInt());

  @TempDir private Path folder;

  @Test
  void answers() throws IOException {
    Path path = folder.resolve("state").resolve("flow.sock");
    try (ControlServer _ = ControlServer.start(path, ECHO)) {
      assertThat(client(path).ask(Map.of("op", "echo", "x", 7)).path("said").asText())
          .isEqualTo("echo7");
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path)))
          .isEqualTo("rw-------");
    }
    assertThat(path).doesNotExist();
  }

  @Test
  void handsOnErrors() {
    Path path = folder.resolve("flow.sock");
    ControlHandler failing =
        (_, _) -> {
          throw new LeatException(
              new ErrorCode("NO_SUCH", ErrorCategory.CONFIG), "there is none", "look again");
        };
    try (ControlServer _ = ControlServer.start(path, failing)) {
      assertThatThrownBy(() -> client(path).ask(Map.of("op", "x")))
          .isInstanceOfSatisfying(
              LeatException.class,
              e -> {
                assertThat(e.code().name()).isEqualTo("NO_SUCH");
                assertThat(e.message()).isEqualTo("there is none");
                assertThat(e.fix()).isEqualTo("look again");
              });
    }
  }

  @Test
  void refusesWhatIsNoRequest() throws IOException {
    Path path = folder.resolve("flow.sock");
    try (ControlServer _ = ControlServer.start(path, ECHO)) {
      assertThat(raw(path, "no json\n")).contains("CONTROL_BAD_REQUEST");
      assertThat(raw(path, "{}\n")).contains("CONTROL_BAD_REQUEST");
      assertThat(raw(path, "x".repeat(ControlServer.LARGEST_REQUEST + 1)))
          .contains("longer than 4194304 bytes");
      assertThat(client(path).ask(Map.of("op", "ok")).path("said").asText()).isEqualTo("ok0");
    }
  }

  @Test
  void replacesASocketLeftBehind() throws IOException {
    Path path = Files.createFile(folder.resolve("flow.sock"));
    try (ControlServer _ = ControlServer.start(path, ECHO)) {
      assertThat(client(path).ask(Map.of("op", "hello")).path("ok").asBoolean()).isTrue();
    }
  }

  @Test
  void saysThatNobodyAnswers() {
    assertThatThrownBy(() -> client(folder.resolve("none.sock")).ask(Map.of("op", "x")))
        .isInstanceOfSatisfying(
            LeatException.class, e -> assertThat(ControlClient.isUnreachable(e)).isTrue());
  }

  @Test
  void movesToTheTemporaryFolderWhereThePathIsTooLong() {
    Path deep = folder.resolve("d".repeat(90));
    assertThat(ControlPath.of(folder, "flow", Path.of("/tmp")))
        .isEqualTo(folder.resolve("flow.sock"));
    Path other = ControlPath.of(deep, "flow", Path.of("/tmp"));
    assertThat(other.toString()).startsWith("/tmp/leat-");
    assertThat(other).isEqualTo(ControlPath.of(deep, "flow", Path.of("/tmp")));
    assertThat(other.toString().length()).isLessThan(100);
  }

  private static ControlClient client(Path path) {
    return new ControlClient(path, Duration.ofSeconds(10));
  }

  private static String raw(Path path, String text) throws IOException {
    try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
      channel.connect(UnixDomainSocketAddress.of(path));
      ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
      return Lines.read(channel, 1 << 20);
    }
  }
}

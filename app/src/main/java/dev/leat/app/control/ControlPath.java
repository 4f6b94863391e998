package dev.leat.app.control;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.UUID;

/** Where the socket of a flow is. */
public final class ControlPath {
  /** sockaddr_un holds 108 bytes on Linux and 104 on macOS, the final zero included. */
  private static final int LONGEST = 100;

  private ControlPath() {}

  /**
   * In the flow's state folder, or in a folder of its own below {@code temporary} where that path
   * is too long for a socket.
   *
   * @param stateFolder absolute
   */
  public static Path of(Path stateFolder, String flow, Path temporary) {
    Path beside = stateFolder.resolve(flow + ".sock");
    if (bytes(beside) <= LONGEST) {
      return beside;
    }
    String name =
        UUID.nameUUIDFromBytes(beside.toString().getBytes(StandardCharsets.UTF_8)).toString();
    return temporary.resolve("leat-" + name).resolve("s");
  }

  /** The socket is made under another name first, which must fit as well. */
  static Path whileMade(Path socket) {
    return socket.resolveSibling(".s" + ProcessHandle.current().pid());
  }

  private static int bytes(Path path) {
    return path.toString().getBytes(StandardCharsets.UTF_8).length;
  }
}

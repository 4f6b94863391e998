package dev.leat.testkit.postgres;

import java.io.IOException;

/** What {@link EmbeddedPostgresServerIT} starts: starts a server and waits to be ended. */
final class ServerProgram {
  private ServerProgram() {}

  public static void main(String[] arguments) throws IOException {
    EmbeddedPostgresServer server = EmbeddedPostgresServer.builder().start();
    System.out.println("files " + server.dataDirectory().getParent());
    while (System.in.read() >= 0) {
      System.out.println("still here");
    }
  }
}

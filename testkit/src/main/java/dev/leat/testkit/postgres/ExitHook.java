package dev.leat.testkit.postgres;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Closes servers that are still open when the JVM ends. */
final class ExitHook {
  private static final Set<EmbeddedPostgresServer> OPEN = ConcurrentHashMap.newKeySet();

  static {
    Runtime.getRuntime().addShutdownHook(new Thread(ExitHook::closeAll, "close-postgres"));
  }

  private ExitHook() {}

  static void add(EmbeddedPostgresServer server) {
    OPEN.add(server);
  }

  static void remove(EmbeddedPostgresServer server) {
    OPEN.remove(server);
  }

  private static void closeAll() {
    OPEN.forEach(EmbeddedPostgresServer::close);
  }
}

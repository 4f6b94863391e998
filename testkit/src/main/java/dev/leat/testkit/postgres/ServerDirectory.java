package dev.leat.testkit.postgres;

import dev.leat.spi.error.LeatException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The files of one server.
 *
 * @param root holds the data directory and the log
 * @param kept whether they stay when the server is closed
 */
record ServerDirectory(Path root, boolean kept) {
  static ServerDirectory temporary() {
    try {
      return new ServerDirectory(WorkDirectory.newServer(), false);
    } catch (IOException e) {
      throw failure("The temporary directory", e);
    }
  }

  static ServerDirectory of(Path root) {
    try {
      return new ServerDirectory(Files.createDirectories(root).toAbsolutePath(), true);
    } catch (IOException e) {
      throw failure("The directory " + root, e);
    }
  }

  Path data() {
    return root.resolve("data");
  }

  Path log() {
    return root.resolve("postgres.log");
  }

  boolean initialized() {
    return Files.exists(data().resolve("PG_VERSION"));
  }

  /** Makes the data directory ({@code initdb}), with a superuser of this name. */
  void initialize(PostgresBinaries binaries, String user, String password) {
    Path passwordFile = root.resolve("password");
    try {
      Files.createDirectories(data());
      List<String> command = new ArrayList<>();
      command.addAll(List.of(binaries.program("initdb"), "-D", data().toString(), "-U", user));
      // The C locale is on every system; sync would take as long as all the rest.
      command.addAll(List.of("-E", "UTF8", "--locale=C", "--no-sync"));
      if (binaries.version().atLeast(14)) {
        command.add("--no-instructions");
      }
      if (password.isEmpty()) {
        command.add("--auth=trust");
      } else {
        Files.writeString(passwordFile, password);
        command.addAll(List.of("--auth=scram-sha-256", "--pwfile=" + passwordFile));
      }
      Privileges.current().handOver(root);
      Commands.runOrThrow(PostgresErrors.START_FAILED, Privileges.current().command(command));
      Files.deleteIfExists(passwordFile);
    } catch (IOException e) {
      throw failure("The directory " + root, e);
    }
  }

  /** Makes the data directory a copy of a running server's that will follow it. */
  void follow(EmbeddedPostgresServer primary) {
    String login =
        "host=127.0.0.1 port=%d user=%s password=%s"
            .formatted(primary.port(), EmbeddedPostgresServer.USER, primary.password());
    try {
      BaseBackup.take(primary, data());
      Files.createFile(data().resolve("standby.signal"));
      configure(Map.of("primary_conninfo", login.replaceFirst(" password=$", "")));
      Privileges.current().handOver(root);
    } catch (IOException e) {
      throw failure("The directory " + root, e);
    } catch (SQLException e) {
      throw new LeatException(
          PostgresErrors.START_FAILED, "No base backup of the primary: " + e.getMessage(), "", e);
    }
  }

  /** Appends to {@code postgresql.conf}, where the last line of a name counts. */
  void configure(Map<String, String> settings) {
    StringBuilder lines = new StringBuilder("\n");
    settings.forEach(
        (name, value) ->
            lines.append(name).append(" = '").append(value.replace("'", "''")).append("'\n"));
    try {
      Files.writeString(data().resolve("postgresql.conf"), lines, StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw failure("The configuration in " + data(), e);
    }
  }

  void removeUnlessKept() {
    if (kept) {
      return;
    }
    try {
      ServerFiles.delete(root);
    } catch (IOException e) {
      throw failure("The directory " + root, e);
    }
  }

  private static LeatException failure(String what, IOException e) {
    return new LeatException(
        PostgresErrors.IO,
        "%s cannot be used for PostgreSQL: %s".formatted(what, e),
        "Make room there and see to it that this user may write there.",
        e);
  }
}

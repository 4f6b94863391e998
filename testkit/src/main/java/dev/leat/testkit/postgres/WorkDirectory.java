package dev.leat.testkit.postgres;

import dev.leat.spi.error.LeatException;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * The place in the temporary directory where unpacked binaries and throw-away servers are kept.
 *
 * <p>A process that is killed leaves its servers running; the next one that starts a server here
 * stops and removes them.
 */
final class WorkDirectory {
  private static final String OWNER_FILE = "owner";

  private WorkDirectory() {}

  static Path binaries() throws IOException {
    return Files.createDirectories(base().resolve("binaries"));
  }

  /**
   * A new directory that {@link #binaries} of a later process may remove once this process is gone.
   */
  static Path newServer() throws IOException {
    Path servers = Files.createDirectories(base().resolve("servers"));
    try (FileLockGuard _ = FileLockGuard.of(base().resolve("servers.lock"))) {
      removeOrphans(servers);
      Path server = Files.createTempDirectory(servers, "pg");
      if (!Platform.windows()) {
        Files.setPosixFilePermissions(server, PosixFilePermissions.fromString("rwxr-xr-x"));
      }
      ProcessHandle self = ProcessHandle.current();
      Files.writeString(server.resolve(OWNER_FILE), self.pid() + " " + startMillis(self));
      return server;
    }
  }

  private static Path base() throws IOException {
    String user = System.getProperty("user.name", "").replaceAll("[^A-Za-z0-9._-]", "_");
    Path base = Path.of(System.getProperty("java.io.tmpdir")).resolve("leat-postgres-" + user);
    Files.createDirectories(base);
    requireOurs(base);
    return base;
  }

  /**
   * The name is predictable, so somebody else could have put a directory with other programs there.
   */
  private static void requireOurs(Path base) throws IOException {
    if (Platform.windows()) {
      return;
    }
    Path probe = Files.createTempFile(base, "probe", "");
    try {
      Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(base);
      if (!Files.getOwner(base).equals(Files.getOwner(probe))
          || permissions.contains(PosixFilePermission.OTHERS_WRITE)) {
        throw new LeatException(
            PostgresErrors.CACHE_NOT_OURS,
            "The directory %s belongs to another user or is writable for everyone".formatted(base),
            "Remove it, or name another temporary directory with -Djava.io.tmpdir.");
      }
    } finally {
      Files.delete(probe);
    }
  }

  private static void removeOrphans(Path servers) throws IOException {
    try (DirectoryStream<Path> directories = Files.newDirectoryStream(servers)) {
      for (Path directory : directories) {
        if (!ownerAlive(directory)) {
          stop(directory.resolve("data"));
          ServerFiles.delete(directory);
        }
      }
    }
  }

  private static boolean ownerAlive(Path directory) throws IOException {
    Path file = directory.resolve(OWNER_FILE);
    if (!Files.exists(file)) {
      return false;
    }
    String[] words = Files.readString(file).strip().split(" ", -1);
    if (words.length != 2) {
      return false;
    }
    Optional<ProcessHandle> owner = ProcessHandle.of(Long.parseLong(words[0]));
    return owner.isPresent() && startMillis(owner.get()) == Long.parseLong(words[1]);
  }

  private static void stop(Path data) throws IOException {
    Optional<ProcessHandle> postmaster = PidFile.read(data).flatMap(PidFile::process);
    if (postmaster.isPresent()) {
      ProcessTree.kill(postmaster.get());
    }
  }

  private static long startMillis(ProcessHandle process) {
    return process.info().startInstant().map(Instant::toEpochMilli).orElse(0L);
  }
}

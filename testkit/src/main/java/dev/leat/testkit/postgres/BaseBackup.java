package dev.leat.testkit.postgres;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Set;

/**
 * Copies the files of a running server (<a
 * href="https://www.postgresql.org/docs/current/continuous-archiving.html#BACKUP-LOWLEVEL-BASE-BACKUP">base
 * backup with the low-level API</a>), since the binaries have no {@code pg_basebackup}.
 */
final class BaseBackup {
  /** What belongs to the running server alone; a standby gets WAL over the wire. */
  private static final Set<String> EMPTIED = Set.of("pg_wal", "pg_replslot", "pg_stat_tmp");

  private static final Set<String> LEFT_OUT =
      Set.of("postmaster.pid", "postmaster.opts", "backup_label");

  private BaseBackup() {}

  static void take(EmbeddedPostgresServer server, Path target) throws SQLException, IOException {
    boolean renamed = server.version().atLeast(15);
    // Both calls have to come from one session.
    try (Connection connection = server.connection();
        Statement statement = connection.createStatement()) {
      statement.execute(
          renamed
              ? "SELECT pg_backup_start('standby', true)"
              : "SELECT pg_start_backup('standby', true, false)");
      copy(server.dataDirectory(), target);
      try (ResultSet stop =
          statement.executeQuery(
              renamed
                  ? "SELECT labelfile FROM pg_backup_stop(false)"
                  : "SELECT labelfile FROM pg_stop_backup(false, false)")) {
        stop.next();
        Files.writeString(target.resolve("backup_label"), stop.getString(1));
      }
    }
  }

  private static void copy(Path source, Path target) throws IOException {
    Files.walkFileTree(
        source,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes)
              throws IOException {
            Path copy = target.resolve(source.relativize(directory));
            Files.createDirectories(copy);
            if (!Platform.windows()) {
              Files.setPosixFilePermissions(copy, Files.getPosixFilePermissions(directory));
            }
            return EMPTIED.contains(source.relativize(directory).toString())
                ? FileVisitResult.SKIP_SUBTREE
                : FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            String name = source.relativize(file).toString();
            if (!LEFT_OUT.contains(name)) {
              copyUnlessGone(file, target.resolve(name));
            }
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFileFailed(Path file, IOException e) throws IOException {
            if (e instanceof NoSuchFileException) {
              return FileVisitResult.CONTINUE;
            }
            throw e;
          }
        });
  }

  /** The server goes on working: what it removes meanwhile is in the WAL. */
  private static void copyUnlessGone(Path file, Path copy) throws IOException {
    try {
      Files.copy(file, copy);
    } catch (NoSuchFileException e) {
      Files.deleteIfExists(copy);
    }
  }
}

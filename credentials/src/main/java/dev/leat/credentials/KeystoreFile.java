package dev.leat.credentials;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;

/** A vault in a file. Writers of all processes take turns by a lock on a file beside it. */
final class KeystoreFile implements VaultMedium {
  private static final String WHAT = "the keystore";

  /** Within a process file locks do not make threads wait. */
  private static final Map<Path, ReentrantLock> TURNS = new ConcurrentHashMap<>();

  private final Path file;

  /** What a link refers to stays where it is. */
  KeystoreFile(Path file) {
    this.file = PrivateFile.real(file);
  }

  @Override
  public String describe() {
    return WHAT + " " + file;
  }

  @Override
  public Optional<Version> read() {
    try {
      return readIfThere();
    } catch (IOException e) {
      throw PrivateFile.unreadable(file, WHAT, e);
    }
  }

  private Optional<Version> readIfThere() throws IOException {
    try {
      PrivateFile.requirePrivate(file, WHAT);
      String text = PrivateFile.readText(file, WHAT);
      return Optional.of(new Version(text, text));
    } catch (NoSuchFileException _) {
      return Optional.empty();
    }
  }

  @Override
  public boolean replace(Optional<Version> read, String text) {
    ReentrantLock turn = TURNS.computeIfAbsent(file, _ -> new ReentrantLock());
    turn.lock();
    try {
      PrivateFile.makeFolder(file);
      try (FileChannel channel =
              FileChannel.open(
                  file.resolveSibling("." + file.getFileName() + ".lock"),
                  EnumSet.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE),
                  PrivateFile.mode("rw-------"));
          FileLock _ = channel.lock()) {
        if (!readIfThere().equals(read)) {
          return false;
        }
        PrivateFile.write(file, text);
        return true;
      }
    } catch (IOException e) {
      throw PrivateFile.unreadable(file, WHAT, e);
    } finally {
      turn.unlock();
    }
  }

  @Override
  public void close() {}

  /** Where it is if nothing else is said. */
  static Path usual(Map<String, String> environment) {
    String named = environment.getOrDefault("LEAT_CREDENTIALS_FILE", "");
    if (!named.isEmpty()) {
      return Path.of(named).toAbsolutePath();
    }
    String home = environment.getOrDefault("HOME", System.getProperty("user.home", "."));
    String config = environment.getOrDefault("XDG_CONFIG_HOME", "");
    // The specification wants a path that is not absolute ignored.
    Path folder = config.startsWith("/") ? Path.of(config) : Path.of(home, ".config");
    return folder.resolve("leat").resolve("credentials").toAbsolutePath();
  }
}

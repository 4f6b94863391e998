package dev.leat.sqlite;

import dev.leat.spi.state.Lease;
import dev.leat.spi.state.LeaseHolder;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The right to run a flow, as a lock of the operating system on a file beside the state: it goes
 * with the process, however that ends. Who holds it stands in a second file, since a locked one
 * need not be readable everywhere.
 */
final class FileLease implements Lease {
  /** The system's locks are per process: within this one, this set tells who has which. */
  private static final Set<Path> HELD_HERE = ConcurrentHashMap.newKeySet();

  private final Path lockFile;
  private final FileChannel channel;
  private final FileLock lock;

  private FileLease(Path lockFile, FileChannel channel, FileLock lock) {
    this.lockFile = lockFile;
    this.channel = channel;
    this.lock = lock;
  }

  static FileLease acquire(Path directory, String flow, LeaseHolder holder) {
    Path lockFile = lockFile(directory, flow);
    if (!HELD_HERE.add(lockFile)) {
      throw StoreErrors.held(flow, read(directory, flow));
    }
    FileChannel channel = null;
    try {
      channel = FileChannel.open(lockFile, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      FileLock lock = channel.tryLock();
      if (lock == null) {
        throw StoreErrors.held(flow, read(directory, flow));
      }
      Path next = directory.resolve(flow + ".holder.new");
      Files.writeString(next, StateJson.write(holder));
      Files.move(
          next,
          holderFile(directory, flow),
          StandardCopyOption.ATOMIC_MOVE,
          StandardCopyOption.REPLACE_EXISTING);
      return new FileLease(lockFile, channel, lock);
    } catch (IOException | OverlappingFileLockException e) {
      abandon(lockFile, channel);
      throw StoreErrors.unusable(lockFile, e);
    } catch (RuntimeException e) {
      abandon(lockFile, channel);
      throw e;
    }
  }

  private static void abandon(Path lockFile, @Nullable FileChannel channel) {
    HELD_HERE.remove(lockFile);
    if (channel != null) {
      try {
        channel.close();
      } catch (IOException e) {
        throw StoreErrors.unusable(lockFile, e);
      }
    }
  }

  /**
   * Who holds the lease now. Tries the lock for a moment, which no other process takes for a
   * holder: it would find no name.
   */
  static Optional<LeaseHolder> holder(Path directory, String flow) {
    Path lockFile = lockFile(directory, flow);
    if (HELD_HERE.contains(lockFile)) {
      return Optional.ofNullable(read(directory, flow));
    }
    if (!Files.exists(lockFile)) {
      return Optional.empty();
    }
    // Shared: two processes that only look do not see each other.
    try (FileChannel channel = FileChannel.open(lockFile, StandardOpenOption.READ);
        FileLock lock = channel.tryLock(0, Long.MAX_VALUE, true)) {
      return lock == null ? Optional.ofNullable(read(directory, flow)) : Optional.empty();
    } catch (IOException e) {
      throw StoreErrors.unusable(lockFile, e);
    }
  }

  private static @Nullable LeaseHolder read(Path directory, String flow) {
    Path file = holderFile(directory, flow);
    try {
      return Files.exists(file) ? StateJson.holder(Files.readString(file)) : null;
    } catch (IOException | IllegalArgumentException e) {
      throw StoreErrors.damaged(file, e);
    }
  }

  private static Path lockFile(Path directory, String flow) {
    return directory.resolve(flow + ".lock").toAbsolutePath().normalize();
  }

  private static Path holderFile(Path directory, String flow) {
    return directory.resolve(flow + ".holder");
  }

  @Override
  public boolean held() {
    return lock.isValid();
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      throw StoreErrors.unusable(lockFile, e);
    } finally {
      HELD_HERE.remove(lockFile);
    }
  }
}

package dev.leat.flow.documents;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.locks.ReentrantLock;

/**
 * One writer at a time, among all processes: a lock on a file. The file's lock belongs to the whole
 * process, so threads and other objects for the same folder wait for each other here first.
 */
final class FolderLock {
  private static final ConcurrentMap<Path, ReentrantLock> IN_THIS_PROCESS =
      new ConcurrentHashMap<>();

  private final Path file;
  private final ReentrantLock lock;

  /**
   * @param folder exists
   */
  FolderLock(Path folder) throws IOException {
    this.file = folder.resolve(".lock");
    this.lock = IN_THIS_PROCESS.computeIfAbsent(folder.toRealPath(), _ -> new ReentrantLock());
  }

  /** Work with files. */
  @FunctionalInterface
  interface Work<T> {
    T run() throws IOException;
  }

  <T> T holding(Work<T> work) throws IOException {
    lock.lock();
    try (FileChannel channel =
            FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        FileLock _ = channel.lock()) {
      return work.run();
    } finally {
      lock.unlock();
    }
  }
}

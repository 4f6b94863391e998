package dev.leat.testkit.postgres;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.locks.ReentrantLock;

/** Keeps other threads and other processes of this machine out until it is closed. */
final class FileLockGuard implements AutoCloseable {
  // A file lock belongs to the process and is refused, not waited for, among its own threads.
  private static final ReentrantLock THREADS = new ReentrantLock();

  private final FileChannel channel;

  private FileLockGuard(FileChannel channel) {
    this.channel = channel;
  }

  static FileLockGuard of(Path file) throws IOException {
    THREADS.lock();
    try {
      FileChannel channel =
          FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      try {
        channel.lock();
        return new FileLockGuard(channel);
      } catch (IOException | RuntimeException e) {
        channel.close();
        throw e;
      }
    } catch (IOException | RuntimeException e) {
      THREADS.unlock();
      throw e;
    }
  }

  @Override
  public void close() throws IOException {
    try {
      channel.close();
    } finally {
      THREADS.unlock();
    }
  }
}

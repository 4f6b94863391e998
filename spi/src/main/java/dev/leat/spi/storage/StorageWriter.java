package dev.leat.spi.storage;

import java.io.OutputStream;

/** A file that is being written. For one thread. */
public interface StorageWriter extends AutoCloseable {

  /** Where its bytes go; closing it is not needed and makes nothing visible. */
  OutputStream out();

  /**
   * Makes the file visible, durable on return.
   *
   * @return the file as it would be listed
   */
  StoredFile commit();

  /** Gives up what was not committed: no file, and nothing of it that is left to be paid for. */
  @Override
  void close();
}

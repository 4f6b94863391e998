package dev.leat.flow.storage;

import dev.leat.spi.storage.StorageWriter;
import dev.leat.spi.storage.StoredFile;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** A file under another name until it is whole. */
final class LocalWriter implements StorageWriter {
  private static final int BUFFER = 1 << 16;

  private final LocalStorage storage;
  private final String name;
  private final Path aside;
  private final FileChannel channel;
  private final OutputStream out;

  LocalWriter(LocalStorage storage, String name, Path aside) throws IOException {
    this.storage = storage;
    this.name = name;
    this.aside = aside;
    this.channel = FileChannel.open(aside, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    this.out = new BufferedOutputStream(Channels.newOutputStream(channel), BUFFER);
  }

  @Override
  public OutputStream out() {
    return out;
  }

  @Override
  public StoredFile commit() {
    try {
      out.flush();
      channel.force(true);
      channel.close();
      return storage.rename(aside, name);
    } catch (IOException e) {
      throw LocalErrors.of("writing", storage.path(name), e);
    }
  }

  @Override
  public void close() {
    try {
      channel.close();
      Files.deleteIfExists(aside);
    } catch (IOException e) {
      throw LocalErrors.of("removing", aside, e);
    }
  }
}

package dev.leat.s3;

import dev.leat.spi.error.ErrorCategory;
import dev.leat.spi.error.ErrorCode;
import dev.leat.spi.error.LeatException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import software.amazon.awssdk.core.sync.RequestBody;

/** A local file that is sent, read anew for each attempt. */
record LocalParts(Path file) {
  private static final ErrorCode LOCAL = new ErrorCode("S3_LOCAL_FILE", ErrorCategory.TRANSIENT);

  long size() {
    try {
      return Files.size(file);
    } catch (IOException e) {
      throw local(file, e);
    }
  }

  RequestBody body(long start, long length) {
    return RequestBody.fromContentProvider(
        () -> open(start, length), length, "application/octet-stream");
  }

  private InputStream open(long start, long length) {
    try {
      FileChannel channel = FileChannel.open(file).position(start);
      return new Limited(Channels.newInputStream(channel), length);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static LeatException local(Path file, IOException e) {
    return new LeatException(
        LOCAL,
        "the file %s, which is on its way, cannot be used: %s".formatted(file, e.getMessage()),
        "see whether the disk of temporary files has room",
        e);
  }

  private static final class Limited extends FilterInputStream {
    private long rest;

    Limited(InputStream in, long length) {
      super(in);
      this.rest = length;
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      if (rest == 0) {
        return -1;
      }
      int read = super.read(bytes, offset, (int) Math.min(rest, length));
      rest -= Math.max(read, 0);
      return read;
    }
  }
}

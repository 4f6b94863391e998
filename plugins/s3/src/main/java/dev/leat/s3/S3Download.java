package dev.leat.s3;

import dev.leat.spi.engine.Cancellation;
import dev.leat.spi.error.LeatException;
import dev.leat.spi.storage.StoredFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.UUID;

/** Fetches an object into a local file, several ranges at a time. */
final class S3Download {
  private static final int BUFFER = 1 << 16;
  private static final int KEPT = 100;

  private final S3Bucket bucket;
  private final S3Settings settings;

  S3Download(S3Bucket bucket, S3Settings settings) {
    this.bucket = bucket;
    this.settings = settings;
  }

  Path fetch(StoredFile file, Path scratch, Cancellation cancellation) {
    // The end of its name stays: it may say what the file is.
    String name = file.name().replace('/', '_');
    Path target =
        scratch.resolve(
            UUID.randomUUID() + "-" + name.substring(Math.max(0, name.length() - KEPT)));
    try {
      boolean whole = false;
      try {
        fill(file, target, cancellation);
        whole = true;
        return target;
      } finally {
        if (!whole) {
          Files.deleteIfExists(target);
        }
      }
    } catch (IOException e) {
      throw e.getCause() instanceof LeatException leat ? leat : LocalParts.local(target, e);
    }
  }

  private void fill(StoredFile file, Path target, Cancellation cancellation) throws IOException {
    try (FileChannel channel =
            FileChannel.open(target, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        Parts parts = new Parts("fetching " + file.name(), settings.parallel(), cancellation)) {
      long start = 0;
      do {
        long from = start;
        long end = Math.min(from + settings.partSize(), file.size());
        parts.begin(() -> range(file, from, end, channel, parts));
        start = end;
      } while (start < file.size());
      parts.finish();
    }
  }

  private void range(StoredFile file, long start, long end, FileChannel channel, Parts parts) {
    byte[] buffer = new byte[BUFFER];
    try (S3Input in = new S3Input(bucket, file, start, end)) {
      long position = start;
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        parts.requireWanted();
        ByteBuffer bytes = ByteBuffer.wrap(buffer, 0, read);
        while (bytes.hasRemaining()) {
          position += channel.write(bytes, position);
        }
      }
    } catch (IOException e) {
      throw e.getCause() instanceof LeatException leat
          ? leat
          : LocalParts.local(Path.of(file.name()), e);
    }
  }
}

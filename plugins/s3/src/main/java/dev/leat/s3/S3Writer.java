package dev.leat.s3;

import dev.leat.spi.engine.Cancellation;
import dev.leat.spi.error.LeatException;
import dev.leat.spi.storage.StorageWriter;
import dev.leat.spi.storage.StoredFile;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.sync.RequestBody;

/** Gathers a part while others are sent; a file of less than one part is sent at once. */
final class S3Writer implements StorageWriter {
  private final S3Storage storage;
  private final S3Bucket bucket;
  private final S3Settings settings;
  private final String name;
  private final Out out = new Out();

  /** Of parts that were sent, as long as they have the size of the next one. */
  private final ConcurrentLinkedQueue<byte[]> spare = new ConcurrentLinkedQueue<>();

  private byte[] part;
  private int filled;
  private long size;
  private @Nullable S3Upload upload;

  S3Writer(S3Storage storage, S3Bucket bucket, S3Settings settings, String name) {
    this.storage = storage;
    this.bucket = bucket;
    this.settings = settings;
    this.name = name;
    this.part = new byte[settings.partSize()];
  }

  @Override
  public OutputStream out() {
    return out;
  }

  private void send() {
    S3Upload under = upload;
    if (under == null) {
      under = new S3Upload(storage, bucket, name, settings.parallel(), Cancellation.never());
      upload = under;
    }
    byte[] full = part;
    under.part(body(full, filled), () -> spare.add(full));
    int next = PartSizes.of(settings.partSize(), under.count());
    byte[] free = spare.poll();
    part = free != null && free.length == next ? free : new byte[next];
    filled = 0;
  }

  @Override
  public StoredFile commit() {
    S3Upload under = upload;
    if (under != null) {
      if (filled > 0) {
        send();
      }
      return under.complete(size);
    }
    RequestBody body = body(part, filled);
    var unused =
        bucket.ask(
            "writing " + name,
            () ->
                bucket
                    .client()
                    .putObject(b -> b.bucket(bucket.bucket()).key(bucket.key(name)), body));
    return storage.written(name);
  }

  @Override
  public void close() {
    if (upload != null) {
      upload.close();
    }
  }

  /** Bytes of an array, which are not copied and can be read again for another attempt. */
  private static RequestBody body(byte[] bytes, int length) {
    return RequestBody.fromContentProvider(
        () -> new ByteArrayInputStream(bytes, 0, length), length, "application/octet-stream");
  }

  private final class Out extends OutputStream {
    @Override
    public void write(int b) throws IOException {
      write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      int done = 0;
      try {
        while (done < length) {
          if (filled == part.length) {
            send();
          }
          int step = Math.min(length - done, part.length - filled);
          System.arraycopy(bytes, offset + done, part, filled, step);
          filled += step;
          done += step;
          size += step;
        }
      } catch (LeatException e) {
        throw new IOException(e.message(), e);
      }
    }
  }
}

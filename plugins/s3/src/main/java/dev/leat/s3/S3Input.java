package dev.leat.s3;

import dev.leat.spi.error.LeatException;
import dev.leat.spi.storage.StoredFile;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;

/**
 * A range of an object. A connection that is cut is made again from where it was, for the same
 * version of the object.
 */
final class S3Input extends InputStream {
  /** Attempts in a row that bring no byte. */
  private static final int ATTEMPTS = 5;

  private final S3Bucket bucket;
  private final StoredFile file;
  private final long end;
  private long position;
  private int fruitless;
  private @Nullable ResponseInputStream<GetObjectResponse> response;

  /**
   * Opens at once, so that a file that is not there is known at once.
   *
   * @param end exclusive
   */
  S3Input(S3Bucket bucket, StoredFile file, long start, long end) {
    this.bucket = bucket;
    this.file = file;
    this.position = start;
    this.end = end;
    this.response = get();
  }

  private ResponseInputStream<GetObjectResponse> get() {
    try {
      return bucket
          .client()
          .getObject(
              request -> {
                request
                    .bucket(bucket.bucket())
                    .key(bucket.key(file.name()))
                    .ifMatch(file.version());
                if (position > 0 || end < file.size()) {
                  request.range("bytes=" + position + "-" + (end - 1));
                }
              });
    } catch (SdkException e) {
      throw S3Errors.isOther(e)
          ? S3Errors.changed(bucket.describe(file.name()), e)
          : S3Errors.of("reading " + file.name(), bucket, e);
    }
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    while (position < end) {
      int read = tried(bytes, offset, (int) Math.min(length, end - position));
      if (read > 0) {
        position += read;
        fruitless = 0;
        return read;
      }
    }
    return -1;
  }

  /** 0 if the connection was cut and another attempt may go on. */
  private int tried(byte[] bytes, int offset, int length) throws IOException {
    IOException cut = null;
    try {
      if (response == null) {
        response = get();
      }
      int read = response.read(bytes, offset, length);
      if (read >= 0) {
        return read;
      }
    } catch (LeatException e) {
      throw new IOException(e.message(), e);
    } catch (IOException e) {
      cut = e;
    } catch (SdkException e) {
      cut = new IOException(e);
    }
    drop();
    fruitless++;
    if (fruitless > ATTEMPTS) {
      LeatException e = S3Errors.cut("reading " + file.name(), bucket, cut);
      throw new IOException(e.message(), e);
    }
    return 0;
  }

  private void drop() {
    if (response != null) {
      response.abort();
      response = null;
    }
  }

  /** What was not read is not waited for. */
  @Override
  public void close() {
    drop();
  }
}

package dev.leat.s3;

import dev.leat.spi.storage.StoredFile;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * A bucket and the beginning of the names in it.
 *
 * @param prefix empty, or with a slash at its end
 */
record S3Bucket(S3Client client, String bucket, String prefix) {
  private static final int ATTEMPTS = 5;
  private static final Duration FIRST_WAIT = Duration.ofMillis(50);

  String describe() {
    return "s3://"
        + bucket
        + (prefix.isEmpty() ? "" : "/" + prefix.substring(0, prefix.length() - 1));
  }

  String key(String name) {
    return prefix + name;
  }

  String name(String key) {
    return key.substring(prefix.length());
  }

  /** An object as a file; to the second, as not every answer has more. */
  StoredFile file(String name, long size, String tag, Instant modified) {
    return new StoredFile(name, size, tag, modified.truncatedTo(ChronoUnit.SECONDS));
  }

  /**
   * Asks the server. The SDK tries again by itself, but for connections that are cut while a body
   * is sent.
   *
   * @param doing for people
   */
  <T> T ask(String doing, Supplier<T> request) {
    for (int attempt = 1; ; attempt++) {
      try {
        return request.get();
      } catch (SdkException e) {
        throw S3Errors.of(doing, this, e);
      } catch (UncheckedIOException e) {
        if (attempt == ATTEMPTS) {
          throw S3Errors.cut(doing, this, e);
        }
        LockSupport.parkNanos(FIRST_WAIT.toNanos() << attempt);
      }
    }
  }

  /** For people. */
  String describe(String name) {
    return describe() + "/" + name;
  }
}

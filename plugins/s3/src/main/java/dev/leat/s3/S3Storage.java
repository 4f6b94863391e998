package dev.leat.s3;

import dev.leat.spi.engine.Cancellation;
import dev.leat.spi.storage.Storage;
import dev.leat.spi.storage.StorageNames;
import dev.leat.spi.storage.StorageWriter;
import dev.leat.spi.storage.StoredFile;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.MultipartUpload;
import software.amazon.awssdk.services.s3.model.S3Object;

/** What is below a prefix in a bucket. */
final class S3Storage implements Storage {
  private static final int PAGE = 1000;

  /** Files that are removed at a time. */
  private static final int AT_ONCE = 16;

  /** What one request copies at most. */
  private static final long LARGEST_COPY = 5L << 30;

  private static final long COPIED_PART = 1L << 30;

  private final S3Bucket bucket;
  private final S3Settings settings;
  private final int page;

  S3Storage(S3Bucket bucket, S3Settings settings) {
    this(bucket, settings, PAGE);
  }

  /**
   * As opened, but for how many files one answer lists.
   *
   * @param page at most 1000
   */
  S3Storage(S3Bucket bucket, S3Settings settings, int page) {
    this.bucket = bucket;
    this.settings = settings;
    this.page = page;
  }

  @Override
  public String describe() {
    return bucket.describe();
  }

  @Override
  public void list(String prefix, Consumer<StoredFile> each) {
    // Each page is asked for apart, so that what `each` throws is not taken for the server's.
    String token = null;
    do {
      String next = token;
      var answer =
          asked(
              "listing files",
              () ->
                  bucket
                      .client()
                      .listObjectsV2(
                          b ->
                              b.bucket(bucket.bucket())
                                  .prefix(bucket.key(prefix))
                                  .maxKeys(page)
                                  .continuationToken(next)));
      for (S3Object object : answer.contents()) {
        String name = bucket.name(object.key());
        // A name with a slash at its end is how consoles make folders.
        if (!name.isEmpty() && !name.endsWith("/") && !StorageNames.isAside(name)) {
          each.accept(bucket.file(name, object.size(), object.eTag(), object.lastModified()));
        }
      }
      token = Boolean.TRUE.equals(answer.isTruncated()) ? answer.nextContinuationToken() : null;
    } while (token != null);
  }

  @Override
  public Optional<StoredFile> find(String name) {
    StorageNames.require(name);
    try {
      HeadObjectResponse head =
          bucket.client().headObject(b -> b.bucket(bucket.bucket()).key(bucket.key(name)));
      return Optional.of(bucket.file(name, head.contentLength(), head.eTag(), head.lastModified()));
    } catch (SdkException e) {
      if (S3Errors.isMissing(e)) {
        return Optional.empty();
      }
      throw S3Errors.of("looking for " + name, bucket, e);
    }
  }

  /** A file that was just written, as it is listed. */
  StoredFile written(String name) {
    return find(name).orElseThrow(() -> S3Errors.changed(bucket.describe(name), null));
  }

  @Override
  public InputStream open(StoredFile file) {
    return new S3Input(bucket, file, 0, file.size());
  }

  @Override
  public Path fetch(StoredFile file, Path scratch, Cancellation cancellation) {
    return new S3Download(bucket, settings).fetch(file, scratch, cancellation);
  }

  @Override
  public StorageWriter create(String name) {
    return new S3Writer(this, bucket, settings, StorageNames.require(name));
  }

  @Override
  public StoredFile put(Path file, String name, Cancellation cancellation) {
    StorageNames.require(name);
    LocalParts local = new LocalParts(file);
    if (cancellation.isCancelled()) {
      throw S3Errors.cancelled("writing " + name);
    }
    long size = local.size();
    if (size <= settings.partSize()) {
      asked(
          "writing " + name,
          () ->
              bucket
                  .client()
                  .putObject(
                      b -> b.bucket(bucket.bucket()).key(bucket.key(name)), local.body(0, size)));
      return written(name);
    }
    long part = PartSizes.ofFile(settings.partSize(), size);
    try (S3Upload upload = new S3Upload(this, bucket, name, settings.parallel(), cancellation)) {
      for (long start = 0; start < size; start += part) {
        upload.part(local.body(start, Math.min(part, size - start)), () -> {});
      }
      return upload.complete(size);
    }
  }

  @Override
  public void move(String from, String to) {
    StorageNames.require(to);
    StoredFile file = find(from).orElseThrow(() -> S3Errors.noFile(bucket.describe(from)));
    if (file.size() > LARGEST_COPY) {
      try (S3Upload upload =
          new S3Upload(this, bucket, to, settings.parallel(), Cancellation.never())) {
        for (long start = 0; start < file.size(); start += COPIED_PART) {
          upload.copy(file, start, Math.min(start + COPIED_PART, file.size()));
        }
        upload.complete(file.size());
      }
    } else {
      asked(
          "moving " + from,
          () ->
              bucket
                  .client()
                  .copyObject(
                      b ->
                          b.sourceBucket(bucket.bucket())
                              .sourceKey(bucket.key(from))
                              .copySourceIfMatch(file.version())
                              .destinationBucket(bucket.bucket())
                              .destinationKey(bucket.key(to))));
    }
    delete(from);
  }

  @Override
  public void delete(Collection<String> names) {
    List<String> keys = names.stream().map(name -> bucket.key(StorageNames.require(name))).toList();
    // One by one: removing several in one request needs a checksum that not every server knows.
    try (Parts parts = new Parts("removing files", AT_ONCE, Cancellation.never())) {
      for (String key : keys) {
        parts.begin(
            () ->
                asked(
                    "removing " + bucket.name(key),
                    () -> bucket.client().deleteObject(b -> b.bucket(bucket.bucket()).key(key))));
      }
      parts.finish();
    }
  }

  @Override
  public void sweep(String prefix, Duration age) {
    Instant latest = Instant.now().minus(age);
    List<MultipartUpload> old =
        asked(
            "listing files that are being written",
            () ->
                bucket
                    .client()
                    .listMultipartUploadsPaginator(
                        b -> b.bucket(bucket.bucket()).prefix(bucket.key(prefix)))
                    .uploads()
                    .stream()
                    .filter(upload -> upload.key().startsWith(bucket.key(prefix)))
                    .filter(upload -> age.isZero() || isOlder(upload, latest))
                    .toList());
    for (MultipartUpload upload : old) {
      asked(
          "giving up " + bucket.name(upload.key()),
          () ->
              bucket
                  .client()
                  .abortMultipartUpload(
                      b ->
                          b.bucket(bucket.bucket()).key(upload.key()).uploadId(upload.uploadId())));
    }
  }

  /** Not every server says when; then nothing is known to be old. */
  private static boolean isOlder(MultipartUpload upload, Instant latest) {
    return upload.initiated() != null && upload.initiated().isBefore(latest);
  }

  private <T> T asked(String doing, Supplier<T> request) {
    return bucket.ask(doing, request);
  }

  @Override
  public void close() {
    bucket.client().close();
  }
}

package dev.leat.s3;

import dev.leat.spi.engine.Cancellation;
import dev.leat.spi.storage.StoredFile;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.model.CompletedMultipartUpload;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.NoSuchUploadException;
import software.amazon.awssdk.services.s3.model.UploadPartResponse;

/** A file that is sent in parts; given up unless it is completed. */
final class S3Upload implements AutoCloseable {
  private final S3Storage storage;
  private final S3Bucket bucket;
  private final String name;
  private final String id;
  private final Parts parts;
  private final SortedMap<Integer, CompletedPart> sent = new TreeMap<>();
  private int count;
  private boolean completed;

  S3Upload(S3Storage storage, S3Bucket bucket, String name, int parallel, Cancellation wanted) {
    this.storage = storage;
    this.bucket = bucket;
    this.name = name;
    this.parts = new Parts(doing(), parallel, wanted);
    try {
      this.id =
          bucket
              .client()
              .createMultipartUpload(b -> b.bucket(bucket.bucket()).key(bucket.key(name)))
              .uploadId();
    } catch (SdkException e) {
      throw S3Errors.of(doing(), bucket, e);
    }
  }

  private String doing() {
    return "writing " + name;
  }

  /** How many parts were begun. */
  int count() {
    return count;
  }

  /**
   * Sends the next part as soon as there is room for it.
   *
   * @param sent called when its bytes are not needed any more
   */
  void part(RequestBody body, Runnable sent) {
    int number = ++count;
    begin(
        () -> {
          UploadPartResponse answer =
              bucket
                  .client()
                  .uploadPart(
                      b ->
                          b.bucket(bucket.bucket())
                              .key(bucket.key(name))
                              .uploadId(id)
                              .partNumber(number),
                      body);
          sent.run();
          return CompletedPart.builder()
              .partNumber(number)
              .eTag(answer.eTag())
              .checksumCRC32(answer.checksumCRC32())
              .build();
        });
  }

  /** Has the server copy a range of another object as the next part. */
  void copy(StoredFile from, long start, long end) {
    int number = ++count;
    begin(
        () ->
            CompletedPart.builder()
                .partNumber(number)
                .eTag(
                    bucket
                        .client()
                        .uploadPartCopy(
                            b ->
                                b.sourceBucket(bucket.bucket())
                                    .sourceKey(bucket.key(from.name()))
                                    .copySourceIfMatch(from.version())
                                    .copySourceRange("bytes=" + start + "-" + (end - 1))
                                    .destinationBucket(bucket.bucket())
                                    .destinationKey(bucket.key(name))
                                    .uploadId(id)
                                    .partNumber(number))
                        .copyPartResult()
                        .eTag())
                .build());
  }

  private void begin(java.util.function.Supplier<CompletedPart> part) {
    parts.begin(
        () -> {
          CompletedPart done = bucket.ask(doing(), part);
          synchronized (sent) {
            sent.put(done.partNumber(), done);
          }
        });
  }

  /** Makes the file of its parts. */
  StoredFile complete(long size) {
    parts.finish();
    try {
      bucket
          .client()
          .completeMultipartUpload(
              b ->
                  b.bucket(bucket.bucket())
                      .key(bucket.key(name))
                      .uploadId(id)
                      .multipartUpload(
                          CompletedMultipartUpload.builder().parts(sent.values()).build()));
    } catch (NoSuchUploadException e) {
      // An answer that was lost, and the SDK asked again.
      Optional<StoredFile> there = storage.find(name).filter(file -> file.size() == size);
      if (there.isEmpty()) {
        throw S3Errors.of(doing(), bucket, e);
      }
    } catch (SdkException e) {
      throw S3Errors.of(doing(), bucket, e);
    }
    completed = true;
    return storage.written(name);
  }

  @Override
  public void close() {
    parts.close();
    if (!completed) {
      try {
        bucket
            .client()
            .abortMultipartUpload(
                b -> b.bucket(bucket.bucket()).key(bucket.key(name)).uploadId(id));
      } catch (SdkException e) {
        if (!S3Errors.isMissing(e)) {
          throw S3Errors.of("giving up " + name, bucket, e);
        }
      }
    }
  }
}

package dev.leat.s3;

import dev.leat.spi.error.ErrorCategory;
import dev.leat.spi.error.ErrorCode;
import dev.leat.spi.error.LeatException;
import dev.leat.spi.storage.Storage;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** What goes wrong at a bucket, in words. */
final class S3Errors {
  static final ErrorCode SETTINGS = new ErrorCode("S3_SETTINGS", ErrorCategory.CONFIG);
  private static final ErrorCode DENIED = new ErrorCode("S3_DENIED", ErrorCategory.AUTH);
  private static final ErrorCode REFUSED = new ErrorCode("S3_REFUSED", ErrorCategory.CONFIG);
  private static final ErrorCode NO_FILE = new ErrorCode("S3_NO_FILE", ErrorCategory.CONFIG);
  private static final ErrorCode UNAVAILABLE =
      new ErrorCode("S3_UNAVAILABLE", ErrorCategory.TRANSIENT);

  private static final Set<String> WRONG_KEYS =
      Set.of("InvalidAccessKeyId", "SignatureDoesNotMatch", "InvalidToken", "ExpiredToken");
  private static final Set<String> WRONG_REGION =
      Set.of(
          "PermanentRedirect",
          "AuthorizationHeaderMalformed",
          "IllegalLocationConstraintException");
  private static final Set<String> PASSING =
      Set.of("RequestTimeout", "SlowDown", "InternalError", "RequestTimeTooSkewed", "BadDigest");

  private S3Errors() {}

  static LeatException of(String doing, S3Bucket bucket, SdkException e) {
    if (e instanceof S3Exception answer) {
      return answered(doing, bucket, answer);
    }
    return new LeatException(
        UNAVAILABLE,
        "%s failed: the server of %s could not be asked (%s)"
            .formatted(doing, bucket.describe(), reason(e)),
        "see whether the endpoint is right and can be reached from here",
        e);
  }

  /** The innermost reason, such as that a connection was refused. */
  private static String reason(Throwable e) {
    Throwable reason = e;
    while (reason.getCause() != null && reason.getCause() != reason) {
      reason = reason.getCause();
    }
    return reason.getClass().getSimpleName()
        + (reason.getMessage() == null ? "" : ": " + reason.getMessage());
  }

  private static LeatException answered(String doing, S3Bucket bucket, S3Exception e) {
    String code =
        e.awsErrorDetails() == null ? "" : String.valueOf(e.awsErrorDetails().errorCode());
    if (code.equals("NoSuchBucket")) {
      return new LeatException(
          Storage.MISSING,
          "there is no bucket " + bucket.bucket(),
          "make it, or correct the address; Leat makes no buckets",
          e);
    }
    if (WRONG_KEYS.contains(code)) {
      return new LeatException(
          DENIED,
          "%s failed: the server does not know the credentials (%s)".formatted(doing, code),
          "look at access_key, secret_key and session_token of the storage, or log in again",
          e);
    }
    if (WRONG_REGION.contains(code) || e.statusCode() == 301) {
      return new LeatException(
          REFUSED,
          "%s failed: bucket %s is in another region".formatted(doing, bucket.bucket()),
          "write the bucket's region in [storage.NAME], such as region = \"eu-central-1\"",
          e);
    }
    if (e.statusCode() == 403 || e.statusCode() == 401) {
      return new LeatException(
          DENIED,
          "%s is not allowed at %s".formatted(doing, bucket.describe()),
          "allow these credentials s3:ListBucket, s3:ListBucketMultipartUploads, s3:GetObject,"
              + " s3:PutObject, s3:AbortMultipartUpload and s3:DeleteObject there",
          e);
    }
    boolean passing =
        (e.statusCode() >= 500 && e.statusCode() != 501)
            || e.statusCode() == 429
            || e.statusCode() == 408
            || PASSING.contains(code);
    return new LeatException(
        passing ? UNAVAILABLE : REFUSED,
        "%s failed: the server of %s answered %d %s"
            .formatted(doing, bucket.describe(), e.statusCode(), code),
        passing ? "try again later" : "see what the server's documentation says of this answer",
        e);
  }

  static LeatException cut(String doing, S3Bucket bucket, @Nullable Throwable cause) {
    return new LeatException(
        UNAVAILABLE,
        "%s failed: the connection to the server of %s was cut, and again after each attempt to go on"
            .formatted(doing, bucket.describe()),
        "try again later",
        cause);
  }

  static boolean isMissing(SdkException e) {
    return e instanceof S3Exception answer && answer.statusCode() == 404;
  }

  /** Whether an object is not what was asked for, or is gone. */
  static boolean isOther(SdkException e) {
    return e instanceof S3Exception answer
        && (answer.statusCode() == 412
            || answer.statusCode() == 416
            || (answer.statusCode() == 404
                && !"NoSuchBucket".equals(answer.awsErrorDetails().errorCode())));
  }

  static LeatException changed(String file, @Nullable Throwable cause) {
    return new LeatException(
        Storage.CHANGED,
        "the file " + file + " changed since it was listed, or was removed",
        "the next run reads it as it is then",
        cause);
  }

  static LeatException noFile(String file) {
    return new LeatException(
        NO_FILE, "there is no file " + file, "look whether something else moved or removed it");
  }

  static LeatException cancelled(String doing) {
    return new LeatException(ErrorCode.CANCELLED, doing + " was cancelled", "");
  }
}

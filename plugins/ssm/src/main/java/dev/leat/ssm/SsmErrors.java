package dev.leat.ssm;

import dev.leat.spi.credential.Credentials;
import dev.leat.spi.error.ErrorCategory;
import dev.leat.spi.error.ErrorCode;
import dev.leat.spi.error.LeatException;
import java.util.Locale;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.exception.SdkException;

/** What an answer of AWS means. Its texts are left out: they may repeat what was sent. */
final class SsmErrors {
  static final ErrorCode OPTION = new ErrorCode("SSM_OPTION", ErrorCategory.CONFIG);
  private static final ErrorCode DENIED = new ErrorCode("SSM_DENIED", ErrorCategory.AUTH);
  private static final ErrorCode LOGIN = new ErrorCode("SSM_LOGIN", ErrorCategory.AUTH);
  private static final ErrorCode BUSY = new ErrorCode("SSM_UNAVAILABLE", ErrorCategory.TRANSIENT);
  private static final ErrorCode REFUSED = new ErrorCode("SSM_REFUSED", ErrorCategory.CONFIG);

  private final String place;

  /**
   * @param place for people
   */
  SsmErrors(String place) {
    this.place = place;
  }

  /**
   * The error to throw.
   *
   * @param action IAM's, such as {@code ssm:GetParameter}
   */
  LeatException map(String action, SdkException e) {
    return switch (e) {
      case AwsServiceException answer -> answered(action, answer);
      case SdkClientException failure -> unanswered(action, failure);
      default -> busy(action, e.getClass().getSimpleName());
    };
  }

  private LeatException answered(String action, AwsServiceException e) {
    String code = e.awsErrorDetails() == null ? "" : e.awsErrorDetails().errorCode();
    String shown = code + ", status " + e.statusCode() + ", request " + e.requestId();
    if (e.isThrottlingException() || e.statusCode() >= 500 || code.equals("TooManyUpdates")) {
      return busy(action, shown);
    }
    return switch (code) {
      case "AccessDeniedException" ->
          new LeatException(
              DENIED,
              "AWS does not allow %s for %s (%s)".formatted(action, place, shown),
              "allow %s, and kms:Decrypt (to put: kms:Encrypt) with the key, to who runs Leat"
                  .formatted(action));
      case "UnrecognizedClientException",
          "InvalidClientTokenId",
          "InvalidSignatureException",
          "ExpiredTokenException",
          "IncompleteSignature",
          "MissingAuthenticationTokenException" ->
          new LeatException(
              LOGIN,
              "AWS does not accept the login that Leat has for %s (%s)".formatted(place, shown),
              "log in again, for example with aws sso login, or check AWS_ACCESS_KEY_ID and"
                  + " AWS_PROFILE; aws sts get-caller-identity says who you are");
      default ->
          new LeatException(
              REFUSED,
              "AWS refuses %s for %s (%s)".formatted(action, place, shown),
              "look the error up in the reference of %s"
                  .formatted(action.substring(action.indexOf(':') + 1)));
    };
  }

  private LeatException unanswered(String action, SdkClientException e) {
    String text = String.valueOf(e.getMessage()).toLowerCase(Locale.ROOT);
    if (text.contains("unable to load region")) {
      return new LeatException(
          OPTION,
          "nothing says in which region %s are".formatted(place),
          "write region = \"eu-central-1\" into [credentials], or set AWS_REGION");
    }
    if (text.contains("credentials")) {
      return new LeatException(
          LOGIN,
          "there is no login for AWS, which has %s".formatted(place),
          "set AWS_PROFILE, or AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY; or log in with aws sso"
              + " login");
    }
    return busy(action, e.getClass().getSimpleName());
  }

  private LeatException busy(String action, String shown) {
    return new LeatException(
        BUSY,
        "AWS did not do %s for %s, also after trying again (%s)".formatted(action, place, shown),
        "try again later; if it stays so, check region, endpoint and network");
  }

  /** A value is larger than what a parameter takes. */
  static LeatException tooLong(int limit) {
    return new LeatException(
        Credentials.VALUE,
        "the value has more than the %d bytes that a parameter takes".formatted(limit),
        "keep it in a keystore, or in a file, readable for you only, and refer to it by file:PATH");
  }
}

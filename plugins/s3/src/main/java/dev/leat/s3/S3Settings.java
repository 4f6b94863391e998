package dev.leat.s3;

import dev.leat.spi.error.ErrorCategory;
import dev.leat.spi.error.ErrorCode;
import dev.leat.spi.error.LeatException;
import dev.leat.spi.plugin.OptionValues;
import dev.leat.spi.plugin.Secret;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.regions.providers.DefaultAwsRegionProviderChain;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3ClientBuilder;
import software.amazon.awssdk.services.s3.S3Configuration;

/**
 * How a bucket is reached.
 *
 * @param endpoint empty for AWS
 * @param region empty for what is found
 * @param pathStyle whether the bucket is in the path
 * @param credentials empty for those that are found
 * @param partSize bytes
 * @param parallel parts at a time
 * @param timeout of silence
 */
record S3Settings(
    Optional<URI> endpoint,
    Optional<String> region,
    boolean pathStyle,
    Optional<AwsCredentialsProvider> credentials,
    int partSize,
    int parallel,
    Duration timeout) {
  /** What the API demands of every part but the last. */
  static final int SMALLEST_PART = 5 << 20;

  private static final int LARGEST_PART = 512 << 20;
  private static final int USUAL_PART = 8_000_000;
  private static final int ATTEMPTS = 5;
  private static final Region ANY = Region.US_EAST_1;
  private static final ErrorCode NO_CREDENTIALS =
      new ErrorCode("S3_NO_CREDENTIALS", ErrorCategory.AUTH);

  static S3Settings of(OptionValues options) {
    Optional<URI> endpoint = options.optional("endpoint", String.class).map(S3Settings::address);
    long part = options.optional("part_size", Long.class).orElse((long) USUAL_PART);
    if (part < SMALLEST_PART || part > LARGEST_PART) {
      throw new LeatException(
          S3Errors.SETTINGS,
          "part_size of a storage is not between 5 MiB and 512 MiB",
          "write for example part_size = \"8 MB\"");
    }
    return new S3Settings(
        endpoint,
        options.optional("region", String.class),
        options.optional("path_style", Boolean.class).orElse(endpoint.isPresent()),
        credentials(options),
        (int) part,
        Math.clamp(options.optional("parallel", Long.class).orElse(4L), 1, 64),
        options.optional("timeout", Duration.class).orElse(Duration.ofSeconds(30)));
  }

  private static URI address(String text) {
    try {
      URI address = URI.create(text);
      if (address.getHost() != null && address.getUserInfo() == null) {
        return address;
      }
    } catch (IllegalArgumentException e) {
      throw badAddress(e);
    }
    throw badAddress(null);
  }

  private static LeatException badAddress(@org.jspecify.annotations.Nullable Exception cause) {
    return new LeatException(
        S3Errors.SETTINGS,
        "endpoint of a storage is no address of a server",
        "write for example endpoint = \"https://minio.example.com:9000\"; keys belong in access_key"
            + " and secret_key",
        cause);
  }

  private static Optional<AwsCredentialsProvider> credentials(OptionValues options) {
    Optional<Secret> access = options.optional("access_key", Secret.class);
    Optional<Secret> secret = options.optional("secret_key", Secret.class);
    if (access.isPresent() != secret.isPresent()) {
      throw new LeatException(
          S3Errors.SETTINGS,
          "a storage has one of access_key and secret_key without the other",
          "write both, or none to use the credentials that AWS's own tools would find");
    }
    return access.map(
        key -> {
          String value = secret.orElseThrow().reveal();
          return StaticCredentialsProvider.create(
              options
                  .optional("session_token", Secret.class)
                  .<software.amazon.awssdk.auth.credentials.AwsCredentials>map(
                      token -> AwsSessionCredentials.create(key.reveal(), value, token.reveal()))
                  .orElseGet(() -> AwsBasicCredentials.create(key.reveal(), value)));
        });
  }

  /**
   * A client. AWS checks the CRC that the SDK sends by default; other servers may not know it, and
   * get a hash of the body in the signature, or rely on TLS.
   */
  S3Client client() {
    Optional<Region> known = region.map(Region::of).or(this::regionOfMachine);
    S3ClientBuilder builder =
        S3Client.builder()
            .region(known.orElse(ANY))
            .credentialsProvider(credentials.orElseGet(S3Settings::found))
            .forcePathStyle(pathStyle)
            .responseChecksumValidation(ResponseChecksumValidation.WHEN_REQUIRED)
            .httpClientBuilder(
                UrlConnectionHttpClient.builder().connectionTimeout(timeout).socketTimeout(timeout))
            .overrideConfiguration(
                o ->
                    o.retryStrategy(
                            AwsRetryStrategy.standardRetryStrategy().toBuilder()
                                .maxAttempts(ATTEMPTS)
                                .build())
                        .addExecutionInterceptor(new NothingToAwait()));
    endpoint.ifPresentOrElse(
        address ->
            builder
                .endpointOverride(address)
                .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
                .serviceConfiguration(
                    S3Configuration.builder().chunkedEncodingEnabled(false).build()),
        () -> builder.crossRegionAccessEnabled(known.isEmpty()));
    return builder.build();
  }

  private Optional<Region> regionOfMachine() {
    if (endpoint.isPresent()) {
      return Optional.empty();
    }
    try {
      return Optional.ofNullable(DefaultAwsRegionProviderChain.builder().build().getRegion());
    } catch (SdkException _) {
      return Optional.empty();
    }
  }

  private static AwsCredentialsProvider found() {
    DefaultCredentialsProvider provider = DefaultCredentialsProvider.builder().build();
    try {
      provider.resolveCredentials();
      return provider;
    } catch (SdkException e) {
      throw new LeatException(
          NO_CREDENTIALS,
          "there are no credentials for S3: neither in the flow file nor where AWS's own tools look",
          "write access_key = \"env:S3_ACCESS_KEY\" and secret_key = \"env:S3_SECRET_KEY\" in a section"
              + " [storage.NAME] with type = \"s3\", or log in with `aws configure`",
          e);
    }
  }
}

package dev.leat.s3;

import dev.leat.spi.error.LeatException;
import dev.leat.spi.plugin.Option;
import dev.leat.spi.plugin.OptionType;
import dev.leat.spi.plugin.OptionValues;
import dev.leat.spi.storage.Storage;
import dev.leat.spi.storage.StorageConnector;
import java.util.List;

/** Opens buckets, or what is below a prefix in them. */
final class S3Connector implements StorageConnector {
  @Override
  public String scheme() {
    return "s3";
  }

  @Override
  public List<Option> options() {
    return List.of(
        Option.optional(
            "endpoint",
            OptionType.STRING,
            "",
            "The server, if it is not AWS",
            "\"https://minio.example.com:9000\""),
        Option.optional(
            "region",
            OptionType.STRING,
            "",
            "The bucket's region; by default what the AWS settings of the machine say, or the"
                + " bucket itself",
            "\"eu-central-1\""),
        Option.optional(
            "path_style",
            OptionType.BOOLEAN,
            "",
            "Whether the bucket is in the path rather than in the host's name; by default with an"
                + " endpoint",
            "true"),
        Option.optional(
            "access_key",
            OptionType.SECRET,
            "",
            "By default the credentials that AWS's own tools would find",
            "\"env:S3_ACCESS_KEY\""),
        Option.optional(
            "secret_key", OptionType.SECRET, "", "Belongs to access_key", "\"env:S3_SECRET_KEY\""),
        Option.optional(
            "session_token",
            OptionType.SECRET,
            "",
            "Belongs to access_key, if that is temporary",
            "\"env:S3_SESSION_TOKEN\""),
        Option.optional(
            "part_size",
            OptionType.SIZE,
            "\"8 MB\"",
            "Larger files are sent and fetched in parts of this size, at least 5 MiB; it grows with"
                + " files that would have more than 10,000",
            "\"32 MB\""),
        Option.optional(
            "parallel",
            OptionType.INTEGER,
            "4",
            "Parts of a file under way at a time; so many are in memory while one is written",
            "8"),
        Option.optional(
            "timeout",
            OptionType.DURATION,
            "\"30s\"",
            "How long the server may keep silent before a request is tried again",
            "\"1m\""));
  }

  @Override
  public Storage open(String root, OptionValues options) {
    int slash = root.indexOf('/');
    String bucket = slash < 0 ? root : root.substring(0, slash);
    if (bucket.isEmpty()) {
      throw new LeatException(
          S3Errors.SETTINGS, "the address s3://" + root + " has no bucket", "write s3://BUCKET/…");
    }
    S3Settings settings = S3Settings.of(options);
    S3Bucket place =
        new S3Bucket(settings.client(), bucket, slash < 0 ? "" : root.substring(slash + 1) + "/");
    return new S3Storage(place, settings);
  }
}

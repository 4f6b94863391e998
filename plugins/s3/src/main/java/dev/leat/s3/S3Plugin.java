package dev.leat.s3;

import dev.leat.spi.plugin.Plugin;
import dev.leat.spi.storage.StorageConnector;
import java.util.Optional;

/** S3, and whatever speaks its API. */
public final class S3Plugin implements Plugin {
  @Override
  public String name() {
    return "s3";
  }

  @Override
  public String summary() {
    return "files in buckets of S3 and of servers that speak its API";
  }

  @Override
  public Optional<StorageConnector> storage() {
    return Optional.of(new S3Connector());
  }
}

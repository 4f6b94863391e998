package dev.leat.s3;

import static org.assertj.core.api.Assertions.assertThat;

import dev.leat.spi.plugin.OptionValues;
import dev.leat.spi.plugin.Secret;
import dev.leat.spi.storage.Storage;
import dev.leat.spi.storage.StoredFile;
import dev.leat.testkit.contract.StorageContract;
import dev.leat.testkit.s3.S3Server;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.MultipartUpload;

/** Buckets of a real server that speaks the API. */
final class S3StorageContractIT implements StorageContract {
  @TempDir private static Path folder;
  private static S3Server server;

  private final String prefix = "root-" + UUID.randomUUID();

  @BeforeAll
  static void start() throws IOException {
    server = S3Server.start(folder);
    server.createBucket("acme");
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  /** Options for a server at a port. */
  static Map<String, Object> options(int port) {
    Map<String, Object> options = new HashMap<>();
    options.put("endpoint", "http://127.0.0.1:" + port);
    options.put("access_key", new Secret(S3Server.ACCESS_KEY));
    options.put("secret_key", new Secret(S3Server.SECRET_KEY));
    options.put("part_size", (long) S3Settings.SMALLEST_PART);
    return options;
  }

  @Override
  public Storage open() {
    return new S3Connector().open("acme/" + prefix, new OptionValues(options(server.port())));
  }

  @Override
  public Storage nowhere() {
    return new S3Connector().open("nowhere/x", new OptionValues(options(server.port())));
  }

  @Override
  public int large() {
    return 3 * S3Settings.SMALLEST_PART + 17;
  }

  @Override
  public int many() {
    return 60;
  }

  @Test
  void filesAreListedPageByPage() {
    S3Settings settings = S3Settings.of(new OptionValues(options(server.port())));
    S3Bucket bucket = new S3Bucket(settings.client(), "acme", prefix + "/");
    try (Storage storage = new S3Storage(bucket, settings, 3)) {
      for (int i = 0; i < 10; i++) {
        StorageContract.write(storage, "many/" + i, new byte[i]);
      }
      assertThat(StorageContract.list(storage, "many/"))
          .extracting(StoredFile::name)
          .hasSize(10)
          .doesNotHaveDuplicates()
          .isSorted();
    }
  }

  @Override
  public void leaveBehind(Storage storage, String name) {
    String key = prefix + "/" + name;
    try (S3Client client = S3Settings.of(new OptionValues(options(server.port()))).client()) {
      String id = client.createMultipartUpload(b -> b.bucket("acme").key(key)).uploadId();
      var unused =
          client.uploadPart(
              b -> b.bucket("acme").key(key).uploadId(id).partNumber(1),
              RequestBody.fromBytes(new byte[S3Settings.SMALLEST_PART]));
    }
  }

  @Override
  public List<String> leftovers(Storage storage) {
    try (S3Client client = S3Settings.of(new OptionValues(options(server.port()))).client()) {
      return client
          .listMultipartUploads(b -> b.bucket("acme").prefix(prefix + "/"))
          .uploads()
          .stream()
          .map(MultipartUpload::key)
          .toList();
    }
  }
}

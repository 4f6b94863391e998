package dev.leat.app.demo;

import dev.leat.s3.S3Plugin;
import dev.leat.spi.plugin.OptionValues;
import dev.leat.spi.plugin.Secret;
import dev.leat.spi.storage.Storage;
import dev.leat.spi.storage.StorageWriter;
import dev.leat.testkit.s3.S3ServerProcess;
import dev.leat.testkit.s3.S3ServerProcess.Keys;
import java.io.IOException;
import java.net.URI;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/** A bucket where partners leave files, on an S3 server of its own. */
final class RawZone implements AutoCloseable {
  private static final String BUCKET = "raw";

  private final DemoFiles files;
  private final S3ServerProcess server;
  private final Keys keys;
  private final boolean keep;

  private RawZone(DemoFiles files, S3ServerProcess server, Keys keys, boolean keep) {
    this.files = files;
    this.server = server;
    this.keys = keys;
    this.keep = keep;
  }

  /**
   * Begins to start the server; its keys are in files that a flow can name.
   *
   * @param keep whether it goes on after this process
   */
  static RawZone start(DemoFiles files, boolean keep) throws IOException {
    SecureRandom random = new SecureRandom();
    Keys keys = new Keys("leat-demo-" + hex(random, 6), hex(random, 20));
    DemoFiles.writeSecret(files.accessKey(), keys.access());
    DemoFiles.writeSecret(files.secretKey(), keys.secret());
    return new RawZone(
        files,
        S3ServerProcess.start(files.buckets(), files.bucketsLog(), keys, keep, BUCKET),
        keys,
        keep);
  }

  private static String hex(SecureRandom random, int bytes) {
    byte[] some = new byte[bytes];
    random.nextBytes(some);
    return HexFormat.of().formatHex(some);
  }

  URI endpoint() throws IOException {
    return server.endpoint();
  }

  long pid() {
    return server.pid();
  }

  private Storage bucket() throws IOException {
    Map<String, Object> options =
        Map.of(
            "endpoint", endpoint().toString(),
            "access_key", new Secret(keys.access()),
            "secret_key", new Secret(keys.secret()));
    return new S3Plugin().storage().orElseThrow().open(BUCKET, new OptionValues(options));
  }

  /** The names of the files in the bucket. */
  List<String> list() throws IOException {
    List<String> names = new ArrayList<>();
    try (Storage bucket = bucket()) {
      bucket.list("", file -> names.add(file.name()));
    }
    return names;
  }

  /** Puts files into the bucket, as partners do: through the server. */
  void put(List<Drop> drops) throws IOException {
    try (Storage bucket = bucket()) {
      for (Drop drop : drops) {
        try (StorageWriter writer = bucket.create(drop.name())) {
          writer.out().write(drop.bytes());
          var unused = writer.commit();
        }
      }
    }
  }

  /** Ends the server and removes its files, unless it is to be kept. */
  @Override
  public void close() throws IOException {
    if (!keep) {
      server.close();
      files.removeBuckets();
    }
  }
}

package dev.leat.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.leat.spi.engine.Cancellation;
import dev.leat.spi.error.ErrorCategory;
import dev.leat.spi.error.LeatException;
import dev.leat.spi.plugin.OptionValues;
import dev.leat.spi.plugin.Secret;
import dev.leat.spi.storage.Storage;
import dev.leat.spi.storage.StorageWriter;
import dev.leat.spi.storage.StoredFile;
import dev.leat.testkit.contract.StorageContract;
import dev.leat.testkit.net.Direction;
import dev.leat.testkit.net.FaultyProxy;
import dev.leat.testkit.s3.S3Server;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Random;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A server that cannot be reached, connections that are cut, files that change meanwhile. */
final class S3FaultsIT {
  private static final int SIZE = 3 * S3Settings.SMALLEST_PART + 5;

  @TempDir private static Path folder;
  @TempDir private Path scratch;
  private static S3Server server;
  private FaultyProxy proxy;
  private Storage storage;

  @BeforeAll
  static void start() throws IOException {
    server = S3Server.start(folder);
    server.createBucket("acme");
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @BeforeEach
  void open() {
    proxy = FaultyProxy.to("127.0.0.1", server.port());
    storage = storage(Map.of());
  }

  private Storage storage(Map<String, Object> other) {
    Map<String, Object> options = S3StorageContractIT.options(proxy.port());
    options.put("timeout", Duration.ofSeconds(5));
    options.putAll(other);
    return new S3Connector().open("acme/faults", new OptionValues(options));
  }

  @AfterEach
  void close() {
    storage.close();
    proxy.close();
  }

  private static byte[] bytes(int seed) {
    byte[] bytes = new byte[SIZE];
    new Random(seed).nextBytes(bytes);
    return bytes;
  }

  @Test
  void aDownloadGoesOnWhereItWasCut() throws IOException {
    StoredFile file = StorageContract.write(storage, "x", bytes(1));
    try (InputStream in = storage.open(file)) {
      byte[] begin = in.readNBytes(1_000_000);
      proxy.cut();
      byte[] end = in.readAllBytes();
      assertThat(begin.length + end.length).isEqualTo(SIZE);
      assertThat(end).endsWith(java.util.Arrays.copyOfRange(bytes(1), SIZE - 1000, SIZE));
    }
    proxy.cutAfter(Direction.TO_CLIENT, 2_000_000);
    Path fetched = storage.fetch(file, scratch, Cancellation.never());
    assertThat(Files.readAllBytes(fetched)).isEqualTo(bytes(1));
  }

  @Test
  void anUploadGoesOnWhereItWasCut() throws IOException {
    proxy.cutAfter(Direction.TO_SERVER, 7_000_000);
    StoredFile file = StorageContract.write(storage, "up", bytes(2));
    assertThat(StorageContract.read(storage, file)).isEqualTo(bytes(2));
  }

  @Test
  void aDownloadThatIsCutDoesNotGoOnWithAnotherFile() throws IOException {
    StoredFile file = StorageContract.write(storage, "y", bytes(3));
    try (InputStream in = storage.open(file)) {
      byte[] begin = in.readNBytes(100_000);
      assertThat(begin).hasSize(100_000);
      StorageContract.write(storage, "y", bytes(4));
      proxy.cut();
      assertThatThrownBy(in::readAllBytes)
          .isInstanceOf(IOException.class)
          .cause()
          .isInstanceOfSatisfying(
              LeatException.class, e -> assertThat(e.code()).isEqualTo(Storage.CHANGED));
    }
  }

  @Test
  void aServerThatCannotBeReachedMayBeThereLater() {
    proxy.refuse();
    fails(() -> storage.find("x"), ErrorCategory.TRANSIENT, "could not be asked");
    fails(() -> storage.list("", _ -> {}), ErrorCategory.TRANSIENT, "could not be asked");
    assertThatThrownBy(() -> StorageContract.write(storage, "x", bytes(1)))
        .satisfiesAnyOf(
            e -> assertThat(e).isInstanceOf(LeatException.class),
            e -> assertThat(e.getCause()).hasRootCauseInstanceOf(IOException.class));
    proxy.pass();
    try (StorageWriter writer = storage.create("later")) {
      assertThat(writer.commit().size()).isZero();
    }
  }

  @Test
  void wrongKeysAreSaidToBeWrong() {
    try (Storage other = storage(Map.of("secret_key", new Secret("wrong-secret")))) {
      fails(() -> other.list("", _ -> {}), ErrorCategory.AUTH, "does not know the credentials");
      assertThatThrownBy(() -> other.list("", _ -> {}))
          .hasMessageNotContaining("wrong-secret")
          .hasMessageNotContaining(S3Server.ACCESS_KEY);
    }
    try (Storage other = storage(Map.of("access_key", new Secret("nobody")))) {
      fails(() -> other.list("", _ -> {}), ErrorCategory.AUTH, "");
    }
  }

  @Test
  void settingsThatCannotBeAreRefused() {
    fails(() -> storage(Map.of("part_size", 100L)), ErrorCategory.CONFIG, "between 5 MiB");
    fails(() -> storage(Map.of("endpoint", "minio:9000")), ErrorCategory.CONFIG, "no address");
    fails(
        () ->
            new S3Connector().open("acme", new OptionValues(Map.of("access_key", new Secret("x")))),
        ErrorCategory.CONFIG,
        "without the other");
  }

  private static void fails(ThrowingCallable work, ErrorCategory category, String words) {
    assertThatThrownBy(work)
        .isInstanceOfSatisfying(
            LeatException.class,
            e -> {
              assertThat(e.category()).isEqualTo(category);
              assertThat(e.message()).contains(words);
              assertThat(e.fix()).isNotEmpty();
            });
  }
}

package dev.leat.benchmarks;

import dev.leat.s3.S3Plugin;
import dev.leat.spi.engine.Cancellation;
import dev.leat.spi.plugin.OptionValues;
import dev.leat.spi.plugin.Secret;
import dev.leat.spi.storage.Storage;
import dev.leat.testkit.s3.S3Server;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3Configuration;
import software.amazon.awssdk.services.s3.model.CompletedPart;

/** A large file into a bucket in parts: Leat's storage, and the SDK told part by part. */
final class S3Upload {
  private static final int ROUNDS = 5;
  private static final int PART = 8_000_000;
  private static final int PARALLEL = 4;

  private final Path folder;
  private final int megabytes;

  S3Upload(Path folder, int megabytes) {
    this.folder = folder;
    this.megabytes = megabytes;
  }

  Ratio measure() throws IOException, InterruptedException {
    Path file = folder.resolve("large.bin");
    Random random = new Random(1);
    try (var out = Files.newOutputStream(file)) {
      byte[] block = new byte[1_000_000];
      for (int i = 0; i < megabytes; i++) {
        random.nextBytes(block);
        out.write(block);
      }
    }
    List<Measured> ours = new ArrayList<>();
    List<Measured> alone = new ArrayList<>();
    try (S3Server server = S3Server.start(folder.resolve("buckets"))) {
      server.createBucket("bench");
      try (Storage storage = storage(server);
          S3Client client = client(server)) {
        for (int round = 0; round < ROUNDS; round++) {
          alone.add(timed(() -> alone(client, file)));
          ours.add(
              timed(
                  () -> {
                    Object unused = storage.put(file, "leat.bin", Cancellation.never());
                  }));
          Map<String, Measured> measured = new LinkedHashMap<>();
          measured.put("Leat", ours.getLast());
          measured.put("SDK", alone.getLast());
          Programs.progress("upload", round, measured);
        }
      }
    }
    return new Ratio(
        "%d MB into S3 in parts, in thousand kB/s, beside the AWS SDK alone".formatted(megabytes),
        megabytes * 1000,
        ours,
        alone,
        0.9,
        1.0);
  }

  private static Storage storage(S3Server server) {
    return new S3Plugin()
        .storage()
        .orElseThrow()
        .open(
            "bench",
            new OptionValues(
                Map.of(
                    "endpoint",
                    server.endpoint().toString(),
                    "access_key",
                    new Secret(S3Server.ACCESS_KEY),
                    "secret_key",
                    new Secret(S3Server.SECRET_KEY),
                    "part_size",
                    (long) PART,
                    "parallel",
                    (long) PARALLEL)));
  }

  private static S3Client client(S3Server server) {
    URI endpoint = server.endpoint();
    return S3Client.builder()
        .region(Region.US_EAST_1)
        .endpointOverride(endpoint)
        .forcePathStyle(true)
        .credentialsProvider(
            StaticCredentialsProvider.create(
                AwsBasicCredentials.create(S3Server.ACCESS_KEY, S3Server.SECRET_KEY)))
        .httpClientBuilder(UrlConnectionHttpClient.builder())
        // The server knows neither the checksums nor the chunks that AWS gets.
        .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
        .serviceConfiguration(S3Configuration.builder().chunkedEncodingEnabled(false).build())
        .build();
  }

  private static void alone(S3Client client, Path file) throws IOException, InterruptedException {
    String id = client.createMultipartUpload(b -> b.bucket("bench").key("sdk.bin")).uploadId();
    List<Future<CompletedPart>> parts = new ArrayList<>();
    try (ExecutorService workers = Executors.newFixedThreadPool(PARALLEL);
        RandomAccessFile opened = new RandomAccessFile(file.toFile(), "r")) {
      FileChannel channel = opened.getChannel();
      long size = channel.size();
      for (long start = 0; start < size; start += PART) {
        long from = start;
        int number = parts.size() + 1;
        parts.add(
            workers.submit(
                () -> {
                  ByteBuffer part = ByteBuffer.allocate((int) Math.min(PART, size - from));
                  while (part.hasRemaining() && channel.read(part, from + part.position()) >= 0) {}
                  String tag =
                      client
                          .uploadPart(
                              b -> b.bucket("bench").key("sdk.bin").uploadId(id).partNumber(number),
                              RequestBody.fromBytes(part.array()))
                          .eTag();
                  return CompletedPart.builder().partNumber(number).eTag(tag).build();
                }));
      }
      List<CompletedPart> completed = new ArrayList<>();
      for (Future<CompletedPart> part : parts) {
        completed.add(part.get());
      }
      Object unused =
          client.completeMultipartUpload(
              b ->
                  b.bucket("bench")
                      .key("sdk.bin")
                      .uploadId(id)
                      .multipartUpload(m -> m.parts(completed)));
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause());
    }
  }

  private interface Work {
    void run() throws IOException, InterruptedException;
  }

  private static Measured timed(Work work) throws IOException, InterruptedException {
    long start = System.nanoTime();
    work.run();
    return new Measured((System.nanoTime() - start) / 1e9, 0);
  }
}

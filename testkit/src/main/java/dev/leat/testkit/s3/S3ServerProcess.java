package dev.leat.testkit.s3;

import java.io.BufferedReader;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** An {@link S3Server} in a process of its own, which can stay when this one ends. */
public final class S3ServerProcess implements AutoCloseable {
  private static final String ACCESS = "LEAT_S3_SERVER_ACCESS_KEY";
  private static final String SECRET = "LEAT_S3_SERVER_SECRET_KEY";
  private static final String STAY = "--stay";

  private final Process process;
  private final Path log;
  private @Nullable URI endpoint;

  private S3ServerProcess(Process process, Path log) {
    this.process = process;
    this.log = log;
  }

  /**
   * Who may use the server.
   *
   * @param access sent with each request
   * @param secret signs it
   */
  public record Keys(String access, String secret) {
    @Override
    public String toString() {
      return "***";
    }
  }

  /**
   * Begins to start a server at a free port of this machine, with the class path of this process;
   * {@link #endpoint} waits for it.
   *
   * @param folder whose sub-folders are buckets
   * @param log where its messages go
   * @param stay whether it goes on when this process has ended, until it is killed; otherwise it
   *     ends then, however that was
   * @param buckets that are made
   */
  public static S3ServerProcess start(
      Path folder, Path log, Keys keys, boolean stay, String... buckets) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
    command.addAll(
        List.of(
            "-cp",
            System.getProperty("java.class.path"),
            S3ServerProcess.class.getName(),
            folder.toString(),
            stay ? STAY : ""));
    command.addAll(List.of(buckets));
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()))
            .redirectInput(
                stay
                    ? ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile())
                    : ProcessBuilder.Redirect.PIPE);
    builder.environment().putAll(Map.of(ACCESS, keys.access(), SECRET, keys.secret()));
    return new S3ServerProcess(builder.start(), log);
  }

  /** What clients need to be told besides the keys; waits until it can be used. */
  public URI endpoint() throws IOException {
    if (endpoint == null) {
      // Not closed: the server may outlive whoever asks.
      BufferedReader out = process.inputReader(StandardCharsets.UTF_8);
      String line = out.readLine();
      if (line == null) {
        throw new IOException("the S3 server does not start; see " + log);
      }
      endpoint = URI.create(line);
    }
    return endpoint;
  }

  public long pid() {
    return process.pid();
  }

  @Override
  public void close() {
    process.destroy();
    boolean interrupted = false;
    try {
      if (!process.waitFor(5, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      interrupted = true;
      process.destroyForcibly();
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private static String variable(String name) {
    return Objects.requireNonNull(System.getenv(name), name);
  }

  /** What the process runs. */
  public static void main(String[] args) throws IOException {
    S3Server server = S3Server.start(Path.of(args[0]), variable(ACCESS), variable(SECRET));
    for (String bucket : List.of(args).subList(2, args.length)) {
      server.createBucket(bucket);
    }
    System.out.println(server.endpoint());
    System.out.flush();
    if (!args[1].equals(STAY)) {
      // Ends with the process that holds the other end.
      while (System.in.read() >= 0) {}
      server.close();
      System.exit(0);
    }
  }
}

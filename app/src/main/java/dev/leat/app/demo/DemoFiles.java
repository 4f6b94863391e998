package dev.leat.app.demo;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What a demo leaves in the current folder, and how it knows an earlier one's. */
final class DemoFiles {
  static final String FLOW = "demo";
  static final String FLOW_OF_STEPS = "demo_flow";

  private static final Pattern PUBLISHED = Pattern.compile("_manifest\\.json|leat-.*\\.parquet");

  private final Path folder;
  private final String name;
  private final String file;
  private final String mark;

  DemoFiles(Path folder) {
    this(folder, FLOW, "leat demo");
  }

  private DemoFiles(Path folder, String name, String command) {
    this.folder = folder;
    this.name = name;
    this.file = name.replace('_', '-');
    this.mark = "# Written by " + command + "; replaced by the next one.";
  }

  /** Those of the demo of a flow with steps. */
  static DemoFiles ofSteps(Path folder) {
    return new DemoFiles(folder, FLOW_OF_STEPS, "leat demo flow");
  }

  Path flow() {
    return folder.resolve(file + ".toml");
  }

  Path database() {
    return folder.resolve(file + ".duckdb");
  }

  Path log() {
    return state().resolve(name + ".log");
  }

  Path server() {
    return state().resolve(file + "-postgres");
  }

  /** Where the S3 server of a demo has its buckets. */
  Path buckets() {
    return state().resolve(file + "-s3");
  }

  Path bucketsLog() {
    return state().resolve(name + ".s3.log");
  }

  /** The process that serves the buckets, if it was kept. */
  Path bucketsPid() {
    return state().resolve(name + ".s3.pid");
  }

  Path accessKey() {
    return state().resolve(name + ".s3.access");
  }

  Path secretKey() {
    return state().resolve(name + ".s3.secret");
  }

  /** Where datasets are published as files. */
  Path lake() {
    return folder.resolve(file + "-lake");
  }

  /** As short as a person in the demo's folder would type it. */
  String shown(Path path) {
    return folder.relativize(path).toString();
  }

  /** The command that ends servers that were kept, as they are {@link #shown}. */
  static String stop(String server, String bucketsPid) {
    return "kill $(cat %2$s) $(head -n 1 %1$s/data/postmaster.pid); sleep 2; rm -r %1$s"
        .formatted(server, bucketsPid);
  }

  /** For files that are removed. */
  Path scratch() {
    return state();
  }

  private Path state() {
    return folder.resolve(".leat");
  }

  /** Removes what an earlier demo left; changes nothing if there is another's file. */
  void clear() throws IOException {
    boolean ours =
        Files.isRegularFile(flow())
            && Files.readString(flow(), StandardCharsets.UTF_8).startsWith(mark);
    if (Files.exists(flow()) && !ours) {
      throw DemoErrors.foreignFile(flow());
    }
    if (Files.exists(database()) && !(ours && isDuckDb())) {
      throw DemoErrors.foreignFile(database());
    }
    List<Path> published = published(ours);
    Files.deleteIfExists(flow());
    Files.deleteIfExists(database());
    Files.deleteIfExists(folder.resolve(file + ".duckdb.wal"));
    if (Files.isDirectory(state())) {
      List<Path> old;
      try (Stream<Path> all = Files.list(state())) {
        old = all.filter(this::isStateOfDemo).toList();
      }
      for (Path path : old) {
        Files.delete(path);
      }
    }
    removeBuckets();
    for (Path path : published.reversed()) {
      Files.delete(path);
    }
    Files.createDirectories(state());
  }

  /** What an earlier demo published: folders before what is in them. */
  private List<Path> published(boolean ours) throws IOException {
    if (!Files.exists(lake(), LinkOption.NOFOLLOW_LINKS)) {
      return List.of();
    }
    List<Path> all;
    try (Stream<Path> walk = Files.walk(lake())) {
      all = walk.toList();
    }
    for (Path path : all) {
      boolean folder = Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS);
      if (!ours || !(folder || PUBLISHED.matcher(path.getFileName().toString()).matches())) {
        throw DemoErrors.foreignFile(path);
      }
    }
    return all;
  }

  /** Removes what an S3 server left. */
  void removeBuckets() throws IOException {
    if (!Files.isDirectory(buckets(), LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    List<Path> all;
    try (Stream<Path> walk = Files.walk(buckets())) {
      all = walk.toList();
    }
    for (Path path : all.reversed()) {
      Files.delete(path);
    }
  }

  /** Writes a secret for its owner only. */
  static void writeSecret(Path file, String secret) throws IOException {
    Files.deleteIfExists(file);
    if (file.getFileSystem().supportedFileAttributeViews().contains("posix")) {
      Files.createFile(
          file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    }
    Files.writeString(file, secret);
  }

  private boolean isStateOfDemo(Path path) {
    return String.valueOf(path.getFileName()).startsWith(name + ".") && !Files.isDirectory(path);
  }

  /** DuckDB's files have these bytes after their checksum. */
  private boolean isDuckDb() throws IOException {
    try (var in = Files.newInputStream(database())) {
      byte[] head = in.readNBytes(12);
      return head.length == 12 && new String(head, 8, 4, StandardCharsets.US_ASCII).equals("DUCK");
    }
  }

  /** The flow that copies the whole database. */
  void writeFlow(String url) throws IOException {
    write(
        """
        flow = "%s"

        [source.shop]
        from       = "postgres"
        connection = "%s"
        tables     = ["public.*"]

        [destination.file]
        to   = "duckdb"
        path = "demo.duckdb"
        """
            .formatted(FLOW, url));
  }

  /** Writes the flow file, so that the next demo knows it. */
  void write(String text) throws IOException {
    Files.writeString(flow(), mark + "\n" + text);
  }

  /** The last lines that the replication wrote. */
  String lastWords() throws IOException {
    List<String> lines = Files.exists(log()) ? Files.readAllLines(log()) : List.of();
    return String.join("\n", lines.subList(Math.max(0, lines.size() - 12), lines.size()));
  }
}

package dev.leat.app.demo;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** What a demo leaves in the current folder, and how it knows an earlier one's. */
final class DemoFiles {
  static final String FLOW = "demo";
  private static final String MARK = "# Written by leat demo; replaced by the next one.";

  private final Path folder;

  DemoFiles(Path folder) {
    this.folder = folder;
  }

  Path flow() {
    return folder.resolve("demo.toml");
  }

  Path database() {
    return folder.resolve("demo.duckdb");
  }

  Path log() {
    return state().resolve("demo.log");
  }

  Path server() {
    return state().resolve("demo-postgres");
  }

  private Path state() {
    return folder.resolve(".leat");
  }

  /** Removes what an earlier demo left; changes nothing if there is another's file. */
  void clear() throws IOException {
    boolean ours =
        Files.isRegularFile(flow())
            && Files.readString(flow(), StandardCharsets.UTF_8).startsWith(MARK);
    if (Files.exists(flow()) && !ours) {
      throw DemoErrors.foreignFile(flow());
    }
    if (Files.exists(database()) && !(ours && isDuckDb())) {
      throw DemoErrors.foreignFile(database());
    }
    Files.deleteIfExists(flow());
    Files.deleteIfExists(database());
    Files.deleteIfExists(folder.resolve("demo.duckdb.wal"));
    if (Files.isDirectory(state())) {
      List<Path> old;
      try (Stream<Path> all = Files.list(state())) {
        old = all.filter(DemoFiles::isStateOfDemo).toList();
      }
      for (Path path : old) {
        Files.delete(path);
      }
    }
    Files.createDirectories(state());
  }

  private static boolean isStateOfDemo(Path path) {
    String name = String.valueOf(path.getFileName());
    return name.startsWith(FLOW + ".") && !Files.isDirectory(path);
  }

  /** DuckDB's files have these bytes after their checksum. */
  private boolean isDuckDb() throws IOException {
    try (var in = Files.newInputStream(database())) {
      byte[] head = in.readNBytes(12);
      return head.length == 12 && new String(head, 8, 4, StandardCharsets.US_ASCII).equals("DUCK");
    }
  }

  void writeFlow(String url) throws IOException {
    Files.writeString(
        flow(),
        """
        %s
        flow = "%s"

        [source.shop]
        from       = "postgres"
        connection = "%s"
        tables     = ["public.*"]

        [destination.file]
        to   = "duckdb"
        path = "demo.duckdb"
        """
            .formatted(MARK, FLOW, url));
  }

  /** The last lines that the replication wrote. */
  String lastWords() throws IOException {
    List<String> lines = Files.exists(log()) ? Files.readAllLines(log()) : List.of();
    return String.join("\n", lines.subList(Math.max(0, lines.size() - 12), lines.size()));
  }
}

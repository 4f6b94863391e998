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
  static final String FLOW_OF_STEPS = "demo_flow";

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
    Files.createDirectories(state());
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

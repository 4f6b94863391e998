package dev.leat.duckdb;

import dev.leat.spi.batch.RowBatch;
import dev.leat.spi.engine.Cancellation;
import dev.leat.spi.engine.FileWriter;
import dev.leat.spi.error.LeatException;
import dev.leat.spi.schema.Column;
import dev.leat.spi.source.BatchReader;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.jspecify.annotations.Nullable;

/** Files written by a DuckDB in memory, under another name until they are whole. */
final class DuckDbFileWriter implements FileWriter {
  private static final long MEMORY_LIMIT = 512_000_000;
  private static final int THREADS = 2;

  @Override
  public long write(
      BatchReader rows,
      List<Column> columns,
      Path target,
      String format,
      List<String> partition,
      Cancellation cancellation) {
    Path file = target.toAbsolutePath().normalize();
    String options = options(format, partition);
    Path name = file.getFileName();
    Path folder = file.getParent();
    if (name == null || folder == null) {
      throw EngineErrors.otherFiles(file);
    }
    // The name's end stays: it says how the file is compressed.
    Path interim = folder.resolve("." + UUID.randomUUID() + "-" + name);
    try {
      Files.createDirectories(folder);
      requireReplaceable(file, partition);
      try {
        long written = copy(rows, columns, interim, options, cancellation);
        if (partition.isEmpty()) {
          sync(interim);
          Files.move(interim, file, StandardCopyOption.ATOMIC_MOVE);
        } else {
          Files.createDirectories(interim);
          swap(interim, file);
        }
        return written;
      } finally {
        delete(interim);
      }
    } catch (IOException e) {
      throw EngineErrors.unwritable(file, e);
    }
  }

  private static String options(String format, List<String> partition) {
    String written =
        switch (format.toLowerCase(Locale.ROOT)) {
          case "csv" -> "FORMAT csv, HEADER true";
          case "json" -> "FORMAT json";
          case "parquet" -> "FORMAT parquet, COMPRESSION zstd";
          default -> throw EngineErrors.unknownFormat(format);
        };
    return partition.isEmpty()
        ? written
        : written
            + partition.stream()
                .map(DuckDbSql::quote)
                .collect(Collectors.joining(", ", ", PARTITION_BY (", ")"));
  }

  /** Only what such a writing left is replaced: a folder may hold anything. */
  private static void requireReplaceable(Path file, List<String> partition) throws IOException {
    if (!Files.exists(file)) {
      return;
    }
    if (Files.isDirectory(file) == partition.isEmpty()) {
      throw EngineErrors.otherFiles(file);
    }
    if (!partition.isEmpty()) {
      String start = partition.getFirst() + "=";
      try (Stream<Path> entries = Files.list(file)) {
        if (!entries.allMatch(entry -> entry.getFileName().toString().startsWith(start))) {
          throw EngineErrors.otherFiles(file);
        }
      }
    }
  }

  private static long copy(
      BatchReader rows,
      List<Column> columns,
      Path file,
      String options,
      Cancellation cancellation) {
    try (Rest rest = new Rest(rows);
        BufferAllocator allocator = rest.allocator();
        DuckDbDatabase database =
            DuckDbDatabase.open(Path.of(DuckDbDatabase.IN_MEMORY), true, MEMORY_LIMIT, THREADS);
        Session session = database.session()) {
      String statement =
          "COPY ("
              + DuckDbEngine.loaded(columns)
              + ") TO "
              + DuckDbSql.literal(file.toString())
              + " ("
              + options
              + ")";
      return DuckDbEngine.cancellable(
          session,
          cancellation,
          s -> new ArrowStreams(allocator).overRows(s, columns, rest, () -> s.update(statement)));
    } catch (LeatException e) {
      throw EngineErrors.query(e);
    }
  }

  private static void sync(Path file) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      channel.force(true);
    }
  }

  private static void swap(Path made, Path folder) throws IOException {
    Path old = made.resolveSibling(made.getFileName() + ".old");
    if (Files.exists(folder)) {
      Files.move(folder, old, StandardCopyOption.ATOMIC_MOVE);
    }
    Files.move(made, folder, StandardCopyOption.ATOMIC_MOVE);
    delete(old);
  }

  private static void delete(Path path) throws IOException {
    if (Files.exists(path)) {
      try (Stream<Path> all = Files.walk(path)) {
        for (Path each : all.sorted(java.util.Comparator.reverseOrder()).toList()) {
          Files.delete(each);
        }
      }
    }
  }

  /** Rows whose first batch says where column memory comes from. */
  private static final class Rest implements BatchReader {
    private final BatchReader rows;
    private @Nullable RowBatch first;

    Rest(BatchReader rows) {
      this.rows = rows;
      this.first = rows.next();
    }

    /** Batches can only be handed on within the memory that they came from. */
    BufferAllocator allocator() {
      return first == null || first.root().getFieldVectors().isEmpty()
          ? new RootAllocator()
          : first
              .root()
              .getVector(0)
              .getAllocator()
              .newChildAllocator("leat-file", 0, Long.MAX_VALUE);
    }

    @Override
    public @Nullable RowBatch next() {
      RowBatch batch = first;
      if (batch != null) {
        first = null;
        return batch;
      }
      return rows.next();
    }

    @Override
    public long bytesRead() {
      return rows.bytesRead();
    }

    @Override
    public long rowsRead() {
      return rows.rowsRead();
    }

    /** What was not handed on; the reader itself is the caller's. */
    @Override
    public void close() {
      if (first != null) {
        first.close();
      }
    }
  }
}

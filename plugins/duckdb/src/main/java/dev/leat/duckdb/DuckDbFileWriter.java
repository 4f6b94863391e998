package dev.leat.duckdb;

import dev.leat.spi.batch.RowBatch;
import dev.leat.spi.engine.Cancellation;
import dev.leat.spi.engine.FileLayout;
import dev.leat.spi.engine.FileWriter;
import dev.leat.spi.engine.WrittenFiles;
import dev.leat.spi.error.LeatException;
import dev.leat.spi.schema.Column;
import dev.leat.spi.source.BatchReader;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.jspecify.annotations.Nullable;

/** Files written by a DuckDB in memory. */
final class DuckDbFileWriter implements FileWriter {
  private static final long MEMORY_LIMIT = 512_000_000;
  private static final int THREADS = 2;

  @Override
  public WrittenFiles write(
      BatchReader rows,
      List<Column> columns,
      Path folder,
      String name,
      FileLayout layout,
      Cancellation cancellation) {
    CopyStatement copy = new CopyStatement(folder, name, layout);
    try (Rest rest = new Rest(rows);
        BufferAllocator allocator = rest.allocator();
        DuckDbDatabase database = open();
        Session session = database.session()) {
      String statement = copy.of(DuckDbEngine.loaded(columns));
      List<List<@Nullable String>> answer = new ArrayList<>();
      long unused =
          DuckDbEngine.cancellable(
              session,
              cancellation,
              s ->
                  new ArrowStreams(allocator)
                      .overRows(s, columns, rest, () -> answered(s, statement, answer)));
      return copy.read(answer);
    } catch (LeatException e) {
      throw EngineErrors.query(e);
    }
  }

  @Override
  public WrittenFiles rewrite(
      List<Path> files,
      List<Column> columns,
      Path folder,
      String name,
      FileLayout layout,
      Cancellation cancellation) {
    if (layout.format().equals("json")) {
      return joined(files, folder, name, cancellation);
    }
    CopyStatement copy = new CopyStatement(folder, name, layout);
    try (DuckDbDatabase database = open();
        Session session = database.session()) {
      return copy.run(session, reading(files, columns, layout), cancellation);
    } catch (LeatException e) {
      throw EngineErrors.query(e);
    }
  }

  /** Lines stay lines, and so do compressed ones, one stream after the other. */
  private static WrittenFiles joined(
      List<Path> files, Path folder, String name, Cancellation cancellation) {
    Path target = folder.resolve(name);
    try (OutputStream out = Files.newOutputStream(target)) {
      for (Path file : files) {
        if (cancellation.isCancelled()) {
          throw EngineErrors.cancelled(null);
        }
        Files.copy(file, out);
      }
      return new WrittenFiles(-1, List.of(new WrittenFiles.File(name, -1)));
    } catch (IOException e) {
      throw EngineErrors.unwritable(target, e);
    }
  }

  private static long answered(
      Session session, String statement, List<List<@Nullable String>> answer) {
    answer.addAll(session.rows(statement));
    return answer.size();
  }

  private static DuckDbDatabase open() {
    return DuckDbDatabase.open(Path.of(DuckDbDatabase.IN_MEMORY), true, MEMORY_LIMIT, THREADS);
  }

  /** A query for the rows of files; values of text formats stay texts, so that none changes. */
  private static String reading(List<Path> files, List<Column> columns, FileLayout layout) {
    String list =
        files.stream()
            .map(file -> DuckDbSql.literal(file.toString()))
            .collect(Collectors.joining(", ", "[", "]"));
    return switch (layout.format()) {
      case "parquet" -> "FROM read_parquet(" + list + ", hive_partitioning = false)";
      case "csv" ->
          "FROM read_csv("
              + list
              + ", hive_partitioning = false, auto_detect = false, quote = '\"', escape = '\"',"
              + " allow_quoted_nulls = false, delim = "
              + DuckDbSql.literal(CopyStatement.delimiter(layout))
              + ", nullstr = "
              + DuckDbSql.literal(CopyStatement.nullText(layout))
              + ", header = "
              + CopyStatement.header(layout)
              + CopyStatement.compression(layout).map(c -> ", compression = " + c).orElse("")
              + ", columns = "
              + columns.stream()
                  .map(column -> DuckDbSql.literal(column.name()) + ": 'VARCHAR'")
                  .collect(Collectors.joining(", ", "{", "}"))
              + ")";
      default -> throw EngineErrors.unknownFormat(layout.format());
    };
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

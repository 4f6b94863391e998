package dev.leat.flow.load;

import dev.leat.flow.model.FormatModel;
import dev.leat.spi.engine.Cancellation;
import dev.leat.spi.engine.FileInput;
import dev.leat.spi.engine.FileInput.CsvDialect;
import dev.leat.spi.engine.FileInput.Layout;
import dev.leat.spi.engine.FileReader;
import dev.leat.spi.error.ErrorCategory;
import dev.leat.spi.error.ErrorCode;
import dev.leat.spi.error.LeatException;
import dev.leat.spi.schema.Column;
import dev.leat.spi.schema.LogicalType;
import dev.leat.spi.schema.LogicalType.Primitive;
import dev.leat.spi.schema.TableId;
import dev.leat.spi.sql.PortableSql;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Brings rows of files into a staged table: many files at once, as long as all of them are good;
 * else smaller and smaller parts, and a file with something wrong row by row.
 */
final class LoadStage implements FileGroup.Failed {
  /** The columns of a table of parked rows. */
  static final List<Column> PARKED =
      List.of(
          Ledger.column("file", Primitive.TEXT),
          Ledger.column("line", Primitive.INT64),
          Ledger.column("reason", Primitive.TEXT),
          Ledger.column("raw", Primitive.TEXT),
          Ledger.column("run", Primitive.TEXT),
          Ledger.column("parked_at", Primitive.TIMESTAMP_TZ));

  private final FormatModel format;
  private final FileReader reader;
  private final TableId rows;
  private final TableId parked;
  private final Path scratch;
  private final Instant now;
  private final Consumer<String> run;
  private final Cancellation cancellation;
  private final Map<String, LeatException> failures = new LinkedHashMap<>();
  private List<Column> columns = List.of();

  /**
   * @param rows the staged table
   * @param parked the staged table of rows that cannot be loaded
   * @param run runs a statement where the tables are
   */
  LoadStage(
      FormatModel format,
      FileReader reader,
      TableId rows,
      TableId parked,
      Path scratch,
      Instant now,
      Consumer<String> run,
      Cancellation cancellation) {
    this.format = format;
    this.reader = reader;
    this.rows = rows;
    this.parked = parked;
    this.scratch = scratch;
    this.now = now;
    this.run = run;
    this.cancellation = cancellation;
  }

  /** Makes the staged tables. */
  void begin(List<Column> wanted) {
    columns = List.copyOf(wanted);
    reader.create(rows, columns);
    reader.create(parked, PARKED);
  }

  void add(FileGroup group) {
    if (group.layout() == Layout.CSV && group.names().isEmpty()) {
      // Empty files: nothing is in them, and nothing is wrong with that.
      return;
    }
    try {
      long unused = reader.append(rows, input(group), cancellation);
    } catch (LeatException e) {
      if (e.category() != ErrorCategory.DATA || cancellation.isCancelled()) {
        throw e;
      }
      int size = group.files().size();
      if (size > 1) {
        add(group.with(group.files().subList(0, size / 2)));
        add(group.with(group.files().subList(size / 2, size)));
      } else {
        LocalFile file = group.files().getFirst();
        Object unused = orElse(file, () -> one(group, file));
      }
    }
  }

  /** Parks all rows of files. */
  void park(FileGroup group, String reason) {
    for (LocalFile file : group.files()) {
      Object unused =
          orElse(
              file,
              () -> {
                if (file.layout() == Layout.PARQUET) {
                  long rows =
                      reader.refuse(parked, input(group.with(List.of(file))), reason, cancellation);
                  return rows >= 0;
                }
                Path good = temporary("good-");
                Path bad = temporary("bad-");
                try (ListedRows listed = new ListedRows(file.name(), good, bad)) {
                  listed.refuseAll(reason);
                  split(file, group, listed);
                } catch (IOException e) {
                  throw LoadErrors.scratch(e);
                }
                bad(bad);
                return true;
              });
    }
  }

  private boolean one(FileGroup group, LocalFile file) {
    if (file.layout() == Layout.PARQUET) {
      long unused = reader.appendFitting(rows, parked, input(group), cancellation);
      return true;
    }
    Path good = temporary("good-");
    Path bad = temporary("bad-");
    long badRows;
    try (ListedRows listed = new ListedRows(file.name(), good, bad)) {
      split(file, group, listed);
      badRows = listed.badRows();
    } catch (IOException e) {
      throw LoadErrors.scratch(e);
    }
    long unused =
        reader.appendFitting(
            rows, parked, group.listed(good, columns, formats(group), now), cancellation);
    if (badRows > 0) {
      bad(bad);
    }
    delete(good);
    return true;
  }

  private void split(LocalFile file, FileGroup group, ListedRows listed) throws IOException {
    if (file.layout() == Layout.CSV) {
      new CsvSplitter(file.dialect(), group.names().size())
          .split(file.name(), file.path(), listed, cancellation);
    } else {
      new JsonSplitter(file.layout() == Layout.JSON_ARRAY, format.longestRow(), format.deepest())
          .split(file.name(), file.path(), listed, cancellation);
    }
  }

  private void bad(Path file) {
    long unused =
        reader.append(
            parked,
            new FileInput(
                Layout.CSV,
                List.of(new FileInput.Source("parked", file, Map.of())),
                new CsvDialect(",", "\"", "\"", false, 0, "", List.of(), '.', 8 << 20),
                List.of("file", "line", "reason", "raw"),
                PARKED.subList(0, 4),
                Map.of(),
                Map.of(),
                now),
            cancellation);
    delete(file);
  }

  private FileInput input(FileGroup group) {
    return group.input(columns, formats(group), now);
  }

  private Map<String, String> formats(FileGroup group) {
    Map<String, LogicalType> types = new HashMap<>();
    columns.forEach(column -> types.put(column.name(), column.type()));
    return ColumnTypesFound.formats(group.names(), format, types);
  }

  @Override
  public <T> @Nullable T orElse(LocalFile file, Supplier<T> work) {
    try {
      return work.get();
    } catch (LeatException e) {
      boolean ofFile = e.category() == ErrorCategory.DATA || e.category() == ErrorCategory.SCHEMA;
      if (!ofFile || e.code().equals(ErrorCode.CANCELLED)) {
        throw e;
      }
      fail(file.name(), e);
      return null;
    }
  }

  /** Gives a file up; nothing of it stays. */
  void fail(String name, LeatException why) {
    failures.put(name, why);
    if (!columns.isEmpty()) {
      remove(rows, FileInput.FILE, name);
      remove(parked, "file", name);
    }
  }

  private void remove(TableId table, String column, String file) {
    run.accept(
        "DELETE FROM %s WHERE %s = %s"
            .formatted(PortableSql.name(table), PortableSql.name(column), PortableSql.text(file)));
  }

  /** Why files were given up, by name. */
  Map<String, LeatException> failures() {
    return failures;
  }

  private Path temporary(String prefix) {
    try {
      return Files.createTempFile(scratch, prefix, ".csv");
    } catch (IOException e) {
      throw LoadErrors.scratch(e);
    }
  }

  private static void delete(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw LoadErrors.scratch(e);
    }
  }
}

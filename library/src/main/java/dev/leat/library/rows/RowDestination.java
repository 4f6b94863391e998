package dev.leat.library.rows;

import dev.leat.spi.Position;
import dev.leat.spi.batch.RowBatch;
import dev.leat.spi.destination.ChangeWriter;
import dev.leat.spi.destination.CopyOutcome;
import dev.leat.spi.destination.Destination;
import dev.leat.spi.destination.DestinationProgress;
import dev.leat.spi.destination.Rows;
import dev.leat.spi.destination.TableTarget;
import dev.leat.spi.destination.WriteMode;
import dev.leat.spi.error.ErrorCategory;
import dev.leat.spi.error.ErrorCode;
import dev.leat.spi.error.LeatException;
import dev.leat.spi.schema.Column;
import dev.leat.spi.schema.TableId;
import dev.leat.spi.source.BatchReader;
import dev.leat.spi.source.CopyRange;
import dev.leat.spi.source.Finding;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Collectors;
import org.apache.arrow.vector.FieldVector;
import org.jspecify.annotations.Nullable;

/**
 * A destination that writes row by row into a {@link RowStore}, exactly once: progress is saved in
 * the store, in the transaction of the rows it speaks of. Tables mirror their sources; a change of
 * a table's shape stops it until it is copied anew.
 */
public final class RowDestination implements Destination {
  private static final ErrorCode FAILED = new ErrorCode("ROWS_FAILED", ErrorCategory.TRANSIENT);
  private static final ErrorCode MODE = new ErrorCode("ROWS_MODE", ErrorCategory.CONFIG);
  private static final ErrorCode TABLE_EXISTS =
      new ErrorCode("ROWS_TABLE_EXISTS", ErrorCategory.CONFIG);
  private static final ErrorCode SHAPE = new ErrorCode("ROWS_SHAPE", ErrorCategory.SCHEMA);

  private static final String POSITION = "position";
  private static final String SHAPE_OF = "shape ";
  private static final String RANGES_OF = "ranges ";

  private final RowStore store;

  /** Held from the first statement of a transaction to its end. */
  private final ReentrantLock transaction = new ReentrantLock();

  /**
   * @param store closed with the destination
   */
  public RowDestination(RowStore store) {
    this.store = store;
  }

  /** Work on the store that may fail in any way. */
  @FunctionalInterface
  interface Work<T extends @Nullable Object> {
    T run(RowStore store) throws Exception;
  }

  /** Work in a transaction of its own. */
  private <T extends @Nullable Object> T inTransaction(Work<T> work) {
    transaction.lock();
    try {
      T result = work.run(store);
      store.commit();
      return result;
    } catch (Exception | Error e) {
      throw rolledBack(e);
    } finally {
      transaction.unlock();
    }
  }

  /** Work in the transaction that a writer has begun, or begins with it. */
  void inWriter(Work<@Nullable Object> work) {
    beginWriter();
    try {
      Object unused = work.run(store);
    } catch (Exception | Error e) {
      endWriter();
      throw rolledBack(e);
    }
  }

  private void beginWriter() {
    if (!transaction.isHeldByCurrentThread()) {
      transaction.lock();
    }
  }

  private void endWriter() {
    while (transaction.isHeldByCurrentThread()) {
      transaction.unlock();
    }
  }

  void commitWriter(Position progress) {
    inWriter(
        open -> {
          open.save(POSITION, progress.toString());
          open.commit();
          return null;
        });
    endWriter();
  }

  void rollbackWriter() {
    if (transaction.isHeldByCurrentThread()) {
      try {
        store.rollback();
      } catch (Exception e) {
        throw failed(e);
      } finally {
        endWriter();
      }
    }
  }

  private LeatException rolledBack(Throwable e) {
    try {
      store.rollback();
    } catch (Exception suppressed) {
      e.addSuppressed(suppressed);
    }
    return failed(e);
  }

  private LeatException failed(Throwable e) {
    return e instanceof LeatException known
        ? known
        : new LeatException(
            FAILED, store.describe() + " could not do what was asked of it: " + e, "", e);
  }

  @Override
  public String describe() {
    return store.describe();
  }

  @Override
  public DestinationProgress progress() {
    return inTransaction(
        open -> {
          Map<TableId, Set<String>> ranges = new HashMap<>();
          Position position = null;
          for (Map.Entry<String, String> entry : open.saved().entrySet()) {
            if (entry.getKey().equals(POSITION)) {
              position = Position.parse(entry.getValue());
            } else if (entry.getKey().startsWith(RANGES_OF)) {
              ranges.put(
                  TableId.parse(entry.getKey().substring(RANGES_OF.length())),
                  Set.copyOf(lines(entry.getValue())));
            }
          }
          return new DestinationProgress(position, ranges);
        });
  }

  private static List<String> lines(String text) {
    return text.isEmpty() ? List.of() : List.of(text.split("\n", -1));
  }

  @Override
  public List<Finding> check(List<TableTarget> targets) {
    List<Finding> findings = new ArrayList<>();
    for (TableTarget target : targets) {
      if (target.mode() != WriteMode.MIRROR) {
        findings.add(Finding.error(otherMode(target)));
      }
    }
    return findings;
  }

  private LeatException otherMode(TableTarget target) {
    return new LeatException(
        MODE,
        "%s cannot keep a history or deleted rows of %s."
            .formatted(store.describe(), target.schema().table()),
        "Let it mirror the table, or choose another destination.");
  }

  @Override
  public void prepare(TableTarget target) {
    requireMirror(target);
    inTransaction(
        open -> {
          String shape = open.saved().get(SHAPE_OF + target.table());
          if (shape == null) {
            create(open, target);
          } else if (!shape.equals(shape(target))) {
            throw otherShape(target);
          }
          return null;
        });
  }

  private void requireMirror(TableTarget target) {
    if (target.mode() != WriteMode.MIRROR) {
      throw otherMode(target);
    }
  }

  private void create(RowStore open, TableTarget target) {
    try {
      open.create(target.table(), target.schema().columns());
      open.save(SHAPE_OF + target.table(), shape(target));
    } catch (LeatException e) {
      throw e;
    } catch (Exception e) {
      throw new LeatException(
          TABLE_EXISTS,
          "Table %s cannot be made in %s: %s".formatted(target.table(), store.describe(), e),
          "If it is another program's, choose another schema or name for the copy.",
          e);
    }
  }

  private static String shape(TableTarget target) {
    return target.schema().columns().stream()
        .map(column -> column.name() + " " + column.type())
        .collect(Collectors.joining("\n"));
  }

  LeatException otherShape(TableTarget target) {
    TableId table = target.schema().table();
    return new LeatException(
        SHAPE,
        "The columns of %s changed, which %s does not follow.".formatted(table, store.describe()),
        "`leat resync %s` copies the table anew with its present columns.".formatted(table));
  }

  @Override
  public void startCopy(TableTarget target) {
    requireMirror(target);
    inTransaction(
        open -> {
          if (open.saved().containsKey(SHAPE_OF + target.table())) {
            open.drop(target.table());
          }
          create(open, target);
          open.save(RANGES_OF + target.schema().table(), "");
          return null;
        });
  }

  @Override
  public CopyOutcome copy(
      TableTarget target, CopyRange range, BatchReader rows, boolean overlapping) {
    return inTransaction(
        open -> {
          long count = 0;
          for (RowBatch next = rows.next(); next != null; next = rows.next()) {
            try (RowBatch batch = next) {
              for (int row = 0; row < batch.rows(); row++) {
                Row read = row(batch.schema().columns(), batch.root().getFieldVectors(), row);
                if (overlapping && target.schema().hasKey()) {
                  var unused = open.take(target.table(), read.only(target.schema().key()));
                }
                open.insert(target.table(), read);
              }
              count += batch.rows();
            }
          }
          String name = RANGES_OF + target.schema().table();
          Set<String> done = new LinkedHashSet<>(lines(open.saved().getOrDefault(name, "")));
          done.add(range.id());
          open.save(name, String.join("\n", done));
          return new CopyOutcome(count);
        });
  }

  static Row row(List<Column> columns, List<FieldVector> vectors, int row) {
    List<@Nullable Object> values = new ArrayList<>();
    for (int i = 0; i < columns.size(); i++) {
      values.add(RowValues.at(columns.get(i).type(), vectors.get(i), row));
    }
    return new Row(columns, values);
  }

  @Override
  public void finishCopy(TableTarget target) {}

  @Override
  public ChangeWriter openChangeWriter() {
    return new RowChangeWriter(this);
  }

  @Override
  public Rows preview(TableId table, int limit) {
    return inTransaction(
        open -> {
          List<String> names = new ArrayList<>();
          List<String> types = new ArrayList<>();
          for (String column : lines(open.saved().getOrDefault(SHAPE_OF + table, ""))) {
            int space = column.lastIndexOf(' ');
            names.add(column.substring(0, space));
            types.add(column.substring(space + 1));
          }
          List<List<@Nullable String>> rows = new ArrayList<>();
          for (List<@Nullable Object> values : open.rows(table, limit)) {
            List<@Nullable String> texts = new ArrayList<>();
            values.forEach(value -> texts.add(value == null ? null : value.toString()));
            rows.add(texts);
          }
          return new Rows(names, types, rows);
        });
  }

  @Override
  public void close() {
    transaction.lock();
    try {
      store.rollback();
      store.close();
    } catch (Exception e) {
      throw failed(e);
    } finally {
      transaction.unlock();
    }
  }
}

package dev.leat.replication;

import dev.leat.spi.Position;
import dev.leat.spi.batch.ChangeBatch;
import dev.leat.spi.batch.ChangeBatchBuilder;
import dev.leat.spi.batch.RowBatch;
import dev.leat.spi.destination.Reshape;
import dev.leat.spi.destination.TableTarget;
import dev.leat.spi.destination.WriteMode;
import dev.leat.spi.error.LeatException;
import dev.leat.spi.schema.Column;
import dev.leat.spi.schema.ColumnChange;
import dev.leat.spi.schema.ColumnChange.Added;
import dev.leat.spi.schema.TableId;
import dev.leat.spi.schema.TableSchema;
import dev.leat.spi.source.ChangeSink;
import dev.leat.spi.source.CopyPlan;
import dev.leat.spi.source.Source;
import dev.leat.spi.source.TableFeed;
import dev.leat.spi.state.SchemaStore;
import dev.leat.spi.state.SchemaVersion;
import dev.leat.spi.state.TablePhase;
import dev.leat.spi.state.TableState;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.arrow.memory.BufferAllocator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Collects the changes of whole transactions into one batch per table and hands them to the
 * applier: soon when the source is quiet, in large batches when more keep arriving. Belongs to the
 * thread that receives.
 */
final class ChangeCollector implements ChangeSink {
  private static final Logger log = LoggerFactory.getLogger(ChangeCollector.class);

  /**
   * One transaction larger than this multiple of a batch is handed over in parts, written but not
   * committed.
   */
  private static final int PARTS_FROM = 2;

  private static final int FIRST_ROWS = 1024;

  private final ReplicationSettings settings;
  private final BufferAllocator allocator;
  private final TableStates tables;
  private final ChangeApplier applier;
  private final Monitor monitor;
  private final Overlap overlap;
  private final Source source;
  private final SchemaStore store;
  private final Map<ReplicatedTable, Feed> feeds = new LinkedHashMap<>();

  private List<Delivery.Step> sealed = new ArrayList<>();
  private @Nullable Position commit;
  private boolean inTransaction;
  private boolean partHanded;
  private long committedMicros;
  private long rows;
  private long bytes;
  private long oldestNanos;

  ChangeCollector(
      ReplicationSettings settings,
      BufferAllocator allocator,
      TableStates tables,
      ChangeApplier applier,
      Monitor monitor,
      Overlap overlap,
      Source source,
      SchemaStore store) {
    this.settings = settings;
    this.source = source;
    this.store = store;
    this.allocator = allocator;
    this.tables = tables;
    this.applier = applier;
    this.monitor = monitor;
    this.overlap = overlap;
  }

  @Override
  public boolean wants(TableId id, long sequence) {
    ReplicatedTable table = tables.table(id);
    return table != null && wants(table.state(), sequence);
  }

  private static boolean wants(TableState state, long sequence) {
    if (state.phase() == TablePhase.ERRORED || state.phase() == TablePhase.PAUSED) {
      return false;
    }
    Position copiedFrom = state.copiedFrom();
    return copiedFrom == null || Long.compareUnsigned(sequence, copiedFrom.sequence()) >= 0;
  }

  @Override
  public @Nullable TableFeed feed(TableSchema schema) {
    ReplicatedTable table = tables.table(schema.table());
    if (table == null) {
      return null;
    }
    Feed feed = feeds.computeIfAbsent(table, Feed::new);
    feed.reshape(schema);
    return feed;
  }

  @Override
  public void begin(long sequence, long micros) {
    inTransaction = true;
    committedMicros = micros;
  }

  @Override
  public void commit(Position next) {
    inTransaction = false;
    commit = next;
    if (rows == 0 && sealed.isEmpty() && !partHanded) {
      return; // nothing of ours in it; progress moves with the next delivery or the next pause
    }
    if (isFull() || partHanded || (applier.idle() && age() >= settings.behindLinger().toNanos())) {
      handOver();
    }
  }

  @Override
  public void idle(Position upTo) {
    if (!inTransaction) {
      commit = commit == null ? upTo : Position.max(commit, upTo);
    }
  }

  /** Whether changes wait to be handed over. */
  boolean pending() {
    return rows > 0 || !sealed.isEmpty();
  }

  boolean inTransaction() {
    return inTransaction;
  }

  /** Progress that nothing has to be written for, if it is further than {@code durable}. */
  @Nullable Position bareProgress(Position durable) {
    return !pending() && !inTransaction && commit != null && durable.isBefore(commit)
        ? commit
        : null;
  }

  /** Nanoseconds that the oldest change pending has waited. */
  long age() {
    return pending() ? System.nanoTime() - oldestNanos : 0;
  }

  /** Hands over what is complete; called outside of transactions. */
  void handOver() {
    Position progress = commit;
    commit = null;
    hand(progress);
  }

  private boolean isFull() {
    return rows >= settings.maxBatchRows() || bytes >= settings.maxBatchBytes();
  }

  private void hand(@Nullable Position progress) {
    feeds.values().forEach(Feed::seal);
    List<Delivery.Step> steps = sealed;
    sealed = new ArrayList<>();
    rows = 0;
    bytes = 0;
    partHanded = progress == null;
    applier.hand(new Delivery(steps, progress, committedMicros));
    if (!applier.idle()) {
      return;
    }
    monitor.nothingPending();
  }

  /** Gives back the memory of what was not handed over. */
  void discard() {
    feeds.values().forEach(Feed::discard);
    sealed.forEach(Delivery.Step::discard);
    sealed = new ArrayList<>();
  }

  /** The changes of one table. */
  private final class Feed implements TableFeed {
    private final ReplicatedTable table;
    private TableSchema wireSchema;
    private boolean shapeKnown;
    private @Nullable ChangeBatchBuilder builder;
    private long bytesBefore;
    private int rowsBefore;
    private long changes;

    Feed(ReplicatedTable table) {
      this.table = table;
      this.wireSchema = table.target().schema();
    }

    @Override
    public @Nullable ChangeBatchBuilder next(long sequence, long ordinal) {
      TableState state = table.state();
      if (!wants(state, sequence)) {
        return null;
      }
      if (!shapeKnown && !follow(new Position(sequence, ordinal))) {
        return null;
      }
      Position consistent = state.consistentFrom();
      boolean overlapping =
          consistent != null && Long.compareUnsigned(sequence, consistent.sequence()) < 0;
      ChangeBatchBuilder current = builder;
      if (current != null && current.overlapping() != overlapping) {
        seal();
        current = builder;
      }
      if (current == null) {
        current =
            new ChangeBatchBuilder(
                allocator,
                table.target().schema(),
                table.target().mode().batches(),
                overlapping,
                FIRST_ROWS);
        builder = current;
        bytesBefore = current.bytes();
        rowsBefore = 0;
      }
      return current;
    }

    /** Has the destination follow the table's shape, if that has changed and it can. */
    private boolean follow(Position position) {
      try {
        TableTarget before = table.target();
        List<ColumnChange> changes = Shapes.changes(before.schema(), wireSchema, source);
        if (!before.schema().equals(wireSchema)) {
          TableTarget after = before.withSchema(wireSchema);
          alter(new Reshape(before, after, changes, valuesOfOldRows(changes)), position);
        }
        shapeKnown = true;
        return true;
      } catch (LeatException e) {
        if (!e.category().stopsOnlyItsTable()) {
          throw e;
        }
        fail(e);
        return false;
      }
    }

    private @Nullable RowBatch valuesOfOldRows(List<ColumnChange> changes) {
      List<Column> added =
          changes.stream()
              .filter(Added.class::isInstance)
              .map(change -> ((Added) change).column())
              .toList();
      // A history's old rows are from before there was such a column.
      if (added.isEmpty() || table.target().mode() == WriteMode.HISTORY) {
        return null;
      }
      CopyPlan plan = table.state().plan();
      return source.valuesOfOldRows(wireSchema, added, plan == null ? null : plan.layout());
    }

    private void alter(Reshape reshape, Position position) {
      seal();
      // Before it is durable at the destination, which is asked first how far it got.
      store.saveSchema(settings.name(), new SchemaVersion(position, wireSchema));
      table.target(reshape.to());
      if (reshape.changes().isEmpty()) {
        return;
      }
      log.info(
          "table={} position={} shape=changed: {}",
          table.id(),
          position,
          Shapes.describe(reshape.changes()));
      sealed.add(new Delivery.Alter(table, reshape));
    }

    @Override
    public void added() {
      ChangeBatchBuilder current = builder;
      if (current == null) {
        return;
      }
      if (rows == 0 && sealed.isEmpty()) {
        oldestNanos = System.nanoTime();
        monitor.pendingSince(committedMicros);
      }
      long size = current.bytes();
      rows += Math.max(1, current.rows() - rowsBefore);
      bytes += size - bytesBefore;
      rowsBefore = current.rows();
      bytesBefore = size;
      changes++;
      if (rows >= (long) settings.maxBatchRows() * PARTS_FROM
          || bytes >= settings.maxBatchBytes() * PARTS_FROM) {
        // The destination holds this part in its open transaction until the rest has come.
        commit = null;
        hand(null);
      }
    }

    @Override
    public void reshape(TableSchema schema) {
      wireSchema = schema;
      shapeKnown = false;
    }

    @Override
    public void fail(LeatException reason) {
      if (table.state().phase() != TablePhase.ERRORED) {
        tables.fail(table, reason.with("table", table.id()));
      }
    }

    void seal() {
      ChangeBatchBuilder current = builder;
      if (current == null) {
        return;
      }
      builder = null;
      if (current.isEmpty()) {
        current.close();
        return;
      }
      long counted = changes;
      changes = 0;
      try (RowBatch keys = current.overlapping() ? current.keysWithAbsentValues() : null) {
        sealed.add(new Delivery.Write(table, table.target(), current.build(), counted));
        if (keys != null) {
          ChangeBatch rest = overlap.lookUp(table, keys);
          if (rest != null) {
            sealed.add(new Delivery.Write(table, table.target(), rest, 0));
          }
        }
      }
    }

    void discard() {
      ChangeBatchBuilder current = builder;
      if (current != null) {
        current.close();
        builder = null;
      }
    }
  }
}

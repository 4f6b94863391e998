package dev.leat.spi.source;

import dev.leat.spi.Position;
import dev.leat.spi.batch.RowBatch;
import dev.leat.spi.compare.HashRequest;
import dev.leat.spi.schema.Column;
import dev.leat.spi.schema.TableId;
import dev.leat.spi.schema.TableSchema;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A system that records come from, opened with its options. Safe for use by several threads.
 *
 * <p>A replication calls, in this order: {@link #discover}, {@link #check}; on its first run {@link
 * #startStream} and copies with the snapshot it gets; on later runs {@link #resumeStream}, and
 * {@link #openSnapshot} if a copy was not finished. Every method may throw {@link
 * dev.leat.spi.error.LeatException} and nothing else.
 */
public interface Source extends AutoCloseable {

  /**
   * The system in a few words for people, without secrets, such as {@code
   * postgres://db.example.org:5432/shop}.
   */
  String describe();

  /**
   * Finds the tables selected.
   *
   * @throws dev.leat.spi.error.LeatException category CONFIG if a table named without a pattern
   *     does not exist
   */
  List<SourceTable> discover(TableSelection selection);

  /**
   * Looks for what would prevent or harm the work. Changes nothing.
   *
   * @param streaming whether changes are to be followed, not only copied
   */
  List<Finding> check(List<TableSchema> tables, boolean streaming);

  /**
   * Looks closely at everything that matters to replicating these tables, well or not. Changes
   * nothing.
   *
   * @param streaming whether changes are to be followed, not only copied
   */
  List<Diagnosis> examine(TableSelection selection, boolean streaming);

  /**
   * Makes the change stream of a replication, and a snapshot of exactly its start. If this fails
   * nothing is left behind at the source.
   *
   * @param replication names the replication; the same name means the same stream
   * @param replaceLeftover a stream of that name that nobody uses was left behind by an attempt of
   *     this replication that was cut off, and is replaced; otherwise it is an error
   */
  StreamStart startStream(String replication, List<TableId> tables, boolean replaceLeftover);

  /**
   * What {@link #startStream} or, of a stream that exists, {@link #extendStream} would run at the
   * source, for people to read before it happens. Changes nothing.
   *
   * @param begun whether the stream exists
   */
  List<String> streamStatements(List<TableId> tables, boolean begun);

  /**
   * Makes sure that the stream delivers the changes of all these tables from now on. Called at the
   * beginning of every later run, before a snapshot is opened for tables that are new.
   */
  void extendStream(StreamIdentity identity, List<TableId> tables);

  /**
   * Opens another snapshot while the stream exists.
   *
   * @param aligned whether {@link Snapshot#position()} has to be exact with respect to streams;
   *     costs the source more
   */
  Snapshot openSnapshot(String replication, boolean aligned);

  /**
   * Opens the change stream at {@code from}, having made sure that it is the very stream and can
   * still deliver everything from there.
   *
   * @param tables the shapes that the tables have at {@code from}
   * @throws dev.leat.spi.error.LeatException category CONFIG if the stream is gone, is another one,
   *     or has lost changes
   */
  ChangeStream resumeStream(StreamIdentity identity, Position from, List<TableSchema> tables);

  /**
   * Whether a change of a column's type leaves every value what it was, so that a destination can
   * follow it by converting what it holds.
   */
  boolean keepsValues(Column before, Column after);

  /**
   * What the rows that were there before columns were added hold in them; such values are in no
   * change.
   *
   * @param table the table's shape with the columns
   * @param added those
   * @param layout {@link Snapshot#layout} when the table was copied, null if it never was; tells
   *     whether the table was rewritten since
   * @return one row with the added columns, in their order and perhaps of wider types, for the
   *     caller to close; null if all are NULL
   * @throws dev.leat.spi.error.LeatException category SCHEMA if it cannot be told, or is another
   *     value in each row
   */
  @Nullable RowBatch valuesOfOldRows(
      TableSchema table, List<Column> added, @Nullable String layout);

  /**
   * Reads rows by key as they are now, for changes whose absent values are known nowhere else.
   *
   * @param keys a batch that has the table's key columns filled
   * @return the rows that still exist; null if none does. The caller closes it.
   */
  @Nullable RowBatch lookUp(TableSchema table, RowBatch keys);

  /**
   * Answers a request about a table, for comparing it with a copy.
   *
   * @param table as discovered
   * @param columns those to compare, in order
   * @return rows of texts, null for NULL
   */
  List<List<@Nullable String>> hashes(TableSchema table, List<Column> columns, HashRequest request);

  /** The end of the source's log now: a copy that has come so far has everything read before. */
  Position end();

  /** How far the stream's consumer is behind. */
  StreamLag lag(StreamIdentity identity);

  /** Removes the stream from the source, and with it everything the source keeps for it. */
  void dropStream(StreamIdentity identity);

  @Override
  void close();
}

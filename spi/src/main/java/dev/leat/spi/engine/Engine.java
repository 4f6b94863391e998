package dev.leat.spi.engine;

import dev.leat.spi.instruction.Relation;
import dev.leat.spi.schema.Column;
import dev.leat.spi.schema.TableId;
import dev.leat.spi.source.BatchReader;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * A system that carries out instructions where its data is, opened for one flow. It may be in the
 * process or a cluster: an instruction is handed over whole, and nothing of its rows leaves but
 * what is asked for.
 *
 * <p>A step stages its rows in a table that nobody else looks at, has them checked there, and
 * publishes them. Safe for use by several threads. Every method may throw {@link
 * dev.leat.spi.error.LeatException} and nothing else: category CONFIG for a query that the engine
 * refuses, DATA for values that cannot be computed or kept, TRANSIENT for what may pass.
 */
public interface Engine extends Queryable, AutoCloseable {
  /** The schema of tables that are not published yet, and of samples of rows that failed checks. */
  String STAGING = "_leat_staging";

  /** The system in a few words for people, without secrets, such as {@code duckdb:shop.duckdb}. */
  String describe();

  /** The columns of a table or view, in order; empty if there is none of that name. */
  Optional<List<Column>> columns(TableId table);

  /** The columns that a query in the engine's dialect gives, without running it. */
  List<Column> columnsOf(String query);

  /** Tables and views of a schema, sorted. */
  List<TableId> tables(String schema);

  /**
   * Makes {@code table} hold exactly the rows of a query, replacing what was there; durable, though
   * not yet published.
   *
   * @param relation the query as data, for engines that carry it out in a way of their own
   * @param query the same in the engine's dialect
   * @param columns what the query gives; empty where only the engine knows
   * @return the number of rows
   */
  long stage(
      TableId table,
      Relation relation,
      String query,
      List<Column> columns,
      Cancellation cancellation);

  /** Makes a view in {@link #STAGING}, replacing one of that name. */
  void view(TableId view, String query);

  /**
   * Adds the rows of a query to a table that exists and is the flow's own, and remembers the mark,
   * in one transaction: for rows that nobody looks at before.
   *
   * @param query in the engine's dialect
   * @param columns what the query gives, which are those of the table in any order
   * @return empty, and nothing done, where rows are always staged
   */
  default Optional<Added> append(
      TableId table, String query, List<Column> columns, Mark mark, Cancellation cancellation) {
    return Optional.empty();
  }

  /**
   * Rows that were added to a table.
   *
   * @param rows how many
   * @param after how many the table has then
   */
  record Added(long rows, long after) {}

  /**
   * Writes staged rows into their datasets, in order, and remembers the mark, in one transaction:
   * others see all tables as they were before until they see all as they are after. The staged
   * tables are gone afterwards.
   *
   * @param publications at least one; several for one table only if that exists before
   * @return the number of rows in the first one's table afterwards
   */
  long publish(List<Publication> publications, Mark mark, Cancellation cancellation);

  /** Publishes one dataset. */
  default long publish(Publication publication, Mark mark, Cancellation cancellation) {
    return publish(List.of(publication), mark, cancellation);
  }

  /** What reads files straight into the engine's tables; empty if rows are brought to it. */
  default Optional<FileReader> fileReader() {
    return Optional.empty();
  }

  /** Remembers a mark without changing a table: nothing was there to be done. */
  void mark(Mark mark);

  /** The last mark of every step and unit. */
  List<Mark> marks();

  /** Forgets the marks of a step. */
  void forget(String step);

  /** Removes tables and views, if they exist. */
  void drop(List<TableId> tables);

  /** Runs statements as one transaction, in order. */
  void run(List<String> statements);

  /**
   * Reads what a query gives, batch by batch.
   *
   * @param columns the query's columns; their types are those of the batches
   */
  BatchReader read(String query, List<Column> columns, Cancellation cancellation);

  /**
   * Writes what a query gives into new files, as {@link FileWriter#write} does with the batches of
   * {@link #read}.
   *
   * @return empty, and nothing done, for an engine whose rows others write
   */
  default Optional<WrittenFiles> write(
      String query,
      List<Column> columns,
      Path folder,
      String name,
      FileLayout layout,
      Cancellation cancellation) {
    return Optional.empty();
  }

  /**
   * Makes {@code table} hold exactly these rows, replacing what was there; durable, though not yet
   * published.
   *
   * @return the number of rows
   */
  long load(TableId table, List<Column> columns, BatchReader rows, Cancellation cancellation);

  @Override
  void close();
}

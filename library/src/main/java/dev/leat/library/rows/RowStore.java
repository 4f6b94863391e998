package dev.leat.library.rows;

import dev.leat.spi.schema.Column;
import dev.leat.spi.schema.TableId;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The least that can be a destination: tables of rows, and a few texts beside them, in something
 * with transactions. {@link RowDestination} makes a {@link dev.leat.spi.destination.Destination} of
 * it.
 *
 * <p>For one thread at a time. Everything after the last {@link #commit} or {@link #rollback} is
 * one transaction, {@link #create} and {@link #drop} included: {@link #commit} makes all of it
 * durable, {@link #rollback}, {@link #close} and a crash leave nothing of it. Methods may throw any
 * exception; what was begun is then rolled back.
 */
public interface RowStore {

  /** Makes an empty table; fails if there is one of that name. */
  void create(TableId table, List<Column> columns) throws Exception;

  /** Removes a table that {@link #create} made. */
  void drop(TableId table) throws Exception;

  /** Adds a row with all columns. Values may be such that {@link #take} returned. */
  void insert(TableId table, Row row) throws Exception;

  /**
   * Removes one row that has these values in these columns, NULL being equal to NULL.
   *
   * @return the values of all its columns, in the order of {@link #create}; null if there is none
   */
  @Nullable List<@Nullable Object> take(TableId table, Row like) throws Exception;

  /** Some rows of a table, in no order. */
  List<List<@Nullable Object>> rows(TableId table, int limit) throws Exception;

  /** The texts that were saved, by name. */
  Map<String, String> saved() throws Exception;

  /** Saves a text under a name, in place of another one. */
  void save(String name, String text) throws Exception;

  void commit() throws Exception;

  void rollback() throws Exception;

  void close() throws Exception;

  /** The system in a few words for people, without secrets. */
  default String describe() {
    return getClass().getSimpleName();
  }
}

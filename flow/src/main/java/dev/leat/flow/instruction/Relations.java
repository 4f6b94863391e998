package dev.leat.flow.instruction;

import dev.leat.spi.instruction.Instruction;
import dev.leat.spi.instruction.JoinType;
import dev.leat.spi.instruction.Projection;
import dev.leat.spi.instruction.Relation;
import dev.leat.spi.instruction.Write;
import dev.leat.spi.schema.TableId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Instructions written in Java, from the dataset that is read to the one that is made:
 *
 * {@snippet :
 * Instruction orders =
 *     Relations.from("bronze.orders")
 *         .filter("status <> 'test'")
 *         .dedupe(List.of("id"), "updated_at DESC")
 *         .join(
 *             Relations.from("bronze.customers"),
 *             "l.customer_id = r.id",
 *             "l.id", "r.country", "l.total * 2 AS twice")
 *         .into("silver.orders")
 *         .merge("id");
 * }
 *
 * <p>Expressions and conditions are portable SQL; columns are written {@code EXPRESSION AS NAME},
 * or as the name alone. Nothing is checked but that columns have names: the rest is when the
 * instruction is planned. Immutable: every method gives another relation.
 */
public final class Relations {
  private final Relation relation;

  private Relations(Relation relation) {
    this.relation = relation;
  }

  /** All rows of a dataset, named as in {@link TableId#parse}. */
  public static Relations from(String dataset) {
    return new Relations(new Relation.Scan(TableId.parse(dataset)));
  }

  /** The rows of a query in portable SQL. */
  public static Relations sql(String text) {
    return new Relations(new Relation.Sql(text));
  }

  /** The rows of a query in the language of one kind of engine. */
  public static Relations nativeSql(String dialect, String text) {
    return new Relations(new Relation.NativeSql(dialect, text));
  }

  /** Continues with any relation. */
  public static Relations of(Relation relation) {
    return new Relations(relation);
  }

  /** What was built. */
  public Relation relation() {
    return relation;
  }

  /** Puts any operation around what was built, such as {@link Relation.Scd2}. */
  public Relations then(UnaryOperator<Relation> operation) {
    return new Relations(operation.apply(relation));
  }

  /** Only rows for which the condition is true. */
  public Relations filter(String condition) {
    return new Relations(new Relation.Filter(relation, condition));
  }

  /** Only these columns, in this order. */
  public Relations select(String... columns) {
    return new Relations(new Relation.Select(relation, projections(columns)));
  }

  /** {@link #join(JoinType, Relations, String, String...)} with rows that match only. */
  public Relations join(Relations right, String condition, String... columns) {
    return join(JoinType.INNER, right, condition, columns);
  }

  /**
   * This relation, known as {@code l}, beside another one, known as {@code r}.
   *
   * @param columns of the result; none for all of the left side
   */
  public Relations join(JoinType type, Relations right, String condition, String... columns) {
    return new Relations(
        new Relation.Join(relation, right.relation, type, condition, projections(columns)));
  }

  /**
   * One row per group.
   *
   * @param by columns; none for one row in all
   * @param measures aggregates with names, such as {@code SUM(total) AS revenue}
   */
  public Relations aggregate(List<String> by, String... measures) {
    return new Relations(new Relation.Aggregate(relation, by, projections(measures)));
  }

  /** All columns and these window functions behind them. */
  public Relations window(String... columns) {
    return new Relations(new Relation.Window(relation, projections(columns)));
  }

  /** The rows of this relation and of the others. */
  public Relations union(Relations... others) {
    return union(false, others);
  }

  /** The rows of this relation and of the others, equal ones once. */
  public Relations unionDistinct(Relations... others) {
    return union(true, others);
  }

  /**
   * One row per key.
   *
   * @param order which row is kept, the first: expressions, {@code DESC} behind them or not
   */
  public Relations dedupe(List<String> key, String... order) {
    return new Relations(
        new Relation.Dedupe(relation, key, Arrays.stream(order).map(ColumnText::order).toList()));
  }

  /** The state that a change log leads to; see {@link Relation.Latest}. */
  public Relations latest(
      List<String> key, List<String> order, @Nullable String deleted, String... drop) {
    return new Relations(new Relation.Latest(relation, key, order, deleted, List.of(drop)));
  }

  /** Reads only some rows of one of the datasets. */
  public Relations restrict(String dataset, String condition) {
    return new Relations(new Relation.Restrict(relation, TableId.parse(dataset), condition));
  }

  /** The dataset to make; how is said next. */
  public Into into(String dataset) {
    return new Into(relation, TableId.parse(dataset));
  }

  private Relations union(boolean distinct, Relations... others) {
    List<Relation> inputs = new ArrayList<>();
    inputs.add(relation);
    for (Relations other : others) {
      inputs.add(other.relation);
    }
    return new Relations(new Relation.Union(inputs, distinct));
  }

  private static List<Projection> projections(String... columns) {
    return Arrays.stream(columns).map(ColumnText::projection).toList();
  }

  /** How rows are written into a dataset. */
  public static final class Into {
    private final Relation query;
    private final TableId dataset;

    private Into(Relation query, TableId dataset) {
      this.query = query;
      this.dataset = dataset;
    }

    /** The rows are the dataset. */
    public Instruction replace() {
      return write(new Write.Replace());
    }

    /** The rows come to those that are there. */
    public Instruction append() {
      return write(new Write.Append());
    }

    /** The rows replace those of their partitions. */
    public Instruction replacePartition(String column) {
      return write(new Write.ReplacePartition(column));
    }

    /** A row replaces the one with its key. */
    public Instruction merge(String... key) {
      return write(new Write.Merge(List.of(key), null));
    }

    /**
     * A row replaces the one with its key, or only removes it.
     *
     * @param deleted the column that is true for rows that are to be removed
     */
    public Instruction mergeDeleting(String deleted, String... key) {
      return write(new Write.Merge(List.of(key), deleted));
    }

    /** The rows replace all of their keys. */
    public Instruction replaceKeys(String... key) {
      return write(new Write.ReplaceKeys(List.of(key)));
    }

    /** Any way of writing. */
    public Instruction write(Write write) {
      return new Instruction(dataset, query, write);
    }
  }
}

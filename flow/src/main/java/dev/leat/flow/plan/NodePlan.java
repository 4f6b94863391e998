package dev.leat.flow.plan;

import dev.leat.flow.model.StepModel;
import dev.leat.spi.engine.Publication;
import dev.leat.spi.instruction.Relation;
import dev.leat.spi.instruction.Write;
import dev.leat.spi.kind.StepNode;
import dev.leat.spi.schema.Column;
import dev.leat.spi.schema.TableId;
import dev.leat.sql.CompiledQuery;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * What one node of a step would do.
 *
 * @param step whose it is
 * @param node as its kind made it
 * @param unit the part of it
 * @param engine where it runs
 * @param inputs the datasets that it reads
 * @param relation the query as data; empty for a command
 * @param query the query, written; empty for a command, and where columns are not known yet
 * @param table what is written
 * @param write how; replace where there is nothing to keep
 * @param before the columns of the table as it is; empty if there is none
 * @param columns those it will have; empty where only the engine knows
 * @param status why
 * @param print of what it does and reads, found when asked for
 * @param watermark how far it reads its input; empty for all of it
 * @param continues the run whose reading of the input it goes on with; empty if it reads all
 * @param notes what a person should know
 */
public record NodePlan(
    StepModel step,
    StepNode node,
    Unit unit,
    String engine,
    List<TableId> inputs,
    Optional<Relation> relation,
    Optional<CompiledQuery> query,
    TableId table,
    Write write,
    List<Column> before,
    List<Column> columns,
    Status status,
    Supplier<String> print,
    Optional<String> watermark,
    Optional<String> continues,
    List<String> notes) {
  public NodePlan {
    inputs = List.copyOf(inputs);
    before = List.copyOf(before);
    columns = List.copyOf(columns);
    notes = List.copyOf(notes);
  }

  /** Of what it does and reads; without the latter if that cannot be told. */
  public String fingerprint() {
    return print.get();
  }

  /** What becomes visible when it is done. */
  public Publication publication(TableId staging, List<Column> after) {
    return new Publication(table, staging, write, after, before);
  }

  /** Where its rows are until they are published: next to the table. */
  public TableId staging() {
    return Staging.of(table);
  }
}

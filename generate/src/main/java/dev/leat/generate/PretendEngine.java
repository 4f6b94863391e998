package dev.leat.generate;

import dev.leat.spi.destination.Rows;
import dev.leat.spi.engine.Cancellation;
import dev.leat.spi.engine.Engine;
import dev.leat.spi.engine.Mark;
import dev.leat.spi.engine.Publication;
import dev.leat.spi.error.ErrorCode;
import dev.leat.spi.error.LeatException;
import dev.leat.spi.instruction.Relation;
import dev.leat.spi.schema.Column;
import dev.leat.spi.schema.TableId;
import dev.leat.spi.source.BatchReader;
import dev.leat.spi.sql.Dialect;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** An engine to plan with, which has no rows. */
final class PretendEngine implements Engine {
  private final Dialect dialect;
  private final Function<TableId, Optional<List<Column>>> columns;
  private final Collection<TableId> made;
  private final List<Mark> marks;
  private final Sentinels sentinels;

  PretendEngine(
      Dialect dialect,
      Function<TableId, Optional<List<Column>>> columns,
      Collection<TableId> made,
      List<Mark> marks,
      Sentinels sentinels) {
    this.dialect = dialect;
    this.columns = columns;
    this.made = made;
    this.marks = marks;
    this.sentinels = sentinels;
  }

  static LeatException onlyLooks() {
    return new LeatException(
        ErrorCode.INTERNAL,
        "code was generated from something that only a run can do",
        "this is a defect of Leat; nothing was written");
  }

  @Override
  public String describe() {
    return "a plan";
  }

  @Override
  public String dialect() {
    return dialect.name();
  }

  @Override
  public Optional<List<Column>> columns(TableId table) {
    return columns.apply(table);
  }

  @Override
  public List<TableId> tables(String schema) {
    return made.stream().filter(table -> table.schema().equals(schema)).sorted().toList();
  }

  @Override
  public List<Mark> marks() {
    return marks;
  }

  /** A plan asks for nothing but the newest partition of a table. */
  @Override
  public Rows query(String sql, int limit) {
    TableId table =
        made.stream()
            .filter(each -> sql.endsWith(" FROM " + dialect.quote(each)))
            .findFirst()
            .orElseThrow(PretendEngine::onlyLooks);
    return new Rows(
        List.of("newest"), List.of("DATE"), List.of(List.of(sentinels.newest(table).toString())));
  }

  @Override
  public List<Column> columnsOf(String query) {
    throw onlyLooks();
  }

  @Override
  public long stage(
      TableId table,
      Relation relation,
      String query,
      List<Column> columns,
      Cancellation cancellation) {
    throw onlyLooks();
  }

  @Override
  public void view(TableId view, String query) {
    throw onlyLooks();
  }

  @Override
  public long publish(List<Publication> publications, Mark mark, Cancellation cancellation) {
    throw onlyLooks();
  }

  @Override
  public void mark(Mark mark) {
    throw onlyLooks();
  }

  @Override
  public void forget(String step) {
    throw onlyLooks();
  }

  @Override
  public void drop(List<TableId> tables) {
    throw onlyLooks();
  }

  @Override
  public void run(List<String> statements) {
    throw onlyLooks();
  }

  @Override
  public BatchReader read(String query, List<Column> columns, Cancellation cancellation) {
    throw onlyLooks();
  }

  @Override
  public long load(
      TableId table, List<Column> columns, BatchReader rows, Cancellation cancellation) {
    throw onlyLooks();
  }

  @Override
  public void close() {}
}

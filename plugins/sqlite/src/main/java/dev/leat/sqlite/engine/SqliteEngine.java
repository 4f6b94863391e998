package dev.leat.sqlite.engine;

import dev.leat.spi.Failpoint;
import dev.leat.spi.batch.RowBatch;
import dev.leat.spi.destination.Rows;
import dev.leat.spi.engine.Cancellation;
import dev.leat.spi.engine.Engine;
import dev.leat.spi.engine.Mark;
import dev.leat.spi.engine.Publication;
import dev.leat.spi.instruction.Relation;
import dev.leat.spi.schema.Column;
import dev.leat.spi.schema.TableId;
import dev.leat.spi.source.BatchReader;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import org.apache.arrow.memory.BufferAllocator;
import org.jspecify.annotations.Nullable;

/**
 * One file: a connection that writes, for one transaction at a time, and one of its own for
 * everybody who reads.
 */
final class SqliteEngine implements Engine {
  private final Path file;
  private final @Nullable Session writer;
  private final SqliteMarks marks;
  private final BufferAllocator allocator;

  /** Held by who writes. */
  private final Object writing = new Object();

  /**
   * @param writer null if the file is only to be looked at
   */
  SqliteEngine(Path file, @Nullable Session writer, String flow, BufferAllocator allocator) {
    this.file = file;
    this.writer = writer;
    this.marks = new SqliteMarks(flow);
    this.allocator = allocator;
  }

  @Override
  public String describe() {
    return "sqlite:" + file;
  }

  @Override
  public String dialect() {
    return SqliteWrites.DIALECT.name();
  }

  @Override
  public Rows query(String sql, int limit) {
    return ask(session -> PersonQuery.run(session, sql, limit));
  }

  @Override
  public Optional<List<Column>> columns(TableId table) {
    return ask(session -> SqliteCatalog.columns(session, table));
  }

  @Override
  public List<Column> columnsOf(String query) {
    return ask(session -> SqliteCatalog.columnsOf(session, query));
  }

  @Override
  public List<TableId> tables(String schema) {
    return ask(session -> SqliteCatalog.tables(session, schema));
  }

  @Override
  public long stage(
      TableId table,
      Relation relation,
      String query,
      List<Column> columns,
      Cancellation cancellation) {
    List<Column> known = columns.isEmpty() ? columnsOf(query) : columns;
    long rows = write(cancellation, session -> SqliteWrites.stage(session, table, query, known));
    Failpoint.reach("engine-staged");
    return rows;
  }

  @Override
  public void view(TableId view, String query) {
    change(
        session -> {
          SqliteCatalog.drop(session, view);
          String name = SqliteWrites.DIALECT.quote(view);
          session.execute("CREATE VIEW " + name + " AS " + query);
          // SQLite looks at the query when it is used.
          List<?> unused = session.rows("EXPLAIN SELECT * FROM " + name);
        });
  }

  @Override
  public long publish(List<Publication> publications, Mark mark, Cancellation cancellation) {
    return write(
        cancellation,
        session -> {
          publications.forEach(publication -> SqliteWrites.publish(session, publication));
          marks.save(session, mark);
          Failpoint.reach("engine-published");
          return session.number(
              "SELECT count(*) FROM "
                  + SqliteWrites.DIALECT.quote(publications.getFirst().target()));
        });
  }

  @Override
  public void mark(Mark mark) {
    change(session -> marks.save(session, mark));
  }

  @Override
  public List<Mark> marks() {
    return ask(marks::list);
  }

  @Override
  public void forget(String step) {
    change(session -> marks.forget(session, step));
  }

  @Override
  public void drop(List<TableId> tables) {
    change(session -> tables.forEach(table -> SqliteCatalog.drop(session, table)));
  }

  @Override
  public void run(List<String> statements) {
    change(session -> statements.forEach(session::execute));
  }

  @Override
  public BatchReader read(String query, List<Column> columns, Cancellation cancellation) {
    return new SqliteReader(Session.reader(file), query, columns, cancellation, allocator);
  }

  /** Batch by batch, so that others can write while rows are waited for. */
  @Override
  public long load(
      TableId table, List<Column> columns, BatchReader rows, Cancellation cancellation) {
    change(
        session -> {
          SqliteCatalog.drop(session, table);
          SqliteWrites.DIALECT.createTable(table, columns, List.of()).forEach(session::execute);
        });
    long loaded = 0;
    try {
      for (RowBatch batch = rows.next(); batch != null; batch = rows.next()) {
        try (RowBatch current = batch) {
          loaded +=
              write(
                  cancellation,
                  session -> {
                    SqliteWrites.insert(session, table, current);
                    return (long) current.rows();
                  });
        }
      }
      return loaded;
    } catch (RuntimeException e) {
      drop(List.of(table));
      throw e;
    }
  }

  private <T> T ask(Function<Session, T> work) {
    try (Session session = Session.reader(file)) {
      return work.apply(session);
    }
  }

  private void change(Consumer<Session> work) {
    long unused =
        write(
            Cancellation.never(),
            session -> {
              work.accept(session);
              return 0L;
            });
  }

  private long write(Cancellation cancellation, Function<Session, Long> work) {
    if (writer == null) {
      throw EngineErrors.readOnly(file);
    }
    long[] result = new long[1];
    synchronized (writing) {
      try (var _ = writer.cancelledBy(cancellation)) {
        writer.transaction(() -> result[0] = work.apply(writer));
      }
    }
    return result[0];
  }

  @Override
  public void close() {
    synchronized (writing) {
      if (writer != null) {
        writer.close();
      }
    }
  }
}

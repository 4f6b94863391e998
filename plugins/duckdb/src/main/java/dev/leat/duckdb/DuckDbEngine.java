package dev.leat.duckdb;

import dev.leat.spi.Failpoint;
import dev.leat.spi.destination.Rows;
import dev.leat.spi.engine.Cancellation;
import dev.leat.spi.engine.Engine;
import dev.leat.spi.engine.FileLayout;
import dev.leat.spi.engine.FileReader;
import dev.leat.spi.engine.Mark;
import dev.leat.spi.engine.Publication;
import dev.leat.spi.engine.WrittenFiles;
import dev.leat.spi.error.LeatException;
import dev.leat.spi.instruction.Relation;
import dev.leat.spi.schema.Column;
import dev.leat.spi.schema.TableId;
import dev.leat.spi.source.BatchReader;
import java.nio.file.Path;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;
import org.apache.arrow.memory.BufferAllocator;

/** A DuckDB database that carries out the steps of one flow; every call has its own session. */
final class DuckDbEngine implements Engine {
  private static final int ATTEMPTS = 20;

  private final DuckDbDatabase database;
  private final boolean write;
  private final EngineBookkeeping bookkeeping;
  private final BufferAllocator allocator;
  private final DuckDbQueries queries;

  /** Held by what makes schemas, and by transactions that got into the way of others before. */
  private final Object oneAtATime = new Object();

  private final Deque<Session> looking = new ConcurrentLinkedDeque<>();

  private boolean prepared;

  DuckDbEngine(DuckDbDatabase database, boolean write, String flow, BufferAllocator allocator) {
    this.database = database;
    this.write = write;
    this.bookkeeping = new EngineBookkeeping(flow);
    this.allocator = allocator;
    this.queries = new DuckDbQueries(database);
  }

  @Override
  public String describe() {
    return database.describe();
  }

  @Override
  public String dialect() {
    return queries.dialect();
  }

  @Override
  public Rows query(String sql, int limit) {
    return queries.query(sql, limit);
  }

  @Override
  public Optional<List<Column>> columns(TableId table) {
    return look(session -> DuckDbCatalog.columnsIfAny(session, table));
  }

  @Override
  public List<Column> columnsOf(String query) {
    return look(session -> DuckDbCatalog.columns(session, query));
  }

  @Override
  public List<TableId> tables(String schema) {
    return look(session -> DuckDbCatalog.tables(session, schema));
  }

  @Override
  public long stage(
      TableId table,
      Relation relation,
      String query,
      List<Column> columns,
      Cancellation cancellation) {
    return ask(
        session -> {
          schema(session, table.schema());
          String statement =
              "CREATE OR REPLACE TABLE "
                  + DuckDbSql.quote(table)
                  + " AS "
                  + DuckDbCatalog.selectFrom(query);
          long rows = cancellable(session, cancellation, s -> s.update(statement));
          Failpoint.reach("engine-staged");
          return rows;
        });
  }

  @Override
  public void view(TableId view, String query) {
    long unused =
        ask(
            session -> {
              schema(session, view.schema());
              return session.update(
                  "CREATE OR REPLACE VIEW "
                      + DuckDbSql.quote(view)
                      + " AS "
                      + DuckDbCatalog.selectFrom(query));
            });
  }

  @Override
  public long publish(List<Publication> publications, Mark mark, Cancellation cancellation) {
    for (Publication publication : publications) {
      if (!publication.staging().schema().equals(publication.target().schema())) {
        throw EngineErrors.stagedElsewhere(publication.staging(), publication.target());
      }
    }
    return publish(
        publications.getFirst().target(),
        session -> publications.forEach(publication -> write(session, publication)),
        mark,
        cancellation);
  }

  /** Work and its mark in one transaction; the number of rows that the table has then. */
  private long publish(
      TableId table, Consumer<Session> work, Mark mark, Cancellation cancellation) {
    prepare();
    long[] rows = new long[1];
    transaction(
        session ->
            rows[0] =
                cancellable(
                    session,
                    cancellation,
                    s -> {
                      work.accept(s);
                      bookkeeping.save(s, mark);
                      Failpoint.reach("engine-published");
                      return s.number("SELECT count(*) FROM " + DuckDbSql.quote(table));
                    }));
    return rows[0];
  }

  /** Rows that are staged are compressed and written twice. */
  @Override
  public Optional<Added> append(
      TableId table, String query, List<Column> columns, Mark mark, Cancellation cancellation) {
    String statement =
        "INSERT INTO %s BY NAME %s"
            .formatted(DuckDbSql.quote(table), DuckDbCatalog.selectFrom(query));
    long[] added = new long[1];
    long after =
        publish(
            table,
            session -> {
              requireOwn(session, table);
              added[0] = rows(session, statement);
            },
            mark,
            cancellation);
    return Optional.of(new Added(added[0], after));
  }

  /** A person's query among statements of Leat's own. */
  private static long rows(Session session, String statement) {
    try {
      return session.update(statement);
    } catch (LeatException e) {
      throw EngineErrors.isConflict(e) ? e : EngineErrors.query(e);
    }
  }

  private void requireOwn(Session session, TableId table) {
    if (DuckDbCatalog.kind(session, table).isPresent() && !EngineBookkeeping.owns(session, table)) {
      throw EngineErrors.tableExists(table, describe());
    }
  }

  private void write(Session session, Publication publication) {
    TableId target = publication.target();
    requireOwn(session, target);
    DuckDbWrites.statements(publication).forEach(session::execute);
    EngineBookkeeping.own(session, target);
  }

  @Override
  public Optional<FileReader> fileReader() {
    return Optional.of(new DuckDbFileReader(database, this::requireWriting));
  }

  @Override
  public void mark(Mark mark) {
    prepare();
    transaction(session -> bookkeeping.save(session, mark));
  }

  @Override
  public List<Mark> marks() {
    return ask(
        session ->
            EngineBookkeeping.exists(session) ? bookkeeping.marks(session) : List.<Mark>of());
  }

  @Override
  public void forget(String step) {
    prepare();
    transaction(session -> bookkeeping.forget(session, step));
  }

  @Override
  public void drop(List<TableId> tables) {
    prepare();
    transaction(
        session -> {
          for (TableId table : tables) {
            DuckDbCatalog.kind(session, table)
                .ifPresent(kind -> session.execute("DROP " + kind + " " + DuckDbSql.quote(table)));
            EngineBookkeeping.disown(session, table);
          }
        });
  }

  @Override
  public void run(List<String> statements) {
    requireWriting();
    try {
      transaction(session -> statements.forEach(session::execute));
    } catch (LeatException e) {
      throw EngineErrors.query(e);
    }
  }

  @Override
  public BatchReader read(String query, List<Column> columns, Cancellation cancellation) {
    return DuckDbReader.open(database, allocator, query, columns, cancellation);
  }

  @Override
  public Optional<WrittenFiles> write(
      String query,
      List<Column> columns,
      Path folder,
      String name,
      FileLayout layout,
      Cancellation cancellation) {
    CopyStatement copy = new CopyStatement(folder, name, layout);
    return Optional.of(ask(session -> copy.run(session, typed(columns, query), cancellation)));
  }

  /** A query with exactly these columns. */
  private static String typed(List<Column> columns, String query) {
    return columns.stream()
        .map(
            column ->
                "CAST(%1$s AS %2$s) AS %1$s"
                    .formatted(DuckDbSql.quote(column.name()), DuckDbSql.type(column.type())))
        .collect(
            Collectors.joining(", ", "SELECT ", " FROM (" + DuckDbCatalog.selectFrom(query) + ")"));
  }

  @Override
  public long load(
      TableId table, List<Column> columns, BatchReader rows, Cancellation cancellation) {
    return ask(
        session -> {
          schema(session, table.schema());
          String statement =
              "CREATE OR REPLACE TABLE " + DuckDbSql.quote(table) + " AS " + loaded(columns);
          return cancellable(
              session,
              cancellation,
              s ->
                  new ArrowStreams(allocator)
                      .overRows(s, columns, rows, () -> s.update(statement)));
        });
  }

  /** A query for the rows of a stream under the columns' names and types. */
  static String loaded(List<Column> columns) {
    StringBuilder selected = new StringBuilder("SELECT ");
    for (int i = 0; i < columns.size(); i++) {
      selected
          .append(i == 0 ? "" : ", ")
          .append("CAST(c")
          .append(i)
          .append(" AS ")
          .append(DuckDbSql.type(columns.get(i).type()))
          .append(") AS ")
          .append(DuckDbSql.quote(columns.get(i).name()));
    }
    return selected.append(" FROM ").append(ArrowStreams.VIEW).toString();
  }

  private void requireWriting() {
    if (!write) {
      throw EngineErrors.readOnly(describe());
    }
  }

  /** In one call, so that sessions do not make the same at the same time. */
  private void schema(Session session, String schema) {
    requireWriting();
    synchronized (oneAtATime) {
      session.execute("CREATE SCHEMA IF NOT EXISTS " + DuckDbSql.quote(schema));
    }
  }

  private void prepare() {
    requireWriting();
    synchronized (oneAtATime) {
      if (!prepared) {
        try (Session session = database.session()) {
          session.transaction(() -> EngineBookkeeping.create(session));
        }
        prepared = true;
      }
    }
  }

  /** Asks the catalog, in a session that is kept: plans do so many times for each step. */
  private <T> T look(Function<Session, T> work) {
    Session kept = looking.poll();
    Session session = kept == null ? database.session() : kept;
    try {
      T result = work.apply(session);
      looking.push(session);
      return result;
    } catch (RuntimeException e) {
      session.close();
      throw e instanceof LeatException leat ? EngineErrors.query(leat) : e;
    }
  }

  /** Runs work whose errors are those of a person's query. */
  private <T> T ask(Function<Session, T> work) {
    try (Session session = database.session()) {
      return work.apply(session);
    } catch (LeatException e) {
      throw EngineErrors.query(e);
    }
  }

  static long cancellable(
      Session session, Cancellation cancellation, ToLongFunction<Session> work) {
    try (Interruption _ = new Interruption(session, cancellation)) {
      if (cancellation.isCancelled()) {
        throw EngineErrors.cancelled(null);
      }
      return work.applyAsLong(session);
    } catch (LeatException e) {
      throw cancellation.isCancelled() ? EngineErrors.cancelled(e.getCause()) : e;
    }
  }

  /**
   * Runs work as one transaction, again from its beginning where others got into its way: the first
   * time beside them, then alone among those that had the same trouble.
   */
  private void transaction(Consumer<Session> work) {
    try {
      attempt(work);
    } catch (LeatException first) {
      if (!EngineErrors.isConflict(first)) {
        throw EngineErrors.statement(first);
      }
      synchronized (oneAtATime) {
        for (int attempt = 2; ; attempt++) {
          try {
            attempt(work);
            return;
          } catch (LeatException e) {
            if (!EngineErrors.isConflict(e) || attempt == ATTEMPTS) {
              throw EngineErrors.statement(e);
            }
          }
        }
      }
    }
  }

  private void attempt(Consumer<Session> work) {
    try (Session session = database.session()) {
      session.transaction(() -> work.accept(session));
    }
  }

  @Override
  public void close() {
    looking.forEach(Session::close);
    database.close();
  }
}

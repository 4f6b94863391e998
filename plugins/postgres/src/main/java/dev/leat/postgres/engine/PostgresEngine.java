package dev.leat.postgres.engine;

import dev.leat.postgres.connect.LeatSchema;
import dev.leat.postgres.connect.SessionPool;
import dev.leat.postgres.connect.Sessions;
import dev.leat.postgres.connect.Sql;
import dev.leat.postgres.connect.WireConnection;
import dev.leat.postgres.types.ColumnCodec;
import dev.leat.postgres.types.StoredTypes;
import dev.leat.postgres.types.TableCodec;
import dev.leat.spi.destination.Rows;
import dev.leat.spi.engine.Cancellation;
import dev.leat.spi.engine.Engine;
import dev.leat.spi.engine.Mark;
import dev.leat.spi.engine.Publication;
import dev.leat.spi.instruction.Relation;
import dev.leat.spi.schema.Column;
import dev.leat.spi.schema.RowIdentity;
import dev.leat.spi.schema.TableId;
import dev.leat.spi.schema.TableSchema;
import dev.leat.spi.source.BatchReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.arrow.memory.BufferAllocator;

/** A database as an engine. */
final class PostgresEngine implements Engine {
  private final SessionPool pool;
  private final Transactions transactions;
  private final Bookkeeping bookkeeping;
  private final Publisher publisher;
  private final Staging staging;
  private final Catalog catalog = new Catalog();
  private final BufferAllocator allocator;

  PostgresEngine(Sessions sessions, String flow, BufferAllocator allocator) {
    this.pool = new SessionPool(sessions);
    String grant = LeatSchema.grant(sessions.url());
    this.transactions =
        new Transactions(pool, new EngineErrors(sessions.errors(), sessions.url(), grant));
    this.bookkeeping = new Bookkeeping(flow);
    this.publisher = new Publisher(transactions, bookkeeping);
    this.staging = new Staging(transactions);
    this.allocator = allocator;
  }

  /** Sees that the server can be used, and makes what is missing. */
  void connect(boolean write) {
    if (write) {
      int major = pool.sessions().server().major();
      write(
          "making the schema " + LeatSchema.NAME,
          step -> {
            Bookkeeping.make(step.session(), major);
            return true;
          });
    } else {
      transactions.read("connecting", step -> true);
    }
  }

  private <T> T write(String doing, Transactions.Work<T> work) {
    return transactions.write(doing, Cancellation.never(), work);
  }

  @Override
  public String describe() {
    return pool.sessions().url().describe();
  }

  @Override
  public String dialect() {
    return "postgres";
  }

  @Override
  public Optional<List<Column>> columns(TableId table) {
    return transactions.read(
        "asking for the columns of " + table, step -> catalog.columns(step.session(), table));
  }

  @Override
  public List<Column> columnsOf(String query) {
    return transactions.read(
        "asking for the columns of a query", step -> catalog.columnsOf(step.session(), query));
  }

  @Override
  public List<TableId> tables(String schema) {
    return transactions.read(
        "listing the tables of " + schema, step -> Catalog.tables(step.session(), schema));
  }

  @Override
  public long stage(
      TableId table,
      Relation relation,
      String query,
      List<Column> columns,
      Cancellation cancellation) {
    return staging.stage(table, query, columns, cancellation);
  }

  @Override
  public void view(TableId view, String query) {
    Names.check(view, List.of());
    write(
        "making the view " + view,
        step -> {
          LeatSchema.makeSchema(step.session(), view.schema());
          step.execute("DROP VIEW IF EXISTS " + Sql.table(view) + " CASCADE");
          return step.execute("CREATE VIEW " + Sql.table(view) + " AS\n" + query);
        });
  }

  @Override
  public long publish(List<Publication> publications, Mark mark, Cancellation cancellation) {
    return publisher.publish(publications, mark, cancellation);
  }

  @Override
  public void mark(Mark mark) {
    write(
        "marking " + mark.step(),
        step -> {
          bookkeeping.put(step.session(), mark);
          return true;
        });
  }

  @Override
  public List<Mark> marks() {
    return transactions.read("reading marks", step -> bookkeeping.marks(step.session()));
  }

  @Override
  public void forget(String step) {
    write(
        "forgetting the marks of " + step,
        transaction -> {
          bookkeeping.forget(transaction.session(), step);
          return true;
        });
  }

  @Override
  public void drop(List<TableId> tables) {
    write("dropping tables", step -> Dropping.drop(step, tables));
  }

  @Override
  public void run(List<String> statements) {
    write(
        "running statements",
        step -> {
          for (String statement : statements) {
            step.execute(statement);
          }
          return true;
        });
  }

  @Override
  public Rows query(String sql, int limit) {
    return transactions.read(
        "running a query",
        step -> {
          String refusal = PersonQuery.refusal(sql);
          if (refusal != null) {
            throw EngineErrors.notOneQuery(refusal);
          }
          Rows rows = PersonQuery.run(step.session(), sql, limit);
          step.execute("SELECT pg_catalog.pg_advisory_unlock_all()");
          return rows;
        });
  }

  @Override
  public BatchReader read(String query, List<Column> columns, Cancellation cancellation) {
    String typed = typed(query, columns);
    // Says of a query that is wrong what is wrong, which the session of a COPY cannot.
    columnsOf(typed);
    EngineErrors.check(cancellation);
    List<ColumnCodec> codecs =
        columns.stream().map(column -> StoredTypes.codec(column.type(), column.name())).toList();
    TableSchema schema =
        new TableSchema(new TableId("query", "result"), columns, List.of(), RowIdentity.NONE);
    WireConnection session = pool.sessions().openWire().doing("reading a query's rows", "");
    // The server answers a COPY only when it has some rows, so it must be cancellable before.
    Cancelling cancelling = new Cancelling(cancellation, session::cancel);
    try {
      session.execute("RESET search_path");
      session.startCopy("COPY (" + typed + ") TO STDOUT (FORMAT binary)");
      return new QueryReader(
          session, new TableCodec(schema, codecs), allocator, cancellation, cancelling);
    } catch (RuntimeException e) {
      cancelling.close();
      session.close();
      throw cancellation.isCancelled() ? EngineErrors.cancelled(e) : e;
    }
  }

  /** The query with columns of the very types that are decoded. */
  private static String typed(String query, List<Column> columns) {
    Names.check(new TableId("query", "result"), columns);
    List<String> names = new ArrayList<>();
    for (int i = 1; i <= columns.size(); i++) {
      names.add("_leat_" + i);
    }
    String casts =
        names.stream()
            .map(
                name -> Casts.cast(name, StoredTypes.name(columns.get(names.indexOf(name)).type())))
            .collect(Collectors.joining(", "));
    return "SELECT %s FROM (\n%s\n) AS _leat_rows(%s)"
        .formatted(casts, query, String.join(", ", names));
  }

  @Override
  public long load(
      TableId table, List<Column> columns, BatchReader rows, Cancellation cancellation) {
    return staging.load(table, columns, rows, cancellation);
  }

  @Override
  public void close() {
    pool.close();
  }
}

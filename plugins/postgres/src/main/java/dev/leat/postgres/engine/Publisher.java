package dev.leat.postgres.engine;

import dev.leat.postgres.connect.Sql;
import dev.leat.spi.engine.Cancellation;
import dev.leat.spi.engine.Mark;
import dev.leat.spi.engine.Publication;
import dev.leat.spi.error.ErrorCategory;
import dev.leat.spi.error.LeatException;
import dev.leat.spi.instruction.Write;
import dev.leat.spi.schema.Column;
import dev.leat.spi.schema.TableId;
import dev.leat.spi.sql.StandardWrites;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes staged rows into their tables. */
final class Publisher {
  private static final Logger LOG = LoggerFactory.getLogger(Publisher.class);
  private static final StandardWrites WRITES = new StandardWrites(new PostgresDialect());
  private static final int LOOK_UPS = 6;
  private static final long FIRST_WAIT_NANOS = 100_000_000;

  private final Transactions transactions;
  private final Bookkeeping bookkeeping;

  Publisher(Transactions transactions, Bookkeeping bookkeeping) {
    this.transactions = transactions;
    this.bookkeeping = bookkeeping;
  }

  /** How staged rows get to where they belong. */
  private enum Way {
    /** The staged table takes the name. */
    TAKE_PLACE,
    /** The table stays, with all that is built upon it, and gets other rows. */
    REFILL,
    WRITE_INTO
  }

  static List<String> statements(Publication publication) {
    return WRITES.statements(publication);
  }

  long publish(List<Publication> publications, Mark mark, Cancellation cancellation) {
    for (Publication publication : publications) {
      if (!publication.staging().schema().equals(publication.target().schema())) {
        throw EngineErrors.stagedElsewhere(publication.staging(), publication.target());
      }
      Names.check(publication.target(), publication.columns());
    }
    try {
      return attempt(publications, mark, cancellation);
    } catch (LeatException e) {
      if (e.category() != ErrorCategory.OUTCOME_UNKNOWN) {
        throw e;
      }
      return lookedUp(publications, mark, cancellation, e);
    }
  }

  /** Does it again unless the mark says that it was done; for as long as that is not known. */
  private long lookedUp(
      List<Publication> publications, Mark mark, Cancellation cancellation, LeatException unknown) {
    long wait = FIRST_WAIT_NANOS;
    for (int i = 0; i < LOOK_UPS; i++) {
      LockSupport.parkNanos(wait);
      wait *= 2;
      try {
        return attempt(publications, mark, cancellation);
      } catch (LeatException e) {
        if (!e.category().retryable() || cancellation.isCancelled()) {
          throw e;
        }
        unknown.addSuppressed(e);
      }
    }
    throw unknown;
  }

  private long attempt(List<Publication> publications, Mark mark, Cancellation cancellation) {
    TableId target = publications.getFirst().target();
    String doing = "publishing " + target;
    Published published =
        transactions.write(doing, cancellation, step -> inside(publications, mark, step));
    published.written().forEach(this::analyze);
    return published.rows();
  }

  /** The first table's rows, and the tables that others look at with what was known of them. */
  private record Published(long rows, Set<TableId> written) {}

  private Published inside(List<Publication> publications, Mark mark, Transaction transaction)
      throws SQLException {
    var session = transaction.session();
    bookkeeping.lock(session, mark);
    Publication first = publications.getFirst();
    if (Catalog.kind(session, first.staging()).isEmpty()) {
      if (bookkeeping.holds(session, mark)) {
        return new Published(transaction.number(count(first.target())), Set.of());
      }
      throw transactions.errors().stagingMissing(first.staging());
    }
    Set<TableId> written = new LinkedHashSet<>();
    long rows = -1;
    for (Publication publication : publications) {
      long counted = write(publication, transaction, written);
      rows = publication.target().equals(first.target()) ? counted : rows;
    }
    bookkeeping.put(session, mark);
    return new Published(rows, written);
  }

  private long write(Publication publication, Transaction transaction, Set<TableId> written)
      throws SQLException {
    var session = transaction.session();
    TableId target = publication.target();
    if (Catalog.kind(session, target).isPresent() && !Bookkeeping.madeByLeat(session, target)) {
      throw transactions.errors().tableExists(target);
    }
    Way way = way(publication, transaction);
    // Counted while others can still read the table.
    long staged = way == Way.WRITE_INTO ? 0 : transaction.number(count(publication.staging()));
    for (String statement : statements(publication, way)) {
      transaction.execute(statement);
    }
    long rows =
        way == Way.TAKE_PLACE && publication.exists() ? staged : transaction.number(count(target));
    bookkeeping.register(session, target);
    if (way != Way.TAKE_PLACE) {
      written.add(target);
    }
    return rows;
  }

  private static Way way(Publication publication, Transaction transaction) throws SQLException {
    if (!publication.exists()) {
      return Way.TAKE_PLACE;
    }
    if (!(publication.write() instanceof Write.Replace)) {
      return Way.WRITE_INTO;
    }
    return Catalog.isBuiltUpon(transaction.session(), publication.target())
        ? Way.REFILL
        : Way.TAKE_PLACE;
  }

  private static List<String> statements(Publication publication, Way way) {
    return switch (way) {
      case TAKE_PLACE -> WRITES.statements(publication);
      case WRITE_INTO -> alone(WRITES.statements(publication), publication.staging());
      case REFILL -> refill(publication);
    };
  }

  /** Views upon staged rows go with them. */
  private static List<String> alone(List<String> statements, TableId staging) {
    String drop = "DROP TABLE " + Sql.table(staging);
    return statements.stream()
        .map(statement -> statement.equals(drop) ? drop + " CASCADE" : statement)
        .toList();
  }

  private static List<String> refill(Publication publication) {
    String target = Sql.table(publication.target());
    String staging = Sql.table(publication.staging());
    String columns =
        publication.columns().stream()
            .map(Column::name)
            .map(Sql::identifier)
            .collect(Collectors.joining(", "));
    List<String> statements =
        new ArrayList<>(
            new PostgresDialect()
                .alterTable(publication.target(), StandardWrites.changes(publication)));
    statements.add("DELETE FROM " + target);
    statements.add(
        "INSERT INTO %s (%s) SELECT %s FROM %s".formatted(target, columns, columns, staging));
    statements.add("DROP TABLE " + staging + " CASCADE");
    return statements;
  }

  private static String count(TableId table) {
    return "SELECT count(*) FROM " + Sql.table(table);
  }

  /** The rows are published already, so that it must not fail. */
  private void analyze(TableId table) {
    try {
      transactions.write(
          "analyzing " + table,
          Cancellation.never(),
          step -> step.execute("ANALYZE " + Sql.table(table)));
    } catch (LeatException e) {
      LOG.warn("table could not be analyzed: table={}", table, e);
    }
  }
}

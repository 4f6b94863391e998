package dev.leat.duckdb;

import dev.leat.spi.engine.Cancellation;
import dev.leat.spi.engine.FileInput;
import dev.leat.spi.engine.FileReader;
import dev.leat.spi.error.ErrorCategory;
import dev.leat.spi.error.LeatException;
import dev.leat.spi.schema.Column;
import dev.leat.spi.schema.TableId;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Files read by DuckDB itself into tables of a database. */
final class DuckDbFileReader implements FileReader {
  private static final Logger LOG = LoggerFactory.getLogger(DuckDbFileReader.class);
  private static final String JUDGED = "_leat_judged";

  private final DuckDbDatabase database;
  private final Runnable requireWriting;

  DuckDbFileReader(DuckDbDatabase database, Runnable requireWriting) {
    this.database = database;
    this.requireWriting = requireWriting;
  }

  @Override
  public void create(TableId table, List<Column> columns) {
    requireWriting.run();
    String definition =
        columns.stream()
            .map(column -> DuckDbSql.quote(column.name()) + " " + DuckDbSql.type(column.type()))
            .collect(Collectors.joining(", "));
    boolean unused =
        in(
            session -> {
              session.execute("CREATE SCHEMA IF NOT EXISTS " + DuckDbSql.quote(table.schema()));
              session.execute(
                  "CREATE OR REPLACE TABLE " + DuckDbSql.quote(table) + " (" + definition + ")");
              return true;
            });
  }

  @Override
  public long append(TableId table, FileInput input, Cancellation cancellation) {
    return in(
        session -> {
          DuckDbFileSql files = new DuckDbFileSql(input, types(session, input));
          String insert = "INSERT INTO " + target(table, input.columns()) + " ";
          Optional<String> quick = files.quick();
          if (quick.isPresent()) {
            try {
              return DuckDbEngine.cancellable(
                  session, cancellation, s -> s.update(insert + quick.get()));
            } catch (LeatException e) {
              LeatException why = EngineErrors.file(e);
              if (cancellation.isCancelled() || why.category() != ErrorCategory.DATA) {
                throw e;
              }
              LOG.debug("files={} are read as text: {}", input.files().size(), why.message());
            }
          }
          return DuckDbEngine.cancellable(
              session, cancellation, s -> s.update(insert + files.all()));
        });
  }

  @Override
  public long appendFitting(
      TableId table, TableId misfits, FileInput input, Cancellation cancellation) {
    return in(
        session -> {
          DuckDbFileSql files = new DuckDbFileSql(input, types(session, input));
          return DuckDbEngine.cancellable(
              session, cancellation, s -> fitting(s, table, misfits, input, files));
        });
  }

  private static long fitting(
      Session session, TableId table, TableId misfits, FileInput input, DuckDbFileSql files) {
    session.execute("CREATE OR REPLACE TEMP TABLE " + JUDGED + " AS " + files.judged());
    long[] rows = new long[1];
    session.transaction(
        () -> {
          String names =
              input.columns().stream()
                  .map(column -> DuckDbSql.quote(column.name()))
                  .collect(Collectors.joining(", "));
          rows[0] =
              session.update(
                  "INSERT INTO %s SELECT %s FROM %s WHERE _leat_reason IS NULL"
                      .formatted(target(table, input.columns()), names, JUDGED));
          session.execute(
              "INSERT INTO %s (file, line, reason, raw) SELECT %s, _leat_line, _leat_reason, replace(_leat_raw, chr(0), '\\0') FROM %s WHERE _leat_reason IS NOT NULL"
                  .formatted(
                      DuckDbSql.quote(misfits),
                      DuckDbSql.literal(input.files().getFirst().name()),
                      JUDGED));
        });
    session.execute("DROP TABLE " + JUDGED);
    return rows[0];
  }

  @Override
  public long refuse(TableId misfits, FileInput input, String reason, Cancellation cancellation) {
    return in(
        session -> {
          DuckDbFileSql file = new DuckDbFileSql(input, types(session, input));
          String statement =
              "INSERT INTO %s (file, line, reason, raw) %s"
                  .formatted(DuckDbSql.quote(misfits), file.refused(reason));
          return DuckDbEngine.cancellable(session, cancellation, s -> s.update(statement));
        });
  }

  @Override
  public List<FoundColumn> look(FileInput input, long rows, Cancellation cancellation) {
    return in(session -> new DuckDbFileLook(session, input, rows).columns());
  }

  @Override
  public List<List<String>> fields(FileInput input, int depth, Cancellation cancellation) {
    return in(session -> new DuckDbFields(session, input).names(depth));
  }

  @Override
  public Map<String, Long> count(TableId table, String column) {
    Map<String, Long> counts = new HashMap<>();
    List<List<@Nullable String>> rows =
        in(
            session ->
                session.rows(
                    "SELECT %s, count(*) FROM %s GROUP BY 1"
                        .formatted(DuckDbSql.quote(column), DuckDbSql.quote(table))));
    rows.forEach(
        row -> counts.put(String.valueOf(row.get(0)), Long.parseLong(String.valueOf(row.get(1)))));
    return counts;
  }

  /** DuckDB's types of the columns of Parquet files, by name. */
  static Map<String, String> types(Session session, FileInput input) {
    if (input.layout() != FileInput.Layout.PARQUET) {
      return Map.of();
    }
    Map<String, String> types = new LinkedHashMap<>();
    session
        .rows("DESCRIBE SELECT * FROM " + new DuckDbFileSql(input, Map.of()).source())
        .forEach(row -> types.put(String.valueOf(row.get(0)), String.valueOf(row.get(1))));
    return types;
  }

  private static String target(TableId table, List<Column> columns) {
    return columns.stream()
        .map(column -> DuckDbSql.quote(column.name()))
        .collect(Collectors.joining(", ", DuckDbSql.quote(table) + " (", ")"));
  }

  private <T> T in(Function<Session, T> work) {
    try (Session session = database.session()) {
      return work.apply(session);
    } catch (LeatException e) {
      LeatException read = EngineErrors.file(e);
      throw read.category() == ErrorCategory.INTERNAL ? EngineErrors.query(e) : read;
    }
  }
}

package dev.leat.postgres.engine;

import dev.leat.postgres.connect.ErrorMapping;
import dev.leat.postgres.connect.PostgresUrl;
import dev.leat.spi.engine.Cancellation;
import dev.leat.spi.error.ErrorCategory;
import dev.leat.spi.error.ErrorCode;
import dev.leat.spi.error.LeatException;
import dev.leat.spi.schema.TableId;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/** What goes wrong with statements that are made of what people wrote. */
final class EngineErrors {
  private static final ErrorCode STATEMENT = config("PG_STATEMENT");
  private static final ErrorCode TABLE_EXISTS = config("PG_TABLE_EXISTS");
  private static final ErrorCode NAME_TOO_LONG = config("PG_NAME_TOO_LONG");
  private static final ErrorCode CANNOT_KEEP = config("PG_CANNOT_KEEP");
  private static final ErrorCode OUTCOME =
      new ErrorCode("PG_OUTCOME_UNKNOWN", ErrorCategory.OUTCOME_UNKNOWN);
  private static final ErrorCode DATA = new ErrorCode("PG_DATA", ErrorCategory.DATA);
  private static final ErrorCode STAGING = new ErrorCode("PG_STAGING", ErrorCategory.INTERNAL);

  private final ErrorMapping mapping;
  private final PostgresUrl url;
  private final String grant;

  EngineErrors(ErrorMapping mapping, PostgresUrl url, String grant) {
    this.mapping = mapping;
    this.url = url;
    this.grant = grant;
  }

  private static ErrorCode config(String name) {
    return new ErrorCode(name, ErrorCategory.CONFIG);
  }

  ErrorMapping mapping() {
    return mapping;
  }

  /** An error of a statement. */
  LeatException of(String doing, SQLException e, Cancellation cancellation) {
    ServerErrorMessage server = server(e);
    if (server == null) {
      return mapping.map(doing, grant, e);
    }
    String state = String.valueOf(server.getSQLState());
    if (state.equals("57014") && cancellation.isCancelled()) {
      return cancelled(e);
    }
    if (state.equals("42501")) {
      return mapping.map(doing, grant, e);
    }
    // chr(0), and values larger than any that is kept.
    if (state.startsWith("54")) {
      return new LeatException(
          DATA,
          "PostgreSQL at %s cannot make a value while %s: %s."
              .formatted(url, doing, server.getMessage()),
          hint(server, "Change the query so that it does not make such values."),
          e);
    }
    return switch (state.substring(0, 2)) {
      // Syntax and names; what there is not; what something depends on; a schema.
      case "42", "0A", "2B", "3F", "25", "26", "34", "2F", "38", "39", "P0", "XX" ->
          refused(doing, server, e);
      default -> mapping.map(doing, grant, e);
    };
  }

  private LeatException refused(String doing, ServerErrorMessage server, SQLException e) {
    if (String.valueOf(server.getSQLState()).startsWith("XX")) {
      return mapping.map(doing, grant, e);
    }
    String place = server.getPosition() > 0 ? " at character " + server.getPosition() : "";
    return new LeatException(
        STATEMENT,
        "PostgreSQL at %s refused a statement while %s: %s%s (SQLSTATE %s)."
            .formatted(url, doing, server.getMessage(), place, server.getSQLState()),
        hint(server, "Correct the query."),
        e);
  }

  private static String hint(ServerErrorMessage server, String otherwise) {
    String hint = server.getHint();
    return hint == null ? otherwise : hint;
  }

  private static @Nullable ServerErrorMessage server(SQLException e) {
    return e instanceof PSQLException psql ? psql.getServerErrorMessage() : null;
  }

  /** An error of a COMMIT: without an answer nobody knows what became of it. */
  RuntimeException commit(String doing, SQLException e) throws SQLException {
    ServerErrorMessage server = server(e);
    String state = server == null ? "" : String.valueOf(server.getSQLState());
    if (server != null && !state.startsWith("57P") && !state.startsWith("08")) {
      throw e;
    }
    return outcomeUnknown(doing, e);
  }

  LeatException outcomeUnknown(String doing, Throwable cause) {
    return new LeatException(
        OUTCOME,
        "The connection to PostgreSQL at %s broke during the commit while %s."
            .formatted(url, doing),
        "The next run looks whether it was done.",
        cause);
  }

  /** Ends work whose result is not wanted any more. */
  static void check(Cancellation cancellation) {
    if (cancellation.isCancelled()) {
      throw cancelled(null);
    }
  }

  static LeatException cancelled(@Nullable Throwable cause) {
    return new LeatException(
        ErrorCode.CANCELLED, "The work in PostgreSQL was cancelled.", "Run it again.", cause);
  }

  LeatException tableExists(TableId table) {
    return new LeatException(
        TABLE_EXISTS,
        "%s already exists in PostgreSQL at %s and was not made by Leat.".formatted(table, url),
        "Drop or rename it there, or give the step another name.");
  }

  LeatException stagingMissing(TableId staging) {
    return new LeatException(
        STAGING, "The staged table %s is not in PostgreSQL at %s.".formatted(staging, url), "");
  }

  static LeatException stagedElsewhere(TableId staging, TableId target) {
    return new LeatException(
        STAGING,
        "%s is not in the schema of %s, whose place it is to take.".formatted(staging, target),
        "");
  }

  static LeatException nameTooLong(String name) {
    return new LeatException(
        NAME_TOO_LONG,
        "The name %s has more than the 63 bytes that PostgreSQL keeps of it.".formatted(name),
        "Give it a shorter name.");
  }

  static LeatException cannotKeep(String column, String why) {
    return new LeatException(
        CANNOT_KEEP,
        "The column %s cannot be kept: %s.".formatted(column, why),
        "Leave it out, or convert it in the query.");
  }

  static LeatException notOneQuery(String why) {
    return new LeatException(
        STATEMENT,
        "That is not one query: %s.".formatted(why),
        "Write one SELECT; what writes is not run here.");
  }
}

package dev.leat.postgres.connect;

import dev.leat.spi.error.ErrorCategory;
import dev.leat.spi.error.ErrorCode;

/** The codes of everything that can go wrong with PostgreSQL. */
public final class PostgresErrors {
  // The connection.
  public static final ErrorCode URL = config("PG_URL");
  public static final ErrorCode OPTION = config("PG_OPTION");
  public static final ErrorCode AUTH = new ErrorCode("PG_AUTH", ErrorCategory.AUTH);
  public static final ErrorCode NO_HBA_ENTRY = new ErrorCode("PG_NO_HBA_ENTRY", ErrorCategory.AUTH);
  public static final ErrorCode PRIVILEGE = new ErrorCode("PG_PRIVILEGE", ErrorCategory.AUTH);
  public static final ErrorCode TLS = config("PG_TLS");
  public static final ErrorCode DATABASE_UNKNOWN = config("PG_DATABASE_UNKNOWN");
  public static final ErrorCode UNREACHABLE = transientError("PG_UNREACHABLE");
  public static final ErrorCode STARTING = transientError("PG_STARTING");
  public static final ErrorCode TOO_MANY_CONNECTIONS = transientError("PG_TOO_MANY_CONNECTIONS");
  public static final ErrorCode CONNECTION_LOST = transientError("PG_CONNECTION_LOST");

  // The server.
  public static final ErrorCode VERSION = config("PG_VERSION");
  public static final ErrorCode STANDBY = config("PG_STANDBY");
  public static final ErrorCode POOLER = config("PG_POOLER");
  public static final ErrorCode WAL_LEVEL = config("PG_WAL_LEVEL");
  public static final ErrorCode NO_FREE_SLOT = config("PG_NO_FREE_SLOT");
  public static final ErrorCode NO_FREE_SENDER = transientError("PG_NO_FREE_SENDER");
  public static final ErrorCode BUSY = transientError("PG_BUSY");
  public static final ErrorCode RESOURCES = transientError("PG_RESOURCES");
  public static final ErrorCode QUERY = new ErrorCode("PG_QUERY", ErrorCategory.INTERNAL);
  public static final ErrorCode PROTOCOL = new ErrorCode("PG_PROTOCOL", ErrorCategory.INTERNAL);

  // Tables and publications.
  public static final ErrorCode TABLE_MISSING = config("PG_TABLE_MISSING");
  public static final ErrorCode TABLE_UNSUPPORTED = config("PG_TABLE_UNSUPPORTED");
  public static final ErrorCode NO_IDENTITY = config("PG_NO_IDENTITY");
  public static final ErrorCode GENERATED_COLUMN = config("PG_GENERATED_COLUMN");
  public static final ErrorCode ROW_SECURITY = config("PG_ROW_SECURITY");
  public static final ErrorCode SCHEMA_CHANGED =
      new ErrorCode("PG_SCHEMA_CHANGED", ErrorCategory.SCHEMA);
  public static final ErrorCode DATA = new ErrorCode("PG_DATA", ErrorCategory.DATA);
  public static final ErrorCode PUBLICATION_MISSING = config("PG_PUBLICATION_MISSING");
  public static final ErrorCode PUBLICATION_TABLES = config("PG_PUBLICATION_TABLES");
  public static final ErrorCode PUBLICATION_OPTIONS = config("PG_PUBLICATION_OPTIONS");

  // Snapshot and stream.
  public static final ErrorCode SNAPSHOT_LOST = transientError("PG_SNAPSHOT_LOST");
  public static final ErrorCode SLOT_MISSING = config("PG_SLOT_MISSING");
  public static final ErrorCode SLOT_EXISTS = config("PG_SLOT_EXISTS");
  public static final ErrorCode SLOT_OTHER = config("PG_SLOT_OTHER");
  public static final ErrorCode SLOT_AHEAD = config("PG_SLOT_AHEAD");
  public static final ErrorCode SERVER_BEHIND = config("PG_SERVER_BEHIND");
  public static final ErrorCode SLOT_INVALIDATED = config("PG_SLOT_INVALIDATED");

  /** Retried: it may be our own connection of before, which the server has not given up yet. */
  public static final ErrorCode SLOT_ACTIVE = transientError("PG_SLOT_ACTIVE");

  private PostgresErrors() {}

  private static ErrorCode config(String name) {
    return new ErrorCode(name, ErrorCategory.CONFIG);
  }

  private static ErrorCode transientError(String name) {
    return new ErrorCode(name, ErrorCategory.TRANSIENT);
  }
}

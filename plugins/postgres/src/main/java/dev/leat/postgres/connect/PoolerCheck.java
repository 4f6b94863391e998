package dev.leat.postgres.connect;

import dev.leat.spi.error.LeatException;
import org.jspecify.annotations.Nullable;

/** What to say of a connection that goes through a pooler. */
final class PoolerCheck {
  private PoolerCheck() {}

  static LeatException refusal(PostgresUrl url, @Nullable Throwable cause) {
    return new LeatException(
        PostgresErrors.POOLER,
        "The connection to %s goes through a connection pooler (PgBouncer or alike), which can carry neither replication nor snapshots shared by several sessions."
            .formatted(url),
        "Give the address of the PostgreSQL server itself, usually its port 5432.",
        cause);
  }
}

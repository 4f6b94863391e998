package dev.leat.examples;

import dev.leat.library.Leat;
import java.nio.file.Path;
import java.time.Duration;

/** Copies the tables of a PostgreSQL database into a DuckDB file, then follows every change. */
public final class CopyAndFollow {
  /** The address of the database, and the file. */
  public static void main(String[] arguments) throws Exception {
    try (Leat leat =
        Leat.replication("shop")
            .fromPostgres(arguments[0])
            .tables("public.*")
            .intoDuckDb(Path.of(arguments[1]))
            .stateIn(Path.of(arguments[1]).resolveSibling(".leat"))
            .start()) {
      leat.awaitCaughtUp(Duration.ofMinutes(10));
      System.out.println(leat.progress().rowsCopied() + " rows copied; Enter ends it");
      System.in.read();
    }
  }
}

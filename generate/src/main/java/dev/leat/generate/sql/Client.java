package dev.leat.generate.sql;

import java.util.Optional;

/**
 * A program that runs SQL at an engine.
 *
 * @param engine its type
 * @param program its usual name
 * @param file how it runs the file {@code $1} and stops at the first error, in a shell
 * @param ask how it prints what the query {@code $1} gives, rows only, in a shell
 * @param opened what the variable is that says where the data is
 */
record Client(String engine, String program, String file, String ask, String opened) {

  static Optional<Client> of(String engine) {
    return Optional.ofNullable(
        switch (engine) {
          case "duckdb" ->
              new Client(
                  engine,
                  "duckdb",
                  "\"$client\" -bail \"$database\" <\"$1\" >/dev/null",
                  "\"$client\" -bail -noheader -list \"$database\" -c \"$1\"",
                  "LEAT_DATABASE");
          case "sqlite" ->
              new Client(
                  engine,
                  "sqlite3",
                  "\"$client\" -bail \"$database\" <\"$1\" >/dev/null",
                  "\"$client\" -bail -noheader -list \"$database\" \"$1\"",
                  "LEAT_DATABASE");
          case "postgres" ->
              new Client(
                  engine,
                  "psql",
                  "\"$client\" -X -q -v ON_ERROR_STOP=1 -d \"$database\" -f \"$1\" >/dev/null",
                  "\"$client\" -X -q -A -t -v ON_ERROR_STOP=1 -d \"$database\" -c \"$1\"",
                  "LEAT_DATABASE");
          default -> null;
        });
  }

  /** Whether its data is in a file. */
  boolean inFile() {
    return !engine.equals("postgres");
  }

  /** Whether tables are in schemas that have to be made. */
  boolean hasSchemas() {
    return !engine.equals("sqlite");
  }
}

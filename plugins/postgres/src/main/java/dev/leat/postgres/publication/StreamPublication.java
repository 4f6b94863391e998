package dev.leat.postgres.publication;

import dev.leat.postgres.connect.PostgresErrors;
import dev.leat.postgres.connect.Sessions;
import dev.leat.postgres.connect.Sql;
import dev.leat.postgres.schema.Identities;
import dev.leat.postgres.schema.TablePart;
import dev.leat.spi.error.LeatException;
import dev.leat.spi.schema.TableId;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The publication of one replication: either made and kept by Leat, or a person's, which is only
 * used.
 */
public final class StreamPublication {
  private static final int FIRST_WITH_GENERATED_COLUMNS = 18;

  private final Sessions sessions;
  private final String name;
  private final boolean kept;

  /**
   * @param kept whether Leat makes it, changes it and drops it
   */
  public StreamPublication(Sessions sessions, String name, boolean kept) {
    this.sessions = sessions;
    this.name = name;
    this.kept = kept;
  }

  public String name() {
    return name;
  }

  public boolean kept() {
    return kept;
  }

  public Optional<Publication> find() {
    return sessions.query("reading publication " + name, "", this::find);
  }

  private Optional<Publication> find(Connection session) throws SQLException {
    return PublicationCatalog.find(session, name, sessions.server().major());
  }

  /** What of a table is replicated, for a copy to take the same. */
  public TablePart part(@Nullable Publication publication, TableId table) {
    return kept || publication == null
        ? TablePart.WHOLE
        : publication.tables().getOrDefault(table, TablePart.WHOLE);
  }

  /** Whether values of stored generated columns are in the stream. */
  public boolean storedGeneratedColumns() {
    return kept && sessions.server().major() >= FIRST_WITH_GENERATED_COLUMNS;
  }

  /**
   * Sees to it that the publication holds exactly, or if it is a person's at least, these tables.
   *
   * @return whether it was made by this call
   */
  public boolean hold(List<TableId> tables) {
    if (!kept) {
      requireTables(tables);
      return false;
    }
    String grant =
        "Leat makes its publication itself, for which the user has to own the tables and have CREATE on the database. Otherwise, as the owner: %s and in the flow file: publication = \"%s\""
            .formatted(create(tables), name);
    return sessions.transaction(
        "making publication " + name,
        grant,
        session -> {
          Optional<Publication> found = find(session);
          // First, since a table without identity in a publication makes the user's UPDATEs fail.
          Identities.require(session, tables);
          if (found.isEmpty()) {
            execute(session, create(tables));
            return true;
          }
          if (!found.get().tables().keySet().equals(Set.copyOf(tables))) {
            execute(session, alter(tables));
          }
          return false;
        });
  }

  /** What {@link #hold} would run. */
  public List<String> statements(List<TableId> tables) {
    if (!kept) {
      return List.of();
    }
    Publication found = find().orElse(null);
    return found == null
        ? List.of(create(tables))
        : found.tables().keySet().equals(Set.copyOf(tables)) ? List.of() : List.of(alter(tables));
  }

  /**
   * As {@link #hold}, for a stream that exists: a publication that is gone cannot be made again,
   * since the server could not say what it held when earlier changes were made.
   */
  public void extend(List<TableId> tables) {
    if (kept && find().isEmpty()) {
      throw new LeatException(
          PostgresErrors.PUBLICATION_MISSING,
          "Publication %s, which Leat made, was dropped: changes made since are lost."
              .formatted(name),
          "`leat resync --all` copies the tables anew and makes the publication again.");
    }
    boolean unused = hold(tables);
  }

  /** Removes the publication if it is there and Leat made it. */
  public void drop() {
    if (kept) {
      sessions.query(
          "dropping publication " + name,
          "",
          session -> {
            execute(session, "DROP PUBLICATION IF EXISTS " + Sql.identifier(name));
            return null;
          });
    }
  }

  private void requireTables(List<TableId> tables) {
    Publication publication =
        find()
            .orElseThrow(
                () ->
                    new LeatException(
                        PostgresErrors.PUBLICATION_MISSING,
                        "Publication %s does not exist at %s.".formatted(name, sessions.url()),
                        create(tables)
                            + " Or leave the option publication out: Leat then makes one itself."));
    missing(publication, tables)
        .ifPresent(
            problem -> {
              throw problem;
            });
  }

  /** Set when a person's publication lacks tables. */
  public Optional<LeatException> missing(Publication publication, List<TableId> tables) {
    Set<TableId> missing = new TreeSet<>(tables);
    missing.removeAll(publication.tables().keySet());
    return missing.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new LeatException(
                PostgresErrors.PUBLICATION_TABLES,
                "Publication %s does not hold %s.".formatted(name, missing),
                "ALTER PUBLICATION %s ADD TABLE %s;"
                    .formatted(Sql.identifier(name), Sql.tables(List.copyOf(missing)))));
  }

  /** The statement that makes the publication for these tables. */
  public String create(List<TableId> tables) {
    return "CREATE PUBLICATION %s%s WITH (publish_via_partition_root = true%s);"
        .formatted(
            Sql.identifier(name),
            tables.isEmpty() ? "" : " FOR TABLE " + only(tables),
            storedGeneratedColumns() ? ", publish_generated_columns = stored" : "");
  }

  private String alter(List<TableId> tables) {
    if (tables.isEmpty()) {
      throw new IllegalArgumentException("a publication cannot be emptied");
    }
    return "ALTER PUBLICATION %s SET TABLE %s".formatted(Sql.identifier(name), only(tables));
  }

  /** Children of a table by inheritance are tables of their own. */
  private static String only(List<TableId> tables) {
    return String.join(", ", tables.stream().map(table -> "ONLY " + Sql.table(table)).toList());
  }

  private static void execute(Connection session, String sql) throws SQLException {
    try (Statement statement = session.createStatement()) {
      statement.execute(sql);
    }
  }
}

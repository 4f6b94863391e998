package dev.leat.postgres;

import dev.leat.postgres.connect.PostgresErrors;
import dev.leat.postgres.connect.PostgresUrl;
import dev.leat.postgres.connect.ServerInfo;
import dev.leat.postgres.connect.Sessions;
import dev.leat.postgres.connect.Sql;
import dev.leat.postgres.publication.Publication;
import dev.leat.postgres.publication.StreamPublication;
import dev.leat.postgres.schema.Identities;
import dev.leat.postgres.schema.PostgresTable;
import dev.leat.postgres.schema.TableCatalog;
import dev.leat.postgres.schema.TableSchemaReader;
import dev.leat.postgres.stream.ReplicationSlots;
import dev.leat.spi.error.LeatException;
import dev.leat.spi.schema.TableId;
import dev.leat.spi.schema.TableSchema;
import dev.leat.spi.source.Finding;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Looks for what would prevent or harm a replication, without changing anything. */
final class SourceCheck {
  private final Sessions sessions;
  private final StreamPublication publication;
  private final ReplicationSlots slots;
  private final String slot;
  private final TableSchemaReader reader;
  private final PostgresUrl url;
  private final List<Finding> findings = new ArrayList<>();

  SourceCheck(
      Sessions sessions,
      StreamPublication publication,
      ReplicationSlots slots,
      String slot,
      TableSchemaReader reader) {
    this.sessions = sessions;
    this.publication = publication;
    this.slots = slots;
    this.slot = slot;
    this.reader = reader;
    this.url = sessions.url();
  }

  List<Finding> findings(List<TableSchema> schemas, boolean streaming) {
    ServerInfo server = sessions.serverNow();
    server.newerThanTested(url).map(Finding::warning).ifPresent(findings::add);
    List<PostgresTable> tables =
        sessions.query(
            "reading tables",
            "",
            session -> tables(session, schemas.stream().map(TableSchema::table).toList()));
    tables.forEach(this::access);
    if (streaming) {
      server.streamProblems(url).forEach(this::error);
      if (slots.find(slot).isEmpty()) {
        server.noFreeSlot(url).ifPresent(this::error);
      }
      Optional<Publication> existing = publication.find();
      if (publication.kept()) {
        ownership(tables, existing.orElse(null));
      } else if (existing.isPresent()) {
        published(existing.get(), tables);
      } else {
        List<TableId> ids = tables.stream().map(PostgresTable::id).toList();
        error(
            new LeatException(
                PostgresErrors.PUBLICATION_MISSING,
                "Publication %s does not exist.".formatted(publication.name()),
                publication.create(ids)
                    + " Or leave the option publication out: Leat then makes one itself."));
      }
      boolean updates = existing.isEmpty() || existing.get().updates() || existing.get().deletes();
      for (PostgresTable table : tables) {
        followed(table, updates);
      }
    }
    return findings;
  }

  private static List<PostgresTable> tables(Connection session, List<TableId> ids)
      throws SQLException {
    Map<TableId, PostgresTable> all = new HashMap<>();
    for (PostgresTable table : TableCatalog.all(session)) {
      all.put(table.id(), table);
    }
    List<PostgresTable> result = new ArrayList<>();
    for (TableId id : ids) {
      PostgresTable table = all.get(id);
      if (table == null) {
        table = TableCatalog.find(session, id).orElse(null);
      }
      if (table != null) {
        result.add(table);
      }
    }
    return result;
  }

  private void access(PostgresTable table) {
    String role = Sql.identifier(url.user());
    if (!table.access().select()) {
      error(
          new LeatException(
              PostgresErrors.PRIVILEGE,
              "The user '%s' may not read %s.".formatted(url.user(), table.id()),
              "GRANT USAGE ON SCHEMA %s TO %s; GRANT SELECT ON %s TO %s;"
                  .formatted(
                      Sql.identifier(table.id().schema()), role, Sql.table(table.id()), role)));
    }
    if (table.access().rowSecurity()) {
      error(
          new LeatException(
              PostgresErrors.ROW_SECURITY,
              "Row-level security hides rows of %s from the user '%s': the copy would lack them."
                  .formatted(table.id(), url.user()),
              "ALTER ROLE %s BYPASSRLS;".formatted(role)));
    }
  }

  private void followed(PostgresTable table, boolean updates) {
    if (updates) {
      sessions
          .query("checking " + table.id(), "", session -> Identities.problem(session, table))
          .ifPresent(this::error);
    }
    if (table.partitioned()) {
      sessions
          .query("checking " + table.id(), "", session -> TableCatalog.leaves(session, table.oid()))
          .stream()
          .filter(leaf -> leaf.kind() != 'r')
          .forEach(
              leaf ->
                  error(
                      new LeatException(
                          PostgresErrors.TABLE_UNSUPPORTED,
                          "%s has the partition %s, a foreign table, which cannot be replicated."
                              .formatted(table.id(), leaf.id()),
                          "Name the other partitions instead of the whole table.")));
    }
    List<String> leftOut = reader.leftOut(table);
    if (!leftOut.isEmpty()) {
      findings.add(
          Finding.warning(
              new LeatException(
                  PostgresErrors.GENERATED_COLUMN,
                  "Generated columns of %s are left out, since the stream does not carry them: %s."
                      .formatted(table.id(), String.join(", ", leftOut)),
                  "PostgreSQL 18 carries stored ones.")));
    }
  }

  /** Leat's own publication: only who owns a table may publish it. */
  private void ownership(List<PostgresTable> tables, @Nullable Publication existing) {
    Set<TableId> held = existing == null ? Set.of() : existing.tables().keySet();
    Set<TableId> wanted = new TreeSet<>(tables.stream().map(PostgresTable::id).toList());
    if (existing != null && held.equals(wanted)) {
      return;
    }
    List<TableId> foreign =
        tables.stream()
            .filter(table -> !table.access().ownership())
            .map(PostgresTable::id)
            .toList();
    if (!foreign.isEmpty()) {
      error(
          new LeatException(
              PostgresErrors.PRIVILEGE,
              "The user '%s' does not own %s and so cannot publish %s."
                  .formatted(
                      url.user(),
                      String.join(", ", foreign.stream().map(TableId::toString).toList()),
                      foreign.size() == 1 ? "it" : "them"),
              "As the owner: %s and in the flow file: publication = \"%s\""
                  .formatted(publication.create(List.copyOf(wanted)), publication.name())));
    }
  }

  private void published(Publication existing, List<PostgresTable> tables) {
    List<TableId> ids = tables.stream().map(PostgresTable::id).toList();
    publication.missing(existing, ids).ifPresent(this::error);
    String name = Sql.identifier(existing.name());
    if (!existing.viaRoot() && tables.stream().anyMatch(PostgresTable::partitioned)) {
      error(
          new LeatException(
              PostgresErrors.PUBLICATION_OPTIONS,
              "Publication %s publishes changes of partitioned tables as those of their partitions."
                  .formatted(existing.name()),
              "ALTER PUBLICATION %s SET (publish_via_partition_root = true);".formatted(name)));
    }
    if (!existing.inserts()
        || !existing.updates()
        || !existing.deletes()
        || !existing.truncates()) {
      findings.add(
          Finding.warning(
              new LeatException(
                  PostgresErrors.PUBLICATION_OPTIONS,
                  "Publication %s does not publish all kinds of changes; the copy will differ from its source."
                      .formatted(existing.name()),
                  "ALTER PUBLICATION %s SET (publish = 'insert, update, delete, truncate');"
                      .formatted(name))));
    }
  }

  private void error(LeatException problem) {
    findings.add(Finding.error(problem));
  }
}

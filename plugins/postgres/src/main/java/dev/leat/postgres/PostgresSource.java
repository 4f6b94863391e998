package dev.leat.postgres;

import dev.leat.postgres.compare.HashSql;
import dev.leat.postgres.connect.PostgresErrors;
import dev.leat.postgres.connect.Sessions;
import dev.leat.postgres.connect.Sql;
import dev.leat.postgres.connect.WireConnection;
import dev.leat.postgres.doctor.Doctor;
import dev.leat.postgres.publication.Publication;
import dev.leat.postgres.publication.StreamPublication;
import dev.leat.postgres.schema.PostgresTable;
import dev.leat.postgres.schema.TableCatalog;
import dev.leat.postgres.schema.TableSchemaReader;
import dev.leat.postgres.schema.TableShape;
import dev.leat.postgres.schema.TypeCatalogLoader;
import dev.leat.postgres.snapshot.KeyLookUp;
import dev.leat.postgres.snapshot.OldRows;
import dev.leat.postgres.snapshot.PostgresSnapshot;
import dev.leat.postgres.stream.ReplicationSlots;
import dev.leat.postgres.stream.SlotFacts;
import dev.leat.postgres.stream.SlotState;
import dev.leat.postgres.stream.StreamOpener;
import dev.leat.postgres.types.TypeCatalog;
import dev.leat.postgres.types.TypeChange;
import dev.leat.spi.Position;
import dev.leat.spi.batch.RowBatch;
import dev.leat.spi.compare.HashRequest;
import dev.leat.spi.error.LeatException;
import dev.leat.spi.schema.Column;
import dev.leat.spi.schema.TableId;
import dev.leat.spi.schema.TableSchema;
import dev.leat.spi.source.ChangeStream;
import dev.leat.spi.source.Diagnosis;
import dev.leat.spi.source.Finding;
import dev.leat.spi.source.Snapshot;
import dev.leat.spi.source.Source;
import dev.leat.spi.source.SourceTable;
import dev.leat.spi.source.StreamIdentity;
import dev.leat.spi.source.StreamLag;
import dev.leat.spi.source.StreamStart;
import dev.leat.spi.source.TableSelection;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import org.apache.arrow.memory.BufferAllocator;
import org.jspecify.annotations.Nullable;

/** One PostgreSQL database as a source. */
final class PostgresSource implements Source {
  private final PostgresOptions options;
  private final BufferAllocator allocator;
  private final Sessions sessions;
  private final StreamPublication publication;
  private final ReplicationSlots slots;
  private final KeyLookUp lookUp;

  PostgresSource(PostgresOptions options, BufferAllocator allocator) {
    this.options = options;
    this.allocator = allocator;
    this.sessions = new Sessions(options.url(), options.connectTimeout());
    this.publication =
        new StreamPublication(sessions, options.publication(), options.publicationKept());
    this.slots = new ReplicationSlots(sessions);
    this.lookUp = new KeyLookUp(sessions, allocator);
  }

  @Override
  public String describe() {
    return options.url().describe();
  }

  @Override
  public List<SourceTable> discover(TableSelection selection) {
    List<PostgresTable> tables =
        sessions.query("looking for tables", "", session -> reader().select(session, selection));
    return shapes(tables).stream()
        .map(
            shape ->
                new SourceTable(
                    shape.schema(), shape.table().estimatedRows(), shape.table().bytes()))
        .toList();
  }

  private TableSchemaReader reader() {
    return new TableSchemaReader(options.textColumns(), publication.storedGeneratedColumns());
  }

  private List<TableShape> shapes(List<PostgresTable> tables) {
    TypeCatalog types = sessions.query("reading types", "", TypeCatalogLoader::load);
    Publication existing = publication.kept() ? null : publication.find().orElse(null);
    return reader().shapes(tables, table -> publication.part(existing, table), types);
  }

  private List<TableShape> shapesOf(List<TableId> tables) {
    List<PostgresTable> found =
        sessions.query(
            "reading tables",
            "",
            session -> {
              List<PostgresTable> result = new ArrayList<>();
              for (TableId table : tables) {
                result.add(reader().require(session, table));
              }
              return result;
            });
    return shapes(found);
  }

  /** A table that was dropped does not keep the others from being followed. */
  private List<PostgresTable> existing(List<TableSchema> tables) {
    return sessions.query(
        "reading tables",
        "",
        session -> {
          List<PostgresTable> result = new ArrayList<>();
          for (TableSchema table : tables) {
            TableCatalog.find(session, table.table()).ifPresent(result::add);
          }
          return result;
        });
  }

  private TableShape shape(TableId table) {
    return shapesOf(List.of(table)).getFirst();
  }

  @Override
  public List<Finding> check(List<TableSchema> tables, boolean streaming) {
    return new SourceCheck(sessions, publication, slots, options.slot(), reader())
        .findings(tables, streaming);
  }

  @Override
  public List<Diagnosis> examine(TableSelection selection, boolean streaming) {
    List<PostgresTable> tables =
        sessions.query("looking for tables", "", session -> reader().select(session, selection));
    List<TableSchema> schemas = shapes(tables).stream().map(TableShape::schema).toList();
    return Doctor.examine(sessions, options.slot(), tables, selection, check(schemas, streaming));
  }

  @Override
  public StreamStart startStream(
      String replication, List<TableId> tables, boolean replaceLeftover) {
    sessions.serverNow().streamProblems(sessions.url()).stream()
        .findFirst()
        .ifPresent(
            problem -> {
              throw problem;
            });
    makeWay(replaceLeftover);
    boolean publicationMade = publication.hold(tables);
    WireConnection session = null;
    boolean slotMade = false;
    try {
      session = sessions.openReplication();
      String system = system(session);
      ReplicationSlots.Created created = slots.create(session, options.slot(), false);
      slotMade = true;
      SlotFacts facts =
          new SlotFacts(
              options.slot(),
              options.publication(),
              system,
              options.url().database(),
              created.consistentPoint().toString());
      return new StreamStart(
          facts.identity(), snapshot(session, created.snapshot(), created.consistentPoint()));
    } catch (RuntimeException e) {
      undo(session, slotMade, publicationMade, e);
      throw e;
    }
  }

  private void makeWay(boolean replaceLeftover) {
    Optional<SlotState> slot = slots.findReleased(options.slot());
    if (slot.isEmpty()) {
      return;
    }
    if (!replaceLeftover) {
      throw new LeatException(
          PostgresErrors.SLOT_EXISTS,
          "Replication slot %s exists already, and not for this replication as far as Leat remembers."
              .formatted(options.slot()),
          "If nobody needs it: SELECT pg_drop_replication_slot('%s'); otherwise give this source another one with the option slot."
              .formatted(options.slot()));
    }
    slots.drop(options.slot());
  }

  private void undo(
      @Nullable WireConnection session,
      boolean slotMade,
      boolean publicationMade,
      RuntimeException failure) {
    try {
      if (session != null) {
        session.close();
      }
      if (slotMade) {
        slots.drop(options.slot());
      }
      if (publicationMade) {
        publication.drop();
      }
    } catch (LeatException e) {
      failure.addSuppressed(e);
    }
  }

  private static String system(WireConnection session) {
    session.doing("identifying the server", "");
    @Nullable String system = session.query("IDENTIFY_SYSTEM").getFirst().getFirst();
    return system == null ? "" : system;
  }

  private PostgresSnapshot snapshot(WireConnection holder, String name, Position position) {
    return new PostgresSnapshot(
        sessions, holder, name, position, options.copyConnections(), this::shape, allocator);
  }

  @Override
  public List<String> streamStatements(List<TableId> tables, boolean begun) {
    List<String> statements = new ArrayList<>(publication.statements(tables));
    if (!begun) {
      statements.add(
          ReplicationSlots.createStatement(options.slot(), false, sessions.server().major()));
    }
    return statements;
  }

  @Override
  public void extendStream(StreamIdentity identity, List<TableId> tables) {
    publication.extend(tables);
  }

  @Override
  public Snapshot openSnapshot(String replication, boolean aligned) {
    return aligned ? alignedSnapshot() : plainSnapshot();
  }

  private Snapshot alignedSnapshot() {
    WireConnection session = sessions.openReplication();
    try {
      String suffix = "_" + Long.toString(ThreadLocalRandom.current().nextLong(1L << 40), 36);
      String slot = options.slot();
      String name = slot.substring(0, Math.min(slot.length(), 63 - suffix.length())) + suffix;
      ReplicationSlots.Created created = slots.create(session, name, true);
      return snapshot(session, created.snapshot(), created.consistentPoint());
    } catch (RuntimeException e) {
      session.close();
      throw e;
    }
  }

  private Snapshot plainSnapshot() {
    WireConnection session = sessions.openWire();
    try {
      session.doing("exporting a snapshot", "");
      session.execute("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY");
      List<@Nullable String> row =
          session
              .query(
                  """
                  SELECT pg_export_snapshot(), CASE WHEN pg_is_in_recovery()
                    THEN pg_last_wal_replay_lsn() ELSE pg_current_wal_insert_lsn() END""")
              .getFirst();
      return snapshot(
          session, String.valueOf(row.get(0)), Position.parse(String.valueOf(row.get(1))));
    } catch (RuntimeException e) {
      session.close();
      throw e;
    }
  }

  @Override
  public ChangeStream resumeStream(
      StreamIdentity identity, Position from, List<TableSchema> tables) {
    SlotFacts facts = SlotFacts.of(identity);
    boolean binary =
        shapes(existing(tables)).stream().allMatch(shape -> shape.codec().streamsBinary());
    return new StreamOpener(sessions, slots, reader())
        .open(facts, from, binary, tables, options.heartbeat());
  }

  @Override
  public boolean keepsValues(Column before, Column after) {
    return TypeChange.keepsValues(before, after);
  }

  @Override
  public @Nullable RowBatch valuesOfOldRows(
      TableSchema table, List<Column> added, @Nullable String layout) {
    TableShape shape = shape(table.table());
    return new OldRows(sessions, allocator)
        .values(
            table.table(),
            added,
            layout,
            column -> {
              for (int i = 0; i < shape.schema().columns().size(); i++) {
                if (shape.schema().columns().get(i).number() == column.number()) {
                  return shape.codec().column(i);
                }
              }
              throw new LeatException(
                  PostgresErrors.SCHEMA_CHANGED,
                  "Column %s was added to %s, which was changed again meanwhile."
                      .formatted(column.name(), table.table()),
                  "`leat resync %s` copies the table anew with its present columns."
                      .formatted(table.table()));
            });
  }

  @Override
  public @Nullable RowBatch lookUp(TableSchema table, RowBatch keys) {
    TableShape shape = shape(table.table());
    if (!shape.schema().equals(table)) {
      throw new LeatException(
          PostgresErrors.SCHEMA_CHANGED,
          "%s changed its columns or its key.".formatted(table.table()),
          "`leat resync " + table.table() + "` copies it anew with its present shape.");
    }
    return lookUp.rows(shape, keys);
  }

  @Override
  public List<List<@Nullable String>> hashes(
      TableSchema table, List<Column> columns, HashRequest request) {
    TableShape shape = shape(table.table());
    try (WireConnection session = sessions.openWire()) {
      session.doing("comparing " + table.table(), "");
      session.execute(Sql.searchPath(shape.table().keySchemas()));
      return session.query(HashSql.query(shape, columns, request));
    }
  }

  @Override
  public Position end() {
    try (WireConnection session = sessions.openWire()) {
      session.doing("asking for the end of the log", "");
      return Position.parse(
          String.valueOf(
              session
                  .query(
                      """
                      SELECT CASE WHEN pg_is_in_recovery() THEN pg_last_wal_replay_lsn()
                        ELSE pg_current_wal_flush_lsn() END""")
                  .getFirst()
                  .getFirst()));
    }
  }

  @Override
  public StreamLag lag(StreamIdentity identity) {
    SlotFacts facts = SlotFacts.of(identity);
    SlotState slot =
        slots
            .find(facts.slot())
            .orElseThrow(
                () ->
                    new LeatException(
                        PostgresErrors.SLOT_MISSING,
                        "Replication slot %s does not exist at %s."
                            .formatted(facts.slot(), sessions.url()),
                        "`leat resync --all` copies the tables anew and makes another slot."));
    Position kept = slot.restart() == null ? slot.serverEnd() : slot.restart();
    return new StreamLag(
        slot.confirmed(),
        slot.serverEnd(),
        Math.max(0, slot.serverEnd().sequence() - slot.confirmed().sequence()),
        Math.max(0, slot.serverEnd().sequence() - kept.sequence()),
        slot.active());
  }

  @Override
  public void dropStream(StreamIdentity identity) {
    SlotFacts facts = SlotFacts.of(identity);
    try (WireConnection session = sessions.openReplication()) {
      facts.requireSystem(system(session));
    }
    slots.drop(facts.slot());
    if (facts.publication().equals(options.publication())) {
      publication.drop();
    }
  }

  @Override
  public void close() {
    lookUp.close();
    sessions.close();
  }
}

package dev.leat.postgres.wire;

import dev.leat.postgres.types.TableCodec;
import dev.leat.spi.Position;
import dev.leat.spi.error.ErrorCategory;
import dev.leat.spi.error.ErrorCode;
import dev.leat.spi.error.LeatException;
import dev.leat.spi.schema.RowIdentity;
import dev.leat.spi.schema.TableId;
import dev.leat.spi.schema.TableSchema;
import dev.leat.spi.source.ChangeSink;
import dev.leat.spi.source.TableFeed;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Decodes pgoutput's messages (PostgreSQL documentation, "Logical Replication Message Formats"),
 * protocol versions 1 to 4, into whole transactions. What the server sends of transactions under
 * way is spooled until they commit.
 */
public final class PgOutputDecoder implements AutoCloseable {
  private static final ErrorCode TABLE_REPLACED =
      new ErrorCode("PG_TABLE_REPLACED", ErrorCategory.SCHEMA);
  private static final long EPOCH_MICROS = 10_957L * 86_400_000_000L;

  /** A turn of replaying, in bytes. */
  private static final long TURN = 1 << 20;

  private final RelationCatalog catalog;
  private final TransactionSpool spool;
  private final Map<Integer, StreamedTable> tables = new HashMap<>();
  private final Map<Integer, Described> described = new HashMap<>();
  private final Map<TableId, StreamedTable> byName = new HashMap<>();
  private final Map<TableId, TableFeed> feeds = new HashMap<>();
  private final Message message = new Message();
  private final Tuple oldRow = new Tuple();
  private final Tuple newRow = new Tuple();
  private final StreamedTable.Place place = new StreamedTable.Place();

  private boolean inTransaction;
  private int streamedXid;
  private boolean inStreamedPart;
  private @Nullable Replay replay;

  public PgOutputDecoder(RelationCatalog catalog, TransactionSpool spool) {
    this.catalog = catalog;
    this.spool = spool;
  }

  /** A spooled transaction that has committed. */
  private record Replay(TransactionSpool.Reader reader, Position next) {}

  /** Whether a transaction was handed over in part. */
  public boolean inTransaction() {
    return inTransaction;
  }

  /**
   * Whether a spooled transaction has to be handed over with {@link #replay} before the next
   * message is decoded.
   */
  public boolean replaying() {
    return replay != null;
  }

  /** A table that was described anew, and whose changes were not wanted since. */
  private record Described(Relation relation, TableId id, StreamedTable unwanted) {
    Described(Relation relation) {
      this(
          relation,
          new TableId(relation.schema(), relation.name()),
          StreamedTable.unwanted(relation));
    }
  }

  /** Decodes one message. */
  public void decode(byte[] buffer, int offset, int length, ChangeSink sink) {
    if (replay != null) {
      throw new IllegalStateException("a spooled transaction comes first");
    }
    message.wrap(buffer, offset, length);
    byte type = message.readByte();
    switch (type) {
      case 'S' -> {
        streamedXid = message.readInt();
        inStreamedPart = true;
      }
      case 'E' -> inStreamedPart = false;
      case 'c' -> commitStreamed(sink);
      case 'A' -> spool.abort(message.readInt(), message.readInt());
      default -> {
        if (inStreamedPart) {
          int xid = message.readInt();
          spool.add(streamedXid, xid, type, buffer, message.position(), message.remaining());
        } else {
          transactional(type, sink);
        }
      }
    }
  }

  private void commitStreamed(ChangeSink sink) {
    int xid = message.readInt();
    message.readByte();
    long commit = message.readLong();
    long end = message.readLong();
    begin(commit, message.readLong(), sink);
    replay = new Replay(spool.replay(xid), Position.at(end));
  }

  /** Hands over the next part of a spooled transaction; returns its size in bytes. */
  public long replay(ChangeSink sink) {
    Replay current = replay;
    if (current == null) {
      return 0;
    }
    long bytes = 0;
    while (bytes < TURN) {
      if (!current.reader.next()) {
        current.reader.close();
        replay = null;
        commit(current.next, sink);
        return bytes;
      }
      message.wrap(current.reader.buffer(), 0, current.reader.length());
      message.readByte();
      bytes += current.reader.length();
      transactional(current.reader.buffer()[0], sink);
    }
    return bytes;
  }

  private void transactional(byte type, ChangeSink sink) {
    switch (type) {
      case 'B' -> begin(message.readLong(), message.readLong(), sink);
      case 'C' -> {
        message.readByte();
        message.readLong();
        commit(Position.at(message.readLong()), sink);
      }
      case 'R' -> describe();
      case 'I' -> {
        StreamedTable table = table(sink);
        message.readByte();
        newRow.read(message);
        table.insert(message.buffer(), newRow, place);
      }
      case 'U' -> update(sink);
      case 'D' -> {
        StreamedTable table = table(sink);
        boolean whole = message.readByte() == 'O';
        oldRow.read(message);
        table.delete(message.buffer(), oldRow, whole, place);
      }
      case 'T' -> truncate(sink);
      // Types are looked up by their OIDs, origins and messages of programs are nobody's data.
      case 'Y', 'O', 'M' -> {}
      default -> throw message.malformed("has a type that is not known");
    }
  }

  private void begin(long sequence, long committed, ChangeSink sink) {
    inTransaction = true;
    place.sequence = sequence;
    place.ordinal = 0;
    place.committedMicros = committed + EPOCH_MICROS;
    sink.begin(sequence, place.committedMicros);
  }

  private void commit(Position next, ChangeSink sink) {
    inTransaction = false;
    sink.commit(next);
  }

  private void update(ChangeSink sink) {
    StreamedTable table = table(sink);
    byte kind = message.readByte();
    boolean hasOld = kind != 'N';
    if (hasOld) {
      oldRow.read(message);
      message.readByte();
    }
    newRow.read(message);
    table.update(message.buffer(), hasOld ? oldRow : null, kind == 'O', newRow, place);
  }

  private void truncate(ChangeSink sink) {
    int count = message.readCount(4, true);
    message.readByte();
    for (int i = 0; i < count; i++) {
      table(sink).truncate(place);
    }
  }

  private StreamedTable table(ChangeSink sink) {
    int oid = message.readInt();
    Described next = described.get(oid);
    if (next != null) {
      if (!sink.wants(next.id, place.sequence)) {
        return next.unwanted;
      }
      described.remove(oid);
      relation(next.relation, next.id, sink);
    }
    StreamedTable table = tables.get(oid);
    if (table == null) {
      throw message.malformed(
          "is about a table (OID %s) that was not described"
              .formatted(Integer.toUnsignedLong(oid)));
    }
    return table;
  }

  private void describe() {
    Relation relation = readRelation();
    StreamedTable before = tables.get(relation.oid());
    if (before != null && before.relation.equals(relation)) {
      described.remove(relation.oid());
      return; // servers say it again after every ANALYZE
    }
    Described next = new Described(relation);
    described.put(relation.oid(), next);
    if (before != null && !before.schema.table().equals(next.id)) {
      before.fail(
          new LeatException(
              TABLE_REPLACED,
              "%s was renamed to %s.".formatted(before.schema.table(), next.id),
              "Name the table as it is now in the flow, or rename it back and `leat resync "
                  + before.schema.table()
                  + "`."));
    }
  }

  private void relation(Relation relation, TableId id, ChangeSink sink) {
    StreamedTable before = byName.get(id);
    TableCodec codec;
    try {
      codec = catalog.codec(relation);
    } catch (LeatException e) {
      if (!e.category().stopsOnlyItsTable()) {
        throw e;
      }
      failed(relation, id, before, e, sink);
      return;
    }
    TableFeed feed = feeds.get(id);
    if (before == null) {
      feed = sink.feed(codec.schema());
      if (feed != null) {
        feeds.put(id, feed);
      }
    } else if (feed != null && !before.schema.equals(codec.schema())) {
      feed.reshape(codec.schema());
    }
    if (before != null && before.relation.oid() != relation.oid()) {
      before.fail(
          new LeatException(
              TABLE_REPLACED,
              "%s was replaced by another table of that name.".formatted(id),
              "`leat resync " + id + "` copies the one that is there now."));
    }
    StreamedTable table = new StreamedTable(relation, codec, feed);
    tables.put(relation.oid(), table);
    byName.put(id, table);
  }

  /** No row of the table can be read; its feed is told, if it has or wants one. */
  private void failed(
      Relation relation,
      TableId id,
      @Nullable StreamedTable before,
      LeatException reason,
      ChangeSink sink) {
    tables.put(relation.oid(), StreamedTable.unwanted(relation));
    if (before != null) {
      before.fail(reason);
      return;
    }
    TableFeed feed = sink.feed(new TableSchema(id, List.of(), List.of(), RowIdentity.NONE));
    if (feed != null) {
      feed.fail(reason);
    }
  }

  private Relation readRelation() {
    int oid = message.readInt();
    String schema = message.readText();
    String name = message.readText();
    char identity = (char) message.readByte();
    int count = message.readCount(10, false);
    List<Relation.RelationColumn> columns = new ArrayList<>(count);
    Set<String> names = new HashSet<>();
    for (int i = 0; i < count; i++) {
      boolean key = (message.readByte() & 1) != 0;
      String column = message.readText();
      if (column.isEmpty() || !names.add(column)) {
        throw message.malformed("names a column twice or not at all");
      }
      columns.add(new Relation.RelationColumn(key, column, message.readInt(), message.readInt()));
    }
    if (name.isEmpty()) {
      throw message.malformed("has no name for its table");
    }
    // The server leaves out the name of the one schema that is everybody's.
    return new Relation(oid, schema.isEmpty() ? "pg_catalog" : schema, name, identity, columns);
  }

  @Override
  public void close() {
    Replay current = replay;
    if (current != null) {
      replay = null;
      current.reader.close();
    }
    spool.close();
  }
}

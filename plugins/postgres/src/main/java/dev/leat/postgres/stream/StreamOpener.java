package dev.leat.postgres.stream;

import dev.leat.postgres.connect.PostgresErrors;
import dev.leat.postgres.connect.Sessions;
import dev.leat.postgres.connect.Sql;
import dev.leat.postgres.connect.WireConnection;
import dev.leat.postgres.schema.TableSchemaReader;
import dev.leat.postgres.wire.PgOutputDecoder;
import dev.leat.postgres.wire.TransactionSpool;
import dev.leat.spi.Position;
import dev.leat.spi.error.LeatException;
import dev.leat.spi.schema.TableSchema;
import dev.leat.spi.source.ChangeStream;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Opens change streams, having made sure that nothing is missing from them. */
public final class StreamOpener {
  private static final Logger LOG = LoggerFactory.getLogger(StreamOpener.class);

  private static final Duration MOST_BETWEEN_REPLIES = Duration.ofSeconds(10);
  private static final Duration LEAST_BETWEEN_REPLIES = Duration.ofMillis(100);
  private static final Duration MOST_SILENCE = Duration.ofSeconds(60);
  private static final Duration LEAST_SILENCE = Duration.ofSeconds(5);
  private static final long SPOOL_MEMORY = 16L << 20;
  private static final String FRESH_START =
      "`leat resync --all` copies the tables anew and makes another slot.";

  private final Sessions sessions;
  private final ReplicationSlots slots;
  private final TableSchemaReader reader;

  public StreamOpener(Sessions sessions, ReplicationSlots slots, TableSchemaReader reader) {
    this.sessions = sessions;
    this.slots = slots;
    this.reader = reader;
  }

  /**
   * Opens the stream of a slot.
   *
   * @param facts what the slot was when it was made
   * @param tables their shapes at {@code from}
   * @param heartbeat how often to see that log of other tables is not held back
   * @param binary whether values are to be sent in their types' binary forms
   */
  public ChangeStream open(
      SlotFacts facts,
      Position from,
      boolean binary,
      List<TableSchema> tables,
      Duration heartbeat) {
    SlotState slot = slots.findReleased(facts.slot()).orElseThrow(() -> missing(facts));
    require(slot, facts, from);
    if (slot.active()) {
      throw slots.inUse(slot);
    }
    WireConnection session = sessions.openReplication();
    try {
      facts.requireSystem(systemOf(session));
      Duration timeout = senderTimeout(session);
      session.doing("following slot " + facts.slot(), "");
      session.startReplication(
          "START_REPLICATION SLOT %s LOGICAL %s (%s)"
              .formatted(
                  Sql.identifier(facts.slot()),
                  Position.at(from.sequence()),
                  options(facts, binary)));
      LOG.info(
          "stream opened: slot={} publication={} position={} binary={}",
          facts.slot(),
          facts.publication(),
          from,
          binary);
      return new PostgresChangeStream(
          session,
          new PgOutputDecoder(
              new StreamRelations(sessions, reader, tables), new TransactionSpool(SPOOL_MEMORY)),
          new StatusReplies(session, from.sequence(), replyInterval(timeout)),
          from,
          silenceAllowed(timeout),
          new Heartbeat(sessions, facts.slot(), heartbeat));
    } catch (RuntimeException e) {
      session.close();
      throw e;
    }
  }

  /** Streaming of transactions under way keeps the server from writing large ones to its disk. */
  private String options(SlotFacts facts, boolean binary) {
    int major = sessions.server().major();
    int protocol = major >= 16 ? 4 : major >= 15 ? 3 : 2;
    // Replication commands know no backslash escapes, so a doubled quote is all there is to do.
    String names = Sql.identifier(facts.publication()).replace("'", "''");
    return "proto_version '%d', publication_names '%s', streaming 'on', binary '%s'"
        .formatted(protocol, names, binary);
  }

  private static void require(SlotState slot, SlotFacts facts, Position from) {
    if (!slot.plugin().equals("pgoutput") || !slot.database().equals(facts.database())) {
      throw new LeatException(
          PostgresErrors.SLOT_OTHER,
          "Replication slot %s is another one than the replication was made with: it decodes database '%s' with '%s'."
              .formatted(slot.name(), slot.database(), slot.plugin()),
          FRESH_START);
    }
    if (!slot.lost().isEmpty()) {
      throw new LeatException(
          PostgresErrors.SLOT_INVALIDATED,
          "Replication slot %s was invalidated by the server (%s): changes are lost."
              .formatted(slot.name(), slot.lost()),
          FRESH_START
              + " A larger max_slot_wal_keep_size (and, from 18 on, idle_replication_slot_timeout)"
              + " keeps the server from doing it again.");
    }
    if (slot.serverEnd().isBefore(from)) {
      throw new LeatException(
          PostgresErrors.SERVER_BEHIND,
          "The log of the server ends at %s, before what was replicated already (%s): a standby took over that lacks changes, or the server was restored."
              .formatted(slot.serverEnd(), from),
          FRESH_START
              + " From PostgreSQL 17 on, synchronized_standby_slots keeps a standby from falling behind.");
    }
    // The server would start at its own position without a word.
    if (from.isBefore(slot.confirmed())) {
      throw new LeatException(
          PostgresErrors.SLOT_AHEAD,
          "Replication slot %s is at %s, ahead of what was replicated (%s): it was made anew, or somebody else consumed it, and the changes between are lost."
              .formatted(slot.name(), slot.confirmed(), from),
          FRESH_START);
    }
  }

  private LeatException missing(SlotFacts facts) {
    return new LeatException(
        PostgresErrors.SLOT_MISSING,
        "Replication slot %s does not exist at %s: it was dropped, or the server was restored or replaced, and changes are lost."
            .formatted(facts.slot(), sessions.url()),
        FRESH_START);
  }

  private static String systemOf(WireConnection session) {
    session.doing("identifying the server", "");
    @Nullable String system = session.query("IDENTIFY_SYSTEM").getFirst().getFirst();
    return system == null ? "" : system;
  }

  /** How long the server waits for a sign of life; zero for ever. */
  private static Duration senderTimeout(WireConnection session) {
    session.doing("reading wal_sender_timeout", "");
    List<List<@Nullable String>> rows =
        session.query("SELECT setting FROM pg_settings WHERE name = 'wal_sender_timeout'");
    @Nullable String millis = rows.getFirst().getFirst();
    return Duration.ofMillis(millis == null ? 0 : Long.parseLong(millis));
  }

  /** Often enough that three replies in a row would have to get lost. */
  private static Duration replyInterval(Duration timeout) {
    return timeout.isZero()
        ? MOST_BETWEEN_REPLIES
        : clamp(timeout.dividedBy(4), LEAST_BETWEEN_REPLIES, MOST_BETWEEN_REPLIES);
  }

  /** As long as the server would wait for us, within reason. */
  private static Duration silenceAllowed(Duration timeout) {
    return timeout.isZero() ? MOST_SILENCE : clamp(timeout, LEAST_SILENCE, MOST_SILENCE);
  }

  private static Duration clamp(Duration value, Duration least, Duration most) {
    return value.compareTo(least) < 0 ? least : value.compareTo(most) > 0 ? most : value;
  }
}

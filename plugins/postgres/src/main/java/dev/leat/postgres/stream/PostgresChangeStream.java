package dev.leat.postgres.stream;

import dev.leat.postgres.connect.PostgresErrors;
import dev.leat.postgres.connect.WireConnection;
import dev.leat.postgres.wire.PgOutputDecoder;
import dev.leat.spi.Position;
import dev.leat.spi.error.ErrorCode;
import dev.leat.spi.error.LeatException;
import dev.leat.spi.source.ChangeSink;
import dev.leat.spi.source.ChangeStream;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Reads the stream of a slot (PostgreSQL documentation, "Streaming Replication Protocol" and
 * "Logical Streaming Replication Protocol").
 */
final class PostgresChangeStream implements ChangeStream {
  /** 'w', start, end and time of sending stand before a pgoutput message. */
  private static final int DATA_HEADER = 25;

  private static final int KEEPALIVE_LENGTH = 18;

  /** A call of receive works about this long at most, the time in the sink aside. */
  private static final long TURN_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

  /** Who gets this much in one turn is behind, and more is on its way. */
  private static final long MUCH = 32 * 1024;

  private static final Duration MOMENT = Duration.ofMillis(1);

  private final WireConnection session;
  private final PgOutputDecoder decoder;
  private final StatusReplies replies;
  private final Duration silenceAllowed;
  private final Heartbeat heartbeat;
  private final ReentrantLock receiving = new ReentrantLock();
  private volatile boolean closed;
  private volatile long serverEnd;
  private long silentNanos;

  PostgresChangeStream(
      WireConnection session,
      PgOutputDecoder decoder,
      StatusReplies replies,
      Position from,
      Duration silenceAllowed,
      Heartbeat heartbeat) {
    this.session = session;
    this.decoder = decoder;
    this.replies = replies;
    this.silenceAllowed = silenceAllowed;
    this.heartbeat = heartbeat;
    this.serverEnd = from.sequence();
  }

  @Override
  public boolean receive(ChangeSink sink, Duration wait) {
    receiving.lock();
    try {
      return take(sink, wait);
    } finally {
      if (closed) {
        decoder.close();
      }
      receiving.unlock();
    }
  }

  private boolean take(ChangeSink sink, Duration wait) {
    replies.flush(wait.isZero());
    long bytes = handle(sink);
    if (bytes == 0 && !await(wait)) {
      return false;
    }
    long end = System.nanoTime() + TURN_NANOS;
    while (true) {
      bytes += handle(sink);
      if (decoder.replaying()) {
        if (System.nanoTime() - end >= 0) {
          return true;
        }
        continue;
      }
      boolean behind = bytes >= MUCH;
      if (!behind && !session.hasMore()) {
        return false;
      }
      if (System.nanoTime() - end >= 0) {
        return true;
      }
      if (!session.receive(MOMENT, behind)) {
        return false;
      }
    }
  }

  private boolean await(Duration wait) {
    long start = System.nanoTime();
    if (session.receive(wait, false)) {
      silentNanos = 0;
      replies.askForAnswer(false);
      return true;
    }
    silentNanos += System.nanoTime() - start;
    if (silentNanos > silenceAllowed.toNanos() / 2) {
      replies.askForAnswer(true);
    }
    if (silentNanos > silenceAllowed.toNanos()) {
      throw new LeatException(
          PostgresErrors.CONNECTION_LOST,
          "The server did not give a sign of life for %d seconds while streaming changes."
              .formatted(silenceAllowed.toSeconds()),
          "Nothing is lost; if it happens often, look at the network.");
    }
    return false;
  }

  /** Hands on what is in the buffer, or the next part of a spooled transaction. */
  private long handle(ChangeSink sink) {
    if (decoder.replaying()) {
      return decoder.replay(sink);
    }
    long bytes = 0;
    while (!decoder.replaying() && session.nextStreamData()) {
      byte[] buffer = session.buffer();
      int offset = session.offset();
      int length = session.length();
      bytes += length;
      switch (buffer[offset]) {
        case 'w' -> {
          decoder.decode(buffer, offset + DATA_HEADER, length - DATA_HEADER, sink);
          heard(ByteBuffer.wrap(buffer).getLong(offset + 9));
        }
        case 'k' -> keepalive(ByteBuffer.wrap(buffer, offset, KEEPALIVE_LENGTH), sink);
        default ->
            throw new LeatException(
                ErrorCode.INTERNAL,
                "PostgreSQL sent a replication message of unknown type %d."
                    .formatted(buffer[offset]),
                "");
      }
    }
    return bytes;
  }

  private void keepalive(ByteBuffer message, ChangeSink sink) {
    long end = message.getLong(message.position() + 1);
    boolean answerWanted = message.get(message.position() + KEEPALIVE_LENGTH - 1) != 0;
    if (answerWanted) {
      replies.answer();
    }
    heard(end);
    // All commits up to there were sent. What of a transaction under way was sent early is sent
    // again from its beginning should the stream be resumed here, so it does not hold progress up.
    if (!decoder.inTransaction()) {
      sink.idle(Position.at(end));
    }
  }

  private void heard(long end) {
    if (Long.compareUnsigned(serverEnd, end) < 0) {
      serverEnd = end;
    }
  }

  @Override
  public void confirm(Position durable) {
    // In the middle of a transaction this is where its commit begins: it will be sent again whole.
    replies.confirm(durable.sequence());
    replies.flush(false);
  }

  @Override
  public Position serverPosition() {
    return Position.at(serverEnd);
  }

  @Override
  public void close() {
    closed = true;
    heartbeat.close();
    session.close();
    replies.close();
    // Whoever is receiving meets the closed connection and gives back the spool itself.
    if (receiving.tryLock()) {
      try {
        decoder.close();
      } finally {
        receiving.unlock();
      }
    }
  }
}

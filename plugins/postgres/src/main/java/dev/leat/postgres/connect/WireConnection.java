package dev.leat.postgres.connect;

import dev.leat.spi.error.LeatException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.postgresql.core.BaseConnection;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A session that pgjdbc has logged in and whose socket is read and written here, in the wire
 * protocol (PostgreSQL documentation, "Frontend/Backend Protocol"), so that COPY and replication
 * data is decoded where it arrives.
 *
 * <p>Reading is for one thread at a time; {@link #send}, {@link #cancel} and {@link #close} may be
 * called by others meanwhile.
 */
public final class WireConnection implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(WireConnection.class);

  private static final byte AUTHENTICATED_IDLE = 'Z';

  /** Never used for statements; kept because pgjdbc closes the sockets of forgotten connections. */
  private final Connection session;

  private final Socket socket;
  private final OutputStream out;
  private final MessageReader reader;
  private final ErrorMapping errors;
  private final Object writing = new Object();
  private String doing = "connecting";
  private String grant = "";
  private boolean idle = true;
  private volatile boolean closed;

  WireConnection(Connection session, Socket socket, BufferedSocket plain, ErrorMapping errors)
      throws IOException {
    this.session = session;
    this.socket = socket;
    this.errors = errors;
    this.reader = new MessageReader(socket, plain);
    this.out = socket.getOutputStream();
  }

  /**
   * Says what the next calls are for, in error messages.
   *
   * @param what as it goes on after "while", such as "copying public.orders"
   * @param grantFix the statements that give the privileges needed
   */
  public WireConnection doing(String what, String grantFix) {
    doing = what;
    grant = grantFix;
    return this;
  }

  /** Runs statements that give no rows, or whose rows do not matter. */
  public void execute(String sql) {
    query(sql);
  }

  /** Runs statements, or one replication command, and gives the rows with their values as text. */
  public List<List<@Nullable String>> query(String sql) {
    start(sql);
    try {
      List<List<@Nullable String>> rows = new ArrayList<>();
      ServerError error = null;
      while (true) {
        reader.await();
        switch (reader.type()) {
          case 'D' -> rows.add(row());
          case 'E' -> error = error(error);
          case AUTHENTICATED_IDLE -> {
            idle = true;
            if (error != null) {
              throw errors.map(doing, grant, error, null);
            }
            return rows;
          }
          default -> aside();
        }
      }
    } catch (IOException e) {
      throw broken(e);
    }
  }

  /** Runs a COPY … TO STDOUT up to where its data begins. */
  public void startCopy(String sql) {
    startData(sql, 'H');
  }

  /** Runs a START_REPLICATION up to where data begins. */
  public void startReplication(String sql) {
    startData(sql, 'W');
  }

  private void startData(String sql, char answer) {
    start(sql);
    try {
      ServerError error = null;
      while (true) {
        reader.await();
        byte type = reader.type();
        if (type == answer) {
          reader.startFresh();
          return;
        }
        if (type == 'E') {
          error = error(error);
        } else if (type == AUTHENTICATED_IDLE) {
          idle = true;
          throw error == null ? unexpected() : errors.map(doing, grant, error, null);
        } else {
          aside();
        }
      }
    } catch (IOException e) {
      throw broken(e);
    }
  }

  /**
   * Moves to the next piece of a COPY's data, waiting for it.
   *
   * @return false at the end; the session can then be used again
   */
  public boolean nextCopyData() {
    try {
      ServerError error = null;
      while (true) {
        if (!reader.next()) {
          reader.fill(0, true);
          continue;
        }
        switch (reader.type()) {
          case 'd' -> {
            return true;
          }
          case 'E' -> error = error(error);
          case 'c', 'C' -> {}
          case AUTHENTICATED_IDLE -> {
            idle = true;
            if (error != null) {
              throw errors.map(doing, grant, error, null);
            }
            return false;
          }
          default -> aside();
        }
      }
    } catch (IOException e) {
      throw broken(e);
    }
  }

  /**
   * Moves to the next piece of replication data if it has arrived already; never waits.
   *
   * @throws LeatException if the server ended the stream
   */
  public boolean nextStreamData() {
    try {
      while (reader.next()) {
        switch (reader.type()) {
          case 'd' -> {
            return true;
          }
          case 'E' -> throw errors.map(doing, grant, error(null), null);
          case 'c' -> throw broken(new IOException("the server ended the stream"));
          default -> aside();
        }
      }
      return false;
    } catch (IOException e) {
      throw broken(e);
    }
  }

  /**
   * Reads what has arrived, waiting for the first byte.
   *
   * @param gather whether more is expected
   * @return whether anything came in time
   */
  public boolean receive(Duration wait, boolean gather) {
    try {
      int millis = Math.clamp(wait.toMillis(), 1, Integer.MAX_VALUE);
      return reader.fill(millis, gather) > 0;
    } catch (IOException e) {
      throw broken(e);
    }
  }

  /** Whether bytes have arrived that were not read. */
  public boolean hasMore() {
    try {
      return reader.available();
    } catch (IOException e) {
      throw broken(e);
    }
  }

  /** Where the payload of the current piece of data is; valid until the next call. */
  public byte[] buffer() {
    return reader.buffer();
  }

  public int offset() {
    return reader.offset();
  }

  public int length() {
    return reader.length();
  }

  public long bytesRead() {
    return reader.bytesRead();
  }

  /** Sends one CopyData message; from any thread. */
  public void send(byte[] payload) {
    ByteBuffer message = ByteBuffer.allocate(5 + payload.length);
    message.put((byte) 'd').putInt(4 + payload.length).put(payload);
    try {
      write(message.array());
    } catch (IOException e) {
      throw broken(e);
    }
  }

  /** Asks the server to stop what it does here, over another connection; from any thread. */
  public void cancel() {
    try {
      session.unwrap(BaseConnection.class).cancelQuery();
    } catch (SQLException e) {
      LOG.debug("cancelling failed; closing the connection ends the query too", e);
    }
  }

  /** Whether the session waits for a statement. */
  public boolean idle() {
    return idle && !closed;
  }

  /** Ends the session at once, in the middle too; from any thread. */
  @Override
  public void close() {
    if (closed) {
      return;
    }
    closed = true;
    try {
      if (idle) {
        write(new byte[] {'X', 0, 0, 0, 4});
      }
    } catch (IOException e) {
      LOG.debug("the connection was gone before it was closed", e);
    }
    try {
      socket.close();
      session.close();
    } catch (IOException | SQLException e) {
      LOG.debug("the connection was gone before it was closed", e);
    }
  }

  private void start(String sql) {
    if (!idle) {
      throw new IllegalStateException("the session is in the middle of something");
    }
    byte[] text = sql.getBytes(StandardCharsets.UTF_8);
    ByteBuffer message = ByteBuffer.allocate(text.length + 6);
    message.put((byte) 'Q').putInt(text.length + 5).put(text).put((byte) 0);
    idle = false;
    reader.startFresh();
    try {
      write(message.array());
    } catch (IOException e) {
      throw broken(e);
    }
  }

  private void write(byte[] message) throws IOException {
    synchronized (writing) {
      out.write(message);
      out.flush();
    }
  }

  private List<@Nullable String> row() {
    ByteBuffer data = ByteBuffer.wrap(reader.buffer(), reader.offset(), reader.length());
    int columns = data.getShort();
    List<@Nullable String> values = new ArrayList<>(columns);
    for (int i = 0; i < columns; i++) {
      int length = data.getInt();
      if (length < 0) {
        values.add(null);
      } else {
        values.add(new String(reader.buffer(), data.position(), length, StandardCharsets.UTF_8));
        data.position(data.position() + length);
      }
    }
    return Collections.unmodifiableList(values);
  }

  /** The first error counts; a FATAL one ends the connection without further ado. */
  private ServerError error(@Nullable ServerError before) {
    ServerError error = ServerError.parse(reader.buffer(), reader.offset(), reader.length());
    if (before == null && error.severity().equals("FATAL")) {
      throw errors.map(doing, grant, error, null);
    }
    return before == null ? error : before;
  }

  /** Messages that may come at any time, and those that only frame what matters. */
  private void aside() {
    switch (reader.type()) {
      case 'N' -> {
        ServerError notice = ServerError.parse(reader.buffer(), reader.offset(), reader.length());
        LOG.debug("notice from the server: {} {}", notice.severity(), notice.message());
      }
      case 'S', 'A', 'T', 'C', 'I', 'c', 'd' -> {}
      default -> throw unexpected();
    }
  }

  private LeatException unexpected() {
    return new LeatException(
        PostgresErrors.PROTOCOL,
        "PostgreSQL sent a message of type '%c' that was not expected while %s."
            .formatted((char) reader.type(), doing),
        "");
  }

  private LeatException broken(IOException e) {
    return errors.lost(doing, e);
  }
}

package dev.leat.postgres.connect;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * Cuts the bytes of a socket into protocol messages, in place: no copy, no object per message.
 *
 * <p>A server sends in pieces of 8 KB, and being woken for each costs a quarter of a copy's time.
 * So while there is more to come and the last read gave little, the thread waits a moment for the
 * pieces to gather. When nothing is expected it blocks, so that a single change arrives at once.
 */
final class MessageReader {
  private static final int BUFFER = 256 * 1024;
  private static final int LITTLE = 64 * 1024;
  private static final long GATHER_NANOS = 700_000;
  private static final int HEADER = 5;

  private final Socket socket;
  private final InputStream in;

  /** What has arrived and, under TLS, was not decrypted yet. */
  private final InputStream arrived;

  private byte[] buffer = new byte[BUFFER];
  private int start;
  private int end;
  private int lastRead = Integer.MAX_VALUE;
  private final AtomicLong bytesRead = new AtomicLong();

  private byte type;
  private int offset;
  private int length;

  /**
   * Reads from {@code socket}.
   *
   * @param plain the socket under a TLS socket; otherwise the same
   */
  MessageReader(Socket socket, BufferedSocket plain) throws IOException {
    this.socket = socket;
    this.in = socket == plain ? plain.unbuffered() : socket.getInputStream();
    this.arrived = socket == plain ? in : plain.getInputStream();
  }

  /** Moves to the next message if the whole of it is in the buffer. */
  boolean next() throws IOException {
    int available = end - start;
    if (available < HEADER) {
      return false;
    }
    int size = size();
    if (available < size) {
      return false;
    }
    type = buffer[start];
    offset = start + HEADER;
    length = size - HEADER;
    start += size;
    return true;
  }

  /** Moves to the next message, waiting for it; reads are gathered. */
  void await() throws IOException {
    while (!next()) {
      fill(0, true);
    }
  }

  /**
   * Reads what there is, waiting for the first byte.
   *
   * @param timeoutMillis how long to wait; 0 for ever
   * @param gather whether more is expected, so that waiting for it to gather pays
   * @return the bytes read; 0 if the time is over
   */
  int fill(int timeoutMillis, boolean gather) throws IOException {
    makeRoom();
    if (gather && lastRead < LITTLE) {
      LockSupport.parkNanos(GATHER_NANOS);
    }
    socket.setSoTimeout(timeoutMillis);
    int n;
    try {
      n = in.read(buffer, end, buffer.length - end);
    } catch (SocketTimeoutException e) {
      return 0;
    }
    if (n < 0) {
      throw new EOFException("the server closed the connection");
    }
    end += n;
    // Under TLS a read gives one record, and a server may send one for every message.
    if (in != arrived) {
      n += readRecords();
    }
    lastRead = n;
    bytesRead.setRelease(bytesRead.getPlain() + n);
    return n;
  }

  private int readRecords() throws IOException {
    int before = end;
    try {
      while (end < buffer.length && arrived.available() > 0) {
        int n = in.read(buffer, end, buffer.length - end);
        if (n < 0) {
          break;
        }
        end += n;
      }
    } catch (SocketTimeoutException e) {
      // The rest of a record is still on its way; what was read before it counts.
      return end - before;
    }
    return end - before;
  }

  /** The reads to come have nothing to do with those before. */
  void startFresh() {
    lastRead = Integer.MAX_VALUE;
  }

  private int size() throws IOException {
    int size =
        1
            + ((buffer[start + 1] & 0xFF) << 24
                | (buffer[start + 2] & 0xFF) << 16
                | (buffer[start + 3] & 0xFF) << 8
                | (buffer[start + 4] & 0xFF));
    if (size < HEADER) {
      throw new IOException("a message of the impossible length " + (size - 1));
    }
    return size;
  }

  private void makeRoom() throws IOException {
    int available = end - start;
    int needed = available < HEADER ? BUFFER : Math.max(BUFFER, size());
    if (needed > buffer.length || (buffer.length > BUFFER && needed == BUFFER)) {
      byte[] other = new byte[needed];
      System.arraycopy(buffer, start, other, 0, available);
      buffer = other;
    } else if (available > 0 && start > 0) {
      boolean fits = needed <= buffer.length - start && buffer.length - end >= LITTLE;
      if (fits) {
        return;
      }
      System.arraycopy(buffer, start, buffer, 0, available);
    } else if (available > 0) {
      return;
    }
    start = 0;
    end = available;
  }

  byte type() {
    return type;
  }

  /** Where the current message's payload is; valid until the next call of a fill or await. */
  byte[] buffer() {
    return buffer;
  }

  int offset() {
    return offset;
  }

  int length() {
    return length;
  }

  /** Whether bytes have arrived that were not read. */
  boolean available() throws IOException {
    return in.available() > 0 || arrived.available() > 0;
  }

  long bytesRead() {
    return bytesRead.get();
  }
}

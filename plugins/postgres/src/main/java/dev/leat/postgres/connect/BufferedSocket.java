package dev.leat.postgres.connect;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import org.jspecify.annotations.Nullable;

/**
 * A socket whose input has a buffer, for TLS: that reads the head and the body of each record by
 * themselves, and a server may send a record for every message.
 */
final class BufferedSocket extends Socket {
  private static final int BUFFER = 64 * 1024;

  private @Nullable Input input;

  @Override
  public synchronized InputStream getInputStream() throws IOException {
    Input open = input;
    if (open == null) {
      open = new Input(super.getInputStream());
      input = open;
    }
    return open;
  }

  /** The input without the buffer, for who reads in large pieces. */
  synchronized InputStream unbuffered() throws IOException {
    if (input != null && input.holdsBytes()) {
      throw new IOException("the server sent more than it was asked for");
    }
    return super.getInputStream();
  }

  private static final class Input extends BufferedInputStream {
    Input(InputStream in) {
      super(in, BUFFER);
    }

    boolean holdsBytes() {
      return pos < count;
    }
  }
}

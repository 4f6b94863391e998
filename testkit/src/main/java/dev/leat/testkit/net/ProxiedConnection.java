package dev.leat.testkit.net;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/** One client's connection and the one made for it to the server. */
final class ProxiedConnection {
  private static final int CHUNK = 1 << 16;
  private static final int CHUNKS_IN_FLIGHT = 32;
  private static final ByteBuffer END = ByteBuffer.allocate(0);

  private final Socket client;
  private final Socket server;
  private final Runnable cutAll;
  private final Consumer<ProxiedConnection> onClose;
  private final List<Thread> threads = new CopyOnWriteArrayList<>();
  private final AtomicInteger openDirections = new AtomicInteger(2);
  private final AtomicBoolean broken = new AtomicBoolean();
  private final AtomicBoolean closed = new AtomicBoolean();

  /** Bytes with the time at which they reach the other side at the earliest. */
  private record Chunk(ByteBuffer bytes, long dueNanos) {}

  ProxiedConnection(
      Socket client, Socket server, Runnable cutAll, Consumer<ProxiedConnection> onClose) {
    this.client = client;
    this.server = server;
    this.cutAll = cutAll;
    this.onClose = onClose;
  }

  void start(Line toServer, Line toClient) {
    pump(client, server, toServer);
    pump(server, client, toClient);
  }

  /** Whether bytes or an end were swallowed: what follows would make no sense to the other side. */
  boolean broken() {
    return broken.get();
  }

  /** Ends both sides with a reset, as a firewall or a crashed machine does. */
  void cut() {
    if (closed.compareAndSet(false, true)) {
      reset(client);
      reset(server);
      threads.forEach(Thread::interrupt);
      onClose.accept(this);
    }
  }

  private void pump(Socket from, Socket to, Line line) {
    BlockingQueue<Chunk> inFlight = new ArrayBlockingQueue<>(CHUNKS_IN_FLIGHT);
    Thread writer =
        Thread.ofVirtual().name("proxy-write").unstarted(() -> write(inFlight, to, line));
    Thread reader =
        Thread.ofVirtual().name("proxy-read").unstarted(() -> read(from, inFlight, line));
    threads.add(writer);
    threads.add(reader);
    writer.start();
    reader.start();
  }

  private void read(Socket from, BlockingQueue<Chunk> inFlight, Line line) {
    byte[] buffer = new byte[CHUNK];
    try {
      InputStream in = from.getInputStream();
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        inFlight.put(
            new Chunk(
                ByteBuffer.wrap(Arrays.copyOf(buffer, n)), System.nanoTime() + line.delayNanos()));
      }
      inFlight.put(new Chunk(END, System.nanoTime() + line.delayNanos()));
    } catch (IOException e) {
      // One side was reset: so is the other, unless this line lets nothing through just now.
      passReset(line);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void passReset(Line line) {
    try {
      if (line.endPasses(broken)) {
        cut();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void write(BlockingQueue<Chunk> inFlight, Socket to, Line line) {
    try {
      OutputStream out = to.getOutputStream();
      for (Chunk chunk = inFlight.take(); chunk.bytes().hasRemaining(); chunk = inFlight.take()) {
        TimeUnit.NANOSECONDS.sleep(chunk.dueNanos() - System.nanoTime());
        forward(chunk.bytes().array(), out, line);
      }
      if (line.endPasses(broken)) {
        to.shutdownOutput();
        if (openDirections.decrementAndGet() == 0) {
          close();
        }
      }
    } catch (IOException e) {
      cut();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void forward(byte[] bytes, OutputStream out, Line line)
      throws IOException, InterruptedException {
    int offset = 0;
    while (offset < bytes.length) {
      Line.Passage passage = line.next(bytes.length - offset, broken);
      switch (passage.verdict()) {
        case DROP -> {}
        case FORWARD -> {
          out.write(bytes, offset, passage.length());
          TimeUnit.NANOSECONDS.sleep(passage.pauseNanos());
        }
        case FORWARD_AND_CUT -> {
          out.write(bytes, offset, passage.length());
          cutAll.run();
        }
      }
      offset += passage.length();
    }
  }

  private void close() throws IOException {
    if (closed.compareAndSet(false, true)) {
      try (client;
          server) {
        onClose.accept(this);
      }
    }
  }

  private static void reset(Socket socket) {
    try (socket) {
      socket.setSoLinger(true, 0);
    } catch (IOException e) {
      // It is closed already, which is what was wanted.
      assert socket.isClosed();
    }
  }
}

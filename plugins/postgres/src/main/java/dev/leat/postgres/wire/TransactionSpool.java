package dev.leat.postgres.wire;

import dev.leat.spi.error.ErrorCategory;
import dev.leat.spi.error.ErrorCode;
import dev.leat.spi.error.LeatException;
import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Keeps messages of transactions that are under way until they commit or abort: in memory up to a
 * budget, then in temporary files, so that memory stays the same however large they are.
 */
public final class TransactionSpool implements AutoCloseable {
  private static final ErrorCode SPOOL = new ErrorCode("PG_SPOOL", ErrorCategory.TRANSIENT);
  private static final int FILE_BUFFER = 256 * 1024;

  private final long memoryBudget;
  private final Map<Integer, Transaction> transactions = new HashMap<>();
  private long inMemory;

  /**
   * @param memoryBudget bytes that all transactions together may keep in memory
   */
  public TransactionSpool(long memoryBudget) {
    this.memoryBudget = memoryBudget;
  }

  /** One transaction: first what was written to its file, then what is in memory. */
  private static final class Transaction {
    final ByteArrayOutputStream memory = new ByteArrayOutputStream();
    final DataOutputStream out = new DataOutputStream(memory);
    final Set<Integer> aborted = new HashSet<>();
    @Nullable FileChannel file;
  }

  /**
   * Keeps a message.
   *
   * @param transaction the transaction
   * @param part the sub-transaction it belongs to, which may be the transaction itself
   */
  void add(int transaction, int part, byte type, byte[] buffer, int offset, int length) {
    Transaction kept = transactions.computeIfAbsent(transaction, _ -> new Transaction());
    int before = kept.memory.size();
    try {
      kept.out.writeInt(part);
      kept.out.writeInt(length + 1);
      kept.out.writeByte(type);
      kept.out.write(buffer, offset, length);
      inMemory += kept.memory.size() - before;
      // Large pieces only: a file that grows by single messages would be slow.
      if (inMemory > memoryBudget && kept.memory.size() >= FILE_BUFFER) {
        spill(kept);
      }
    } catch (IOException e) {
      throw failed(e);
    }
  }

  private void spill(Transaction kept) throws IOException {
    FileChannel file = kept.file;
    if (file == null) {
      file = open();
      kept.file = file;
    }
    ByteBuffer piece = ByteBuffer.wrap(kept.memory.toByteArray());
    while (piece.hasRemaining()) {
      file.write(piece);
    }
    inMemory -= kept.memory.size();
    kept.memory.reset();
  }

  /** A file that is gone with its channel, even if the process is killed. */
  private static FileChannel open() throws IOException {
    Path path = Files.createTempFile("leat-transaction-", ".spool");
    FileChannel file =
        FileChannel.open(
            path,
            StandardOpenOption.READ,
            StandardOpenOption.WRITE,
            StandardOpenOption.DELETE_ON_CLOSE);
    if (path.getFileSystem().supportedFileAttributeViews().contains("posix")) {
      Files.deleteIfExists(path);
    }
    return file;
  }

  /** Forgets a sub-transaction, or the whole if both are the same. */
  void abort(int transaction, int part) {
    if (transaction == part) {
      Transaction kept = transactions.remove(transaction);
      if (kept != null) {
        forget(kept);
      }
    } else {
      Transaction kept = transactions.get(transaction);
      if (kept != null) {
        kept.aborted.add(part);
      }
    }
  }

  /** The messages of a transaction that has committed; the spool forgets them with it. */
  Reader replay(int transaction) {
    Transaction kept = transactions.remove(transaction);
    return new Reader(kept == null ? new Transaction() : kept);
  }

  private void forget(Transaction kept) {
    inMemory -= kept.memory.size();
    kept.memory.reset();
    FileChannel file = kept.file;
    if (file != null) {
      try {
        file.close();
      } catch (IOException e) {
        throw failed(e);
      }
    }
  }

  private static LeatException failed(IOException e) {
    return new LeatException(
        SPOOL,
        "A large transaction cannot be kept in a temporary file (%s).".formatted(e.getMessage()),
        "Make room in %s, or point -Djava.io.tmpdir elsewhere."
            .formatted(System.getProperty("java.io.tmpdir")),
        e);
  }

  /** Reads messages back in the order they came. */
  final class Reader implements AutoCloseable {
    private final Transaction kept;
    private final DataInputStream in;
    private byte[] buffer = new byte[8192];
    private int length;

    private Reader(Transaction kept) {
      this.kept = kept;
      try {
        InputStream memory = new ByteArrayInputStream(kept.memory.toByteArray());
        FileChannel file = kept.file;
        this.in =
            new DataInputStream(
                file == null
                    ? memory
                    : new SequenceInputStream(
                        new BufferedInputStream(
                            Channels.newInputStream(file.position(0)), FILE_BUFFER),
                        memory));
      } catch (IOException e) {
        throw failed(e);
      }
    }

    /** Moves to the next message that was not taken back. */
    boolean next() {
      try {
        while (true) {
          int first = in.read();
          if (first < 0) {
            return false;
          }
          int part = first << 24 | in.readUnsignedByte() << 16 | in.readUnsignedShort();
          length = in.readInt();
          if (kept.aborted.contains(part)) {
            in.skipNBytes(length);
            continue;
          }
          if (buffer.length < length) {
            buffer = new byte[Math.max(length, buffer.length * 2)];
          }
          in.readFully(buffer, 0, length);
          return true;
        }
      } catch (IOException e) {
        throw failed(e);
      }
    }

    byte[] buffer() {
      return buffer;
    }

    int length() {
      return length;
    }

    @Override
    public void close() {
      try {
        in.close();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      } finally {
        forget(kept);
      }
    }
  }

  @Override
  public void close() {
    transactions.values().forEach(this::forget);
    transactions.clear();
  }
}

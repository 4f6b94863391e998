package dev.leat.postgres.wire;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Writes messages as a server does. */
final class WireBytes {
  /** A value that did not change and was not sent. */
  static final String UNCHANGED = "\0unchanged";

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final DataOutputStream out = new DataOutputStream(bytes);

  @FunctionalInterface
  private interface Writing {
    void write() throws IOException;
  }

  private WireBytes with(Writing writing) {
    try {
      writing.write();
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  WireBytes b(int value) {
    return with(() -> out.writeByte(value));
  }

  WireBytes i2(int value) {
    return with(() -> out.writeShort(value));
  }

  WireBytes i4(int value) {
    return with(() -> out.writeInt(value));
  }

  WireBytes i8(long value) {
    return with(() -> out.writeLong(value));
  }

  WireBytes raw(byte[] value) {
    return with(() -> out.write(value));
  }

  WireBytes text(String value) {
    return raw(value.getBytes(StandardCharsets.UTF_8)).b(0);
  }

  /** A row of values in text form. */
  WireBytes row(@Nullable String... values) {
    i2(values.length);
    for (String value : values) {
      if (value == null) {
        b('n');
      } else if (value.equals(UNCHANGED)) {
        b('u');
      } else {
        byte[] utf8 = value.getBytes(StandardCharsets.UTF_8);
        b('t').i4(utf8.length).raw(utf8);
      }
    }
    return this;
  }

  byte[] bytes() {
    return bytes.toByteArray();
  }

  static byte[] begin(long lsn) {
    return new WireBytes().b('B').i8(lsn).i8(0).i4(7).bytes();
  }

  static byte[] commit(long lsn, long end) {
    return new WireBytes().b('C').b(0).i8(lsn).i8(end).i8(0).bytes();
  }

  static byte[] streamStart(int xid) {
    return new WireBytes().b('S').i4(xid).b(1).bytes();
  }

  static byte[] streamStop() {
    return new WireBytes().b('E').bytes();
  }

  static byte[] streamCommit(int xid, long lsn, long end) {
    return new WireBytes().b('c').i4(xid).b(0).i8(lsn).i8(end).i8(0).bytes();
  }

  static byte[] streamAbort(int xid, int part) {
    return new WireBytes().b('A').i4(xid).i4(part).bytes();
  }

  /** The same message as part of a transaction under way. */
  static byte[] in(int xid, byte[] message) {
    WireBytes result = new WireBytes().b(message[0]).i4(xid);
    return result.raw(java.util.Arrays.copyOfRange(message, 1, message.length)).bytes();
  }

  /** Table {@code public.<name>} with columns {@code id int, a text, b text}. */
  static byte[] relation(int oid, String name, char identity) {
    boolean whole = identity == 'f';
    return new WireBytes()
        .b('R')
        .i4(oid)
        .text("public")
        .text(name)
        .b(identity)
        .i2(3)
        .b(1)
        .text("id")
        .i4(23)
        .i4(-1)
        .b(whole ? 1 : 0)
        .text("a")
        .i4(25)
        .i4(-1)
        .b(whole ? 1 : 0)
        .text("b")
        .i4(25)
        .i4(-1)
        .bytes();
  }

  static byte[] insert(int oid, @Nullable String... row) {
    return new WireBytes().b('I').i4(oid).b('N').row(row).bytes();
  }

  static byte[] update(int oid, @Nullable String... row) {
    return new WireBytes().b('U').i4(oid).b('N').row(row).bytes();
  }

  /**
   * @param kind K for a key, O for a whole row
   */
  static byte[] update(int oid, char kind, @Nullable String[] old, @Nullable String... row) {
    return new WireBytes().b('U').i4(oid).b(kind).row(old).b('N').row(row).bytes();
  }

  static byte[] delete(int oid, char kind, @Nullable String... old) {
    return new WireBytes().b('D').i4(oid).b(kind).row(old).bytes();
  }

  static byte[] truncate(int... oids) {
    WireBytes result = new WireBytes().b('T').i4(oids.length).b(0);
    for (int oid : oids) {
      result.i4(oid);
    }
    return result.bytes();
  }

  static @Nullable String[] values(@Nullable String... values) {
    return values;
  }
}

package dev.leat.postgres.wire;

import dev.leat.postgres.types.PgType;
import dev.leat.postgres.types.TableCodec;
import dev.leat.postgres.types.TypeCatalog;
import dev.leat.spi.batch.BatchMode;
import dev.leat.spi.batch.RowBatchBuilder;
import dev.leat.spi.error.ErrorCategory;
import dev.leat.spi.error.LeatException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.arrow.memory.RootAllocator;

/**
 * Given any bytes at all, the decoders of the change stream and of copies say that they are no
 * messages, and end. Jazzer runs it: a first byte, then messages with their lengths in two bytes.
 */
public final class WireFuzzer {
  private static final int[] BASE = {
    16, 17, 18, 19, 20, 21, 23, 25, 26, 27, 28, 114, 142, 650, 700, 701, 774, 829, 869, 1042, 1043,
    1082, 1083, 1114, 1184, 1186, 1266, 1560, 1562, 1700, 2950, 3220, 3614, 3802, 4072, 5069
  };
  private static final TypeCatalog TYPES = types();
  private static final TableCodec ROW = row();

  private WireFuzzer() {}

  private static TypeCatalog types() {
    Map<Integer, PgType> types = new HashMap<>();
    for (int oid : BASE) {
      types.put(oid, new PgType(oid, "pg_catalog", "t" + oid, 'b', 'U', ',', 0, 0, -1, 0, 0, true));
    }
    for (int oid : BASE) {
      int array = 10_000 + oid;
      types.put(array, new PgType(array, "x", "_" + oid, 'b', 'A', ',', oid, 0, -1, 0, 0, true));
    }
    types.put(3912, new PgType(3912, "pg_catalog", "r", 'r', 'R', ',', 0, 0, -1, 1082, 0, true));
    types.put(4535, new PgType(4535, "pg_catalog", "m", 'm', 'R', ',', 0, 0, -1, 3912, 0, true));
    types.put(20_001, new PgType(20_001, "x", "hstore", 'b', 'U', ',', 0, 0, -1, 0, 0, true));
    return new TypeCatalog(types);
  }

  private static TableCodec row() {
    List<Relation.RelationColumn> columns = new ArrayList<>();
    for (int oid : new int[] {23, 25, 1700, 1184, 11_009 - 984, 869, 3912, 20_001}) {
      columns.add(new Relation.RelationColumn(columns.isEmpty(), "c" + columns.size(), oid, -1));
    }
    return TestRelations.of(TYPES).codec(new Relation(1, "public", "t", 'd', columns));
  }

  /** The entry that Jazzer looks for. */
  public static void fuzzerTestOneInput(byte[] data) {
    if (data.length == 0) {
      return;
    }
    try (RootAllocator allocator = new RootAllocator(64L << 20)) {
      if (data[0] == 'c') {
        copy(data, allocator);
      } else {
        stream(data, data[0] == 'e' ? BatchMode.EVERY_CHANGE : BatchMode.LAST_PER_KEY, allocator);
      }
    } catch (LeatException e) {
      if (e.category() == ErrorCategory.INTERNAL && !e.code().name().equals("PG_PROTOCOL")) {
        throw e;
      }
    }
  }

  private static void stream(byte[] data, BatchMode mode, RootAllocator allocator) {
    try (BatchingSink sink = new BatchingSink(allocator, mode);
        PgOutputDecoder decoder =
            new PgOutputDecoder(TestRelations.of(TYPES), new TransactionSpool(1 << 10))) {
      int at = 1;
      while (at + 2 < data.length) {
        int length = Math.min(ByteBuffer.wrap(data).getShort(at) & 0xFFFF, data.length - at - 2);
        decoder.decode(data, at + 2, length, sink);
        while (decoder.replaying()) {
          long unused = decoder.replay(sink);
        }
        at += 2 + length;
      }
    }
  }

  private static void copy(byte[] data, RootAllocator allocator) {
    try (RowBatchBuilder builder = new RowBatchBuilder(allocator, ROW.schema(), 8)) {
      CopyRowDecoder decoder = new CopyRowDecoder(ROW);
      decoder.decode(data, 1, data.length - 1, builder);
    }
  }

  /** Messages as a server would send them, to begin with. */
  static void writeSeeds(Path folder) throws IOException {
    List<byte[]> changes =
        List.of(
            WireBytes.begin(10),
            WireBytes.relation(100, "t", 'd'),
            WireBytes.insert(100, "1", "x", null),
            WireBytes.update(100, "1", WireBytes.UNCHANGED, "y"),
            WireBytes.delete(100, 'K', "1", null, null),
            WireBytes.truncate(100),
            WireBytes.commit(10, 20));
    List<byte[]> streamed =
        List.of(
            WireBytes.streamStart(7),
            WireBytes.in(7, WireBytes.relation(100, "t", 'f')),
            WireBytes.in(8, WireBytes.insert(100, "1", "x", null)),
            WireBytes.streamStop(),
            WireBytes.streamAbort(7, 8),
            WireBytes.streamCommit(7, 10, 20));
    for (byte[] mode : List.of(new byte[] {'e'}, new byte[] {'l'})) {
      Files.write(folder.resolve("changes-" + (char) mode[0]), file(mode, changes));
      Files.write(folder.resolve("streamed-" + (char) mode[0]), file(mode, streamed));
    }
    ByteBuffer row = ByteBuffer.allocate(128);
    row.put((byte) 'c').put("PGCOPY\n".getBytes(java.nio.charset.StandardCharsets.US_ASCII));
    row.put((byte) 0xFF).put((byte) '\r').put((byte) '\n').put((byte) 0).putInt(0).putInt(0);
    row.putShort((short) ROW.schema().columns().size()).putInt(4).putInt(1);
    for (int i = 1; i < ROW.schema().columns().size(); i++) {
      row.putInt(-1);
    }
    row.putShort((short) -1);
    byte[] bytes = new byte[row.position()];
    row.flip().get(bytes);
    Files.write(folder.resolve("copy"), bytes);
  }

  private static byte[] file(byte[] mode, List<byte[]> messages) {
    int size = mode.length + messages.stream().mapToInt(message -> 2 + message.length).sum();
    ByteBuffer file = ByteBuffer.allocate(size).put(mode);
    messages.forEach(message -> file.putShort((short) message.length).put(message));
    return file.array();
  }
}

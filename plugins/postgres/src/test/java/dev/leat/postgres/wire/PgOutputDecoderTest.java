package dev.leat.postgres.wire;

import static dev.leat.postgres.wire.WireBytes.UNCHANGED;
import static dev.leat.postgres.wire.WireBytes.begin;
import static dev.leat.postgres.wire.WireBytes.commit;
import static dev.leat.postgres.wire.WireBytes.delete;
import static dev.leat.postgres.wire.WireBytes.in;
import static dev.leat.postgres.wire.WireBytes.insert;
import static dev.leat.postgres.wire.WireBytes.relation;
import static dev.leat.postgres.wire.WireBytes.streamAbort;
import static dev.leat.postgres.wire.WireBytes.streamCommit;
import static dev.leat.postgres.wire.WireBytes.streamStart;
import static dev.leat.postgres.wire.WireBytes.streamStop;
import static dev.leat.postgres.wire.WireBytes.truncate;
import static dev.leat.postgres.wire.WireBytes.update;
import static dev.leat.postgres.wire.WireBytes.values;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.leat.postgres.types.PgType;
import dev.leat.postgres.types.TypeCatalog;
import dev.leat.spi.batch.BatchMode;
import dev.leat.spi.error.ErrorCategory;
import dev.leat.spi.error.LeatException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.apache.arrow.memory.RootAllocator;
import org.junit.jupiter.api.Test;

class PgOutputDecoderTest {
  private static final int T = 100;
  private static final TypeCatalog TYPES =
      new TypeCatalog(
          Map.of(
              23, new PgType(23, "pg_catalog", "int4", 'b', 'N', ',', 0, 0, -1, 0, 0, true),
              25, new PgType(25, "pg_catalog", "text", 'b', 'S', ',', 0, 0, -1, 0, 0, true)));

  /** What a stream of messages comes to. */
  private record Outcome(
      List<String> rows, List<String> transactions, List<LeatException> failures) {}

  private static Outcome decode(BatchMode mode, byte[]... messages) {
    try (RootAllocator allocator = new RootAllocator();
        BatchingSink sink = new BatchingSink(allocator, mode);
        PgOutputDecoder decoder =
            new PgOutputDecoder(TestRelations.of(TYPES), new TransactionSpool(1 << 20))) {
      for (byte[] message : messages) {
        // Not at the beginning of the buffer, as on the wire.
        byte[] buffer = new byte[message.length + 9];
        System.arraycopy(message, 0, buffer, 5, message.length);
        decoder.decode(buffer, 5, message.length, sink);
        while (decoder.replaying()) {
          long unused = decoder.replay(sink);
        }
      }
      return new Outcome(sink.rows("t"), sink.transactions, sink.failures);
    }
  }

  private static List<String> rows(BatchMode mode, char identity, byte[]... changes) {
    List<byte[]> messages = new ArrayList<>(List.of(begin(10), relation(T, "t", identity)));
    messages.addAll(Arrays.asList(changes));
    messages.add(commit(10, 20));
    Outcome outcome = decode(mode, messages.toArray(byte[][]::new));
    assertThat(outcome.failures).isEmpty();
    assertThat(outcome.transactions).containsExactly("begin 10", "commit 20");
    return outcome.rows;
  }

  @Test
  void handsOverChangesInOrder() {
    assertThat(
            rows(
                BatchMode.EVERY_CHANGE,
                'd',
                insert(T, "1", "x", null),
                update(T, "1", "y", UNCHANGED),
                delete(T, 'K', "1", null, null),
                truncate(T)))
        .containsExactly(
            "I0[1, x, null]", "U1[1, y, ~]", "D2[1, null, null]", "T3[null, null, null]");
  }

  @Test
  void makesTwoChangesOfAnotherKey() {
    assertThat(
            rows(
                BatchMode.EVERY_CHANGE,
                'd',
                update(T, 'K', values("1", null, null), "2", "x", UNCHANGED),
                insert(T, "3", "z", "z")))
        .containsExactly("D0[1, null, null]", "U1[2, x, ~]", "I2[3, z, z]");
  }

  @Test
  void takesAKeyThatWasSentAndStayedForTheSame() {
    assertThat(
            rows(
                BatchMode.EVERY_CHANGE,
                'd',
                update(T, 'K', values("1", null, null), UNCHANGED, "x", "y"),
                update(T, 'K', values("1", null, null), "1", "x", "y")))
        .containsExactly("U1[1, x, y]", "U3[1, x, y]");
  }

  @Test
  void replacesWholeRowsWhereThereIsNoKey() {
    assertThat(
            rows(
                BatchMode.LAST_PER_KEY,
                'f',
                update(T, 'O', values("1", "a", "large"), "1", "b", UNCHANGED),
                delete(T, 'O', "2", null, "c")))
        .containsExactly("D0[1, a, large]", "U1[1, b, large]", "D2[2, null, c]");
  }

  @Test
  void fillsUnchangedValuesFromEarlierRowsOfTheBatch() {
    assertThat(
            rows(
                BatchMode.LAST_PER_KEY,
                'd',
                insert(T, "1", "x", "large"),
                update(T, "1", "y", UNCHANGED),
                update(T, "2", "y", UNCHANGED),
                update(T, "2", "z", UNCHANGED)))
        .containsExactly("I0[1, x, large]", "U1[1, y, large] +", "U2[2, y, ~]", "U3[2, z, ~] -+");
  }

  @Test
  void keepsUnchangedValuesOverAnotherKey() {
    assertThat(
            rows(
                BatchMode.LAST_PER_KEY,
                'd',
                update(T, 'K', values("1", null, null), "2", "x", UNCHANGED),
                update(T, "2", "y", UNCHANGED),
                update(T, 'K', values("2", null, null), "3", "z", UNCHANGED),
                insert(T, "5", "i", "large"),
                update(T, 'K', values("5", null, null), "6", "j", UNCHANGED)))
        .containsExactly(
            "D0[1, null, null] -",
            "U1[2, x, ~] from 1",
            "U2[2, y, ~] from 1",
            "D3[2, null, null]",
            "U4[3, z, ~] + from 1",
            "I5[5, i, large]",
            "D6[5, null, null]",
            "U7[6, j, large] +");
  }

  @Test
  void keepsTheLastOfInsertDeleteInsert() {
    assertThat(
            rows(
                BatchMode.LAST_PER_KEY,
                'd',
                insert(T, "1", "x", "x"),
                delete(T, 'K', "1", null, null),
                insert(T, "1", "y", "y"),
                delete(T, 'K', "2", null, null),
                insert(T, "2", "y", "y")))
        .containsExactly(
            "I0[1, x, x]",
            "D1[1, null, null]",
            "I2[1, y, y] +",
            "D3[2, null, null]",
            "I4[2, y, y] -+");
  }

  @Test
  void forgetsRowsBeforeATruncate() {
    assertThat(
            rows(
                BatchMode.LAST_PER_KEY,
                'd',
                insert(T, "1", "x", "x"),
                truncate(T),
                insert(T, "2", "", "")))
        .containsExactly("truncated", "I2[2, , ] +");
  }

  @Test
  void keepsInterleavedTransactionsApart() {
    Outcome outcome =
        decode(
            BatchMode.EVERY_CHANGE,
            streamStart(1),
            in(1, relation(T, "t", 'd')),
            in(1, insert(T, "1", "a", "a")),
            in(2, insert(T, "2", "aborted", "a")),
            streamStop(),
            streamStart(5),
            in(5, relation(T, "t", 'd')),
            in(5, insert(T, "50", "b", "b")),
            streamStop(),
            streamStart(9),
            in(9, insert(T, "90", "aborted", "c")),
            streamStop(),
            streamAbort(1, 2),
            streamAbort(9, 9),
            streamCommit(5, 100, 110),
            streamStart(1),
            in(3, insert(T, "3", "a", "a")),
            streamStop(),
            begin(120),
            insert(T, "7", "plain", ""),
            commit(120, 130),
            streamCommit(1, 140, 150));
    assertThat(outcome.failures).isEmpty();
    assertThat(outcome.rows)
        .containsExactly("I0[50, b, b]", "I0[7, plain, ]", "I0[1, a, a]", "I1[3, a, a]");
    assertThat(outcome.transactions)
        .containsExactly(
            "begin 100", "commit 110", "begin 120", "commit 130", "begin 140", "commit 150");
  }

  @Test
  void stopsATableAtAValueItCannotHold() {
    Outcome outcome =
        decode(
            BatchMode.EVERY_CHANGE,
            begin(10),
            relation(T, "t", 'd'),
            insert(T, "1", "a", "a"),
            insert(T, "secret", "a", "a"),
            insert(T, "3", "a", "a"),
            commit(10, 20));
    assertThat(outcome.rows).containsExactly("I0[1, a, a]");
    assertThat(outcome.transactions).containsExactly("begin 10", "commit 20");
    assertThat(outcome.failures)
        .singleElement()
        .satisfies(
            e -> {
              assertThat(e.category()).isEqualTo(ErrorCategory.DATA);
              assertThat(e.message()).doesNotContain("secret");
              assertThat(e.context()).containsEntry("position", "0/A+1");
            });
  }

  @Test
  void noticesThatATableWasReplacedOrRenamed() {
    byte[][][] changes = {
      {relation(200, "t", 'd'), insert(200, "2", "b", "b")},
      {relation(T, "otherwise", 'd'), insert(T, "2", "b", "b")}
    };
    for (byte[][] change : changes) {
      Outcome outcome =
          decode(
              BatchMode.EVERY_CHANGE,
              begin(10),
              relation(T, "t", 'd'),
              insert(T, "1", "a", "a"),
              change[0],
              change[1],
              commit(10, 20));
      assertThat(outcome.failures)
          .singleElement()
          .satisfies(e -> assertThat(e.code().name()).isEqualTo("PG_TABLE_REPLACED"));
    }
  }

  @Test
  void stopsOnlyTheTableWhoseTypesAreGone() {
    byte[] unknown =
        new WireBytes()
            .b('R')
            .i4(300)
            .text("public")
            .text("gone")
            .b('d')
            .i2(1)
            .b(1)
            .text("id")
            .i4(9)
            .i4(-1)
            .bytes();
    Outcome outcome =
        decode(
            BatchMode.EVERY_CHANGE,
            begin(10),
            unknown,
            insert(300, "1"),
            update(300, 'K', values("1"), "2"),
            relation(T, "t", 'd'),
            insert(T, "1", "a", "a"),
            commit(10, 20));
    assertThat(outcome.rows).containsExactly("I3[1, a, a]");
    assertThat(outcome.failures).hasSize(1);
  }

  @Test
  void namesTheMessageThatIsMalformed() {
    byte[] whole = insert(T, "1", "a", "a");
    assertThatThrownBy(
            () ->
                decode(
                    BatchMode.EVERY_CHANGE,
                    begin(10),
                    relation(T, "t", 'd'),
                    Arrays.copyOf(whole, whole.length - 1)))
        .isInstanceOfSatisfying(
            LeatException.class,
            e -> {
              assertThat(e.code().name()).isEqualTo("PG_PROTOCOL");
              assertThat(e.message()).contains("'I'").contains("byte");
            });
    assertThatThrownBy(
            () -> decode(BatchMode.EVERY_CHANGE, begin(10), relation(T, "t", 'd'), insert(T, "1")))
        .isInstanceOfSatisfying(
            LeatException.class, e -> assertThat(e.code().name()).isEqualTo("PG_PROTOCOL"));
  }

  /** Whatever comes, it is read or refused with an error of ours, and no memory is lost. */
  @Property(tries = 3000)
  void refusesGarbageWithATypedError(@ForAll long seed) {
    Random random = new Random(seed);
    List<byte[]> messages =
        new ArrayList<>(
            List.of(
                begin(10),
                relation(T, "t", random.nextBoolean() ? 'd' : 'f'),
                insert(T, "1", "x", null),
                update(T, 'O', values("1", "x", "y"), "2", "x", UNCHANGED),
                update(T, 'K', values("1", null, null), "2", "x", UNCHANGED),
                delete(T, 'O', "1", null, "z"),
                truncate(T, T),
                commit(10, 20),
                streamStart(5),
                in(5, insert(T, "1", "x", "")),
                streamStop(),
                streamAbort(5, 6),
                streamCommit(5, 30, 40)));
    for (int i = 1 + random.nextInt(3); i > 0; i--) {
      int chosen = random.nextInt(messages.size());
      byte[] message = messages.get(chosen).clone();
      switch (random.nextInt(3)) {
        case 0 -> message = Arrays.copyOf(message, random.nextInt(message.length + 1));
        case 1 -> {
          if (message.length > 0) {
            message[random.nextInt(message.length)] = (byte) random.nextInt(256);
          }
        }
        default -> message = messages.get(random.nextInt(messages.size()));
      }
      messages.set(chosen, message);
    }
    try {
      Outcome unused = decode(BatchMode.LAST_PER_KEY, messages.toArray(byte[][]::new));
    } catch (LeatException e) {
      assertThat(e.message()).isNotEmpty();
    }
  }
}

package dev.leat.flow.instruction;

import dev.leat.spi.instruction.Instruction;
import dev.leat.spi.instruction.JoinType;
import dev.leat.spi.instruction.Order;
import dev.leat.spi.instruction.Projection;
import dev.leat.spi.instruction.Relation;
import dev.leat.spi.instruction.Write;
import dev.leat.spi.schema.TableId;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Trees of all operations with texts of all kinds; the same for the same seed. */
final class RandomRelations {
  private static final int OPERATIONS = 18;
  private static final String LETTERS = "ab_ \"'\\.\n\t\u0000é\u20ac\ud83d\ude00{}[],:";
  private static final List<JoinType> JOINS = List.of(JoinType.values());
  private static final LocalDate DAY = LocalDate.of(2026, 2, 27);
  private final Random random;

  RandomRelations(long seed) {
    this.random = new Random(seed);
  }

  Instruction instruction() {
    return new Instruction(table(), relation(5), write());
  }

  Relation relation(int depth) {
    return switch (depth == 0 ? random.nextInt(3) : random.nextInt(OPERATIONS)) {
      case 0 -> new Relation.Scan(table());
      case 1 -> new Relation.Sql(text());
      case 2 -> new Relation.NativeSql(text(), text());
      case 3 -> new Relation.Select(relation(depth - 1), list(this::projection));
      case 4 -> new Relation.Filter(relation(depth - 1), text());
      case 5 ->
          new Relation.Join(
              relation(depth - 1),
              relation(depth - 1),
              JOINS.get(random.nextInt(JOINS.size())),
              text(),
              list(this::projection));
      case 6 -> new Relation.Aggregate(relation(depth - 1), texts(), list(this::projection));
      case 7 -> new Relation.Window(relation(depth - 1), list(this::projection));
      case 8 -> new Relation.Union(list(() -> relation(depth - 1)), random.nextBoolean());
      case 9 ->
          new Relation.Dedupe(
              relation(depth - 1), texts(), list(() -> new Order(text(), random.nextBoolean())));
      case 10 ->
          new Relation.Latest(relation(depth - 1), texts(), texts(), perhaps(text()), texts());
      case 11 ->
          new Relation.ChangeFeed(
              relation(depth - 1), text(), texts(), texts(), random.nextBoolean(), perhaps(text()));
      case 12 ->
          new Relation.DeltaTransaction(relation(depth - 1), text(), texts(), texts(), texts());
      case 13 ->
          new Relation.Scd2(
              relation(depth - 1),
              perhaps(table()),
              text(),
              texts(),
              texts(),
              text(),
              random.nextBoolean(),
              text());
      case 14 ->
          new Relation.Sessionize(
              relation(depth - 1), texts(), text(), random.nextLong(), list(this::projection));
      case 15 -> new Relation.GrowthAccounting(relation(depth - 1), texts(), text(), text());
      case 16 -> new Relation.Snapshot(relation(depth - 1), text(), text());
      default -> new Relation.Restrict(relation(depth - 1), table(), text());
    };
  }

  private Write write() {
    return switch (random.nextInt(5)) {
      case 0 -> new Write.Replace();
      case 1 -> new Write.Append();
      case 2 ->
          random.nextBoolean()
              ? new Write.ReplacePartition(text())
              : new Write.ReplacePartition(text(), DAY, perhaps(DAY.plusDays(3)));
      case 3 -> new Write.Merge(List.of(text(), text()), perhaps(text()));
      default -> new Write.ReplaceKeys(List.of(text()));
    };
  }

  private Projection projection() {
    return new Projection(text(), "x" + text());
  }

  private TableId table() {
    return new TableId(text(), text());
  }

  private List<String> texts() {
    return list(this::text);
  }

  private <T> List<T> list(Supplier<T> element) {
    List<T> list = new ArrayList<>();
    for (int i = random.nextInt(3); i > 0; i--) {
      list.add(element.get());
    }
    return list;
  }

  private <T> @Nullable T perhaps(T value) {
    return random.nextBoolean() ? value : null;
  }

  /** Never empty. */
  private String text() {
    StringBuilder text = new StringBuilder("t");
    int[] letters = LETTERS.codePoints().toArray();
    for (int i = random.nextInt(6); i > 0; i--) {
      text.appendCodePoint(letters[random.nextInt(letters.length)]);
    }
    return text.toString();
  }
}

package dev.leat.postgres.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.leat.postgres.schema.ColumnNumbers.Attribute;
import dev.leat.spi.error.LeatException;
import dev.leat.spi.schema.Column;
import dev.leat.spi.schema.LogicalType.Primitive;
import dev.leat.spi.schema.TableId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class ColumnNumbersTest {
  private static final TableId TABLE = new TableId("public", "t");

  private static List<Integer> numbers(String known, String now, String... names) {
    return new ColumnNumbers(TABLE, columns(known), attributes(now)).of(List.of(names));
  }

  /** {@code a b} are columns 1 and 2, {@code -} is none. */
  private static List<Column> columns(String text) {
    List<Column> columns = new ArrayList<>();
    String[] names = text.split(" ", -1);
    for (int i = 0; i < names.length; i++) {
      if (!names[i].equals("-")) {
        columns.add(new Column(i + 1, names[i], Primitive.TEXT, true, "text"));
      }
    }
    return columns;
  }

  /** As {@link #columns}, but {@code -} was dropped. */
  private static List<Attribute> attributes(String text) {
    List<Attribute> attributes = new ArrayList<>();
    for (String name : text.split(" ", -1)) {
      attributes.add(new Attribute(attributes.size() + 1, name, name.equals("-")));
    }
    return attributes;
  }

  @Test
  void takesNumbersFromTheCatalogs() {
    assertThat(numbers("-", "a - c", "a", "c")).containsExactly(1, 3);
    assertThat(numbers("a b", "a b", "a", "b")).containsExactly(1, 2);
  }

  @Test
  void knowsARenamedColumn() {
    assertThat(numbers("a b c", "a x c", "a", "x", "c")).containsExactly(1, 2, 3);
    assertThat(numbers("a b c", "a y c", "a", "x", "c")).containsExactly(1, 2, 3);
    assertThat(numbers("a b", "b a", "b", "a")).containsExactly(1, 2);
  }

  @Test
  void knowsANewColumnFromARenamedOne() {
    assertThat(numbers("a b", "a b c", "a", "b", "c")).containsExactly(1, 2, 3);
    assertThat(numbers("a b", "a - c", "a", "c")).containsExactly(1, 3);
    assertThat(numbers("a b", "a - b", "a", "b")).containsExactly(1, 2);
    assertThat(numbers("a b c", "a - c b", "a", "c", "b")).containsExactly(1, 3, 4);
    assertThat(numbers("a b", "a c b", "a", "b")).containsExactly(1, 2);
  }

  @Test
  void isNotMisledByWhatHappenedLater() {
    assertThat(numbers("a b", "a b - d", "a", "b", "c")).containsExactly(1, 2, 3);
    assertThat(numbers("a b", "a b x d", "a", "b", "d")).containsExactly(1, 2, 3);
    assertThat(numbers("a b", "a b - d", "a", "b", "d")).containsExactly(1, 2, 4);
  }

  @Test
  void goesByNamesWhenTheTableIsGone() {
    assertThat(new ColumnNumbers(TABLE, columns("a b"), List.of()).of(List.of("a", "c")))
        .containsExactly(1, 3);
    assertThat(new ColumnNumbers(TABLE, columns("a b"), List.of()).of(List.of("a", "b", "c")))
        .containsExactly(1, 2, 3);
  }

  @Test
  void refusesToGuess() {
    // Column 2 was not published before.
    assertThatThrownBy(() -> numbers("a - c", "a b c", "a", "b", "c"))
        .isInstanceOf(LeatException.class)
        .hasMessageContaining("public.t");
    assertThatThrownBy(() -> numbers("a b", "a b", "a")).isInstanceOf(LeatException.class);
  }

  /** Each step is looked at with the catalogs as they are at once, or several steps later. */
  @Test
  void findsTheNumbersAtEveryStepOfRandomHistories() {
    for (int seed = 0; seed < 2_000; seed++) {
      Random random = new Random(seed);
      Map<Integer, String> table = new LinkedHashMap<>();
      int numbers = 0;
      for (; numbers < 3; numbers++) {
        table.put(numbers + 1, "c" + numbers);
      }
      for (int step = 0; step < 8; step++) {
        Map<Integer, String> before = new LinkedHashMap<>(table);
        List<Integer> columns = new ArrayList<>(table.keySet());
        int picked = columns.get(random.nextInt(columns.size()));
        switch (random.nextInt(3)) {
          case 0 -> table.put(++numbers, "n" + random.nextInt(1000) + "_" + step);
          case 1 -> table.put(picked, "r" + random.nextInt(1000) + "_" + step);
          default -> {
            if (table.size() > 1) {
              table.remove(picked);
            }
          }
        }
        List<Attribute> now = new ArrayList<>();
        for (int number = 1; number <= numbers; number++) {
          String name = table.get(number);
          now.add(new Attribute(number, name == null ? "-" : name, name == null));
        }
        List<Column> known = new ArrayList<>();
        before.forEach(
            (number, name) -> known.add(new Column(number, name, Primitive.TEXT, true, "text")));

        assertThat(new ColumnNumbers(TABLE, known, now).of(List.copyOf(table.values())))
            .as("seed %d, step %d", seed, step)
            .containsExactlyElementsOf(table.keySet());
      }
    }
  }
}

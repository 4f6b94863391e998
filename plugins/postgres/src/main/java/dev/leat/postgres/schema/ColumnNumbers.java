package dev.leat.postgres.schema;

import dev.leat.postgres.connect.PostgresErrors;
import dev.leat.spi.error.LeatException;
import dev.leat.spi.schema.Column;
import dev.leat.spi.schema.TableId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Finds the numbers ({@code attnum}) of the columns that a Relation message names. The message has
 * none, and the catalogs may be ahead of it; but columns come in the order of their numbers,
 * numbers only grow, and a column that exists now has existed ever since it was made. So the
 * message's columns are those known before that were not dropped meanwhile, perhaps renamed, and
 * behind them the new ones.
 */
public final class ColumnNumbers {
  private static final long DOUBTFUL = 1_000;
  private static final long IMPOSSIBLE = 1_000_000;

  private final TableId table;
  private final List<Column> known;
  private final Map<Integer, Attribute> now;

  /**
   * A column in the catalogs.
   *
   * @param name also of a dropped one, where it says nothing any more
   */
  public record Attribute(int number, String name, boolean dropped) {}

  /**
   * @param known the table's columns at an earlier place in the stream
   * @param now all columns in the catalogs, dropped ones too; empty if the table is gone
   */
  public ColumnNumbers(TableId table, List<Column> known, List<Attribute> now) {
    this.table = table;
    this.known = List.copyOf(known);
    this.now = new TreeMap<>();
    now.forEach(attribute -> this.now.put(attribute.number(), attribute));
  }

  /** The numbers of the columns that a message names, in its order. */
  public List<Integer> of(List<String> names) {
    List<Integer> numbers = new ArrayList<>();
    long[][] costs = costs(names);
    if (costs[0][0] >= DOUBTFUL) {
      throw unclear();
    }
    int place = 0;
    for (int i = 0; i < known.size(); i++) {
      boolean kept =
          place < names.size()
              && costs[i][place] == costOfName(i, names, place) + costs[i + 1][place + 1];
      if (kept) {
        numbers.add(known.get(i).number());
        place++;
      }
    }
    int last = known.stream().mapToInt(Column::number).max().orElse(0);
    for (; place < names.size(); place++) {
      last = added(names.get(place), last);
      numbers.add(last);
    }
    return numbers;
  }

  /**
   * How doubtful it is at least that the known columns from an index on are, where they were kept,
   * the names from a place on.
   */
  private long[][] costs(List<String> names) {
    long[][] costs = new long[known.size() + 1][names.size() + 1];
    for (int i = known.size() - 1; i >= 0; i--) {
      for (int place = names.size(); place >= 0; place--) {
        long kept =
            place == names.size()
                ? IMPOSSIBLE
                : costOfName(i, names, place) + costs[i + 1][place + 1];
        costs[i][place] = Math.min(kept, costOfDropping(i, names) + costs[i + 1][place]);
      }
    }
    return costs;
  }

  private long costOfName(int index, List<String> names, int place) {
    Column column = known.get(index);
    String name = names.get(place);
    Attribute attribute = now.get(column.number());
    boolean confirmed = attribute != null && !attribute.dropped() && attribute.name().equals(name);
    if (column.name().equals(name) || confirmed) {
      return 0;
    }
    boolean namesMoved =
        names.contains(column.name())
            || known.stream().anyMatch(other -> other.name().equals(name));
    return namesMoved ? DOUBTFUL : 2;
  }

  /** A column that exists now was not dropped; one whose name is there probably neither. */
  private long costOfDropping(int index, List<String> names) {
    Column column = known.get(index);
    Attribute attribute = now.get(column.number());
    if (attribute != null && !attribute.dropped()) {
      return IMPOSSIBLE;
    }
    return names.contains(column.name()) ? 1 : 0;
  }

  /**
   * The number of a new column. One that exists now and has the next number was made before those
   * behind it, so it is the next one here, too, whatever it is called by now; one that was dropped
   * since may have come and gone in between.
   */
  private int added(String name, int after) {
    List<Attribute> behind =
        now.values().stream().filter(attribute -> attribute.number() > after).toList();
    for (int i = 0; i < behind.size(); i++) {
      Attribute attribute = behind.get(i);
      Attribute live =
          behind.subList(i, behind.size()).stream()
              .filter(other -> !other.dropped())
              .findFirst()
              .orElse(attribute);
      if (!attribute.dropped() || !live.name().equals(name)) {
        return attribute.number();
      }
    }
    return after + 1;
  }

  private LeatException unclear() {
    return new LeatException(
        PostgresErrors.SCHEMA_CHANGED,
        "The columns of %s changed in a way that the change stream does not tell.".formatted(table),
        "`leat resync " + table + "` copies the table anew with its present columns.");
  }
}

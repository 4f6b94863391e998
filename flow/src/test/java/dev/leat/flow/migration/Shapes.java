package dev.leat.flow.migration;

import dev.leat.spi.schema.Column;
import dev.leat.spi.schema.LogicalType;
import dev.leat.spi.schema.TableId;
import java.util.Arrays;
import java.util.List;

/** Shapes of one dataset in a few words. */
final class Shapes {
  static final TableId ORDERS = new TableId("silver", "orders");

  private Shapes() {}

  /**
   * Reads a shape.
   *
   * @param columns such as {@code id INT64 !}, with commas between them; {@code !} is not NULL
   * @param key columns
   */
  static DatasetShape shape(String columns, String... key) {
    return new DatasetShape(
        ORDERS,
        Arrays.stream(columns.split(", "))
            .filter(text -> !text.isBlank())
            .map(Shapes::column)
            .toList(),
        List.of(key));
  }

  private static Column column(String text) {
    List<String> words = List.of(text.strip().split(" "));
    return new Column(
        words.get(0), LogicalType.parse(words.get(1)), !words.contains("!"), words.get(1));
  }
}

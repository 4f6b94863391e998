package dev.leat.spi.batch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.leat.spi.schema.LogicalType;
import dev.leat.spi.schema.LogicalType.ListOf;
import dev.leat.spi.schema.LogicalType.Primitive;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.FieldVector;
import org.jspecify.annotations.Nullable;

/** Each property also shows that no memory is lost: the allocator refuses to close otherwise. */
class ColumnWriterTest {
  private static final List<LogicalType> TYPES =
      List.of(
          Primitive.BOOLEAN,
          Primitive.INT64,
          Primitive.TEXT,
          new ListOf(Primitive.INT64),
          new ListOf(Primitive.TEXT),
          new ListOf(Primitive.BOOLEAN));

  /** Any appending, taking back and copying leaves what a list of objects would hold. */
  @Property(tries = 300)
  void holdsWhatWasAppended(@ForAll long seed) {
    Random random = new Random(seed);
    LogicalType type = TYPES.get(random.nextInt(TYPES.size()));
    List<@Nullable String> expected = new ArrayList<>();
    try (RootAllocator allocator = new RootAllocator();
        ColumnWriter writer = ColumnTypes.writer(type, allocator, 1 + random.nextInt(100))) {
      for (int i = random.nextInt(500); i > 0; i--) {
        switch (random.nextInt(8)) {
          case 0 -> {
            writer.appendNull();
            expected.add(null);
          }
          case 1 -> {
            int size = random.nextInt(expected.size() + 1);
            if (random.nextInt(4) > 0) {
              size = Math.max(size, expected.size() - 2);
            }
            writer.truncate(size);
            expected.subList(size, expected.size()).clear();
          }
          case 2 -> {
            if (!expected.isEmpty()) {
              int row = random.nextInt(expected.size());
              writer.appendFrom(writer, row);
              expected.add(expected.get(row));
            }
          }
          default -> expected.add(append(writer, type, random));
        }
      }
      if (!expected.isEmpty()) {
        int a = random.nextInt(expected.size());
        int b = random.nextInt(expected.size());
        assertThat(writer.same(a, b))
            .isEqualTo(java.util.Objects.equals(expected.get(a), expected.get(b)));
        if (expected.get(a) != null && writer.same(a, b)) {
          assertThat(writer.hash(a)).isEqualTo(writer.hash(b));
        }
      }
      try (FieldVector vector = writer.toVector(ColumnTypes.field("c", type))) {
        assertThat(vector.getValueCount()).isEqualTo(expected.size());
        for (int row = 0; row < expected.size(); row++) {
          Object value = vector.getObject(row);
          assertThat(value == null ? null : value.toString()).isEqualTo(expected.get(row));
        }
      }
    }
  }

  private static String append(ColumnWriter writer, LogicalType type, Random random) {
    switch (writer) {
      case BooleanColumnWriter booleans -> {
        boolean value = random.nextBoolean();
        booleans.appendBoolean(value);
        return Boolean.toString(value);
      }
      case FixedColumnWriter longs -> {
        long value = random.nextInt(4);
        longs.appendLong(value);
        return Long.toString(value);
      }
      case BytesColumnWriter texts -> {
        String value = "x".repeat(random.nextInt(40));
        texts.appendBytes(value.getBytes(StandardCharsets.UTF_8), 0, value.length());
        return value;
      }
      case ListColumnWriter lists -> {
        List<String> values = new ArrayList<>();
        LogicalType element = ((ListOf) type).element();
        for (int i = random.nextInt(4); i > 0; i--) {
          String value = append(lists.elements(), element, random);
          values.add(element == Primitive.TEXT ? '"' + value + '"' : value);
        }
        lists.endList();
        return "[" + String.join(",", values) + "]";
      }
    }
  }
}

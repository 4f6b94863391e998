package dev.leat.app.conformance;

import static dev.leat.app.conformance.Workbench.column;
import static dev.leat.app.conformance.Workbench.onEveryEngine;
import static dev.leat.app.conformance.Workbench.row;
import static org.assertj.core.api.Assertions.assertThat;

import dev.leat.spi.engine.Mark;
import dev.leat.spi.instruction.Write;
import dev.leat.spi.schema.Column;
import dev.leat.spi.schema.LogicalType.Decimal;
import dev.leat.spi.schema.LogicalType.Primitive;
import dev.leat.spi.schema.TableId;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Any sequence of writes into one table, against a list. */
class WritesIT {
  private static final TableId TABLE = new TableId("written", "To \"this\"");
  private static final List<Column> COLUMNS =
      List.of(
          column("k", Primitive.TEXT),
          column("day", Primitive.DATE),
          column("amount", new Decimal(12, 2)));
  private static final LocalDate SPRING = LocalDate.of(2024, 3, 1);
  private static final Column GONE = column("gone", Primitive.BOOLEAN);

  record Line(String k, LocalDate day, BigDecimal amount, Boolean gone) {
    List<Object> values() {
      return row(k, day, amount);
    }
  }

  record Step(Write write, List<Line> lines) {}

  @Provide
  Arbitrary<List<Step>> steps() {
    Arbitrary<Write> write =
        Arbitraries.of(
            new Write.Replace(),
            new Write.Append(),
            new Write.ReplacePartition("day"),
            new Write.ReplacePartition("k"),
            new Write.ReplacePartition("day", SPRING, null),
            new Write.ReplacePartition("day", SPRING, SPRING.plusDays(1)),
            new Write.Merge(List.of("k"), null),
            new Write.Merge(List.of("k", "day"), "gone"),
            new Write.ReplaceKeys(List.of("k")));
    Arbitrary<Line> line =
        Combinators.combine(
                Item.keys(),
                Arbitraries.integers()
                    .between(28, 30)
                    .map(day -> LocalDate.of(2024, 2, 1).plusDays(day))
                    .injectNull(0.2),
                Item.amounts(),
                Arbitraries.of(true, false).injectNull(0.3))
            .as(Line::new);
    return Combinators.combine(write, line.list().ofMaxSize(5))
        .as((how, lines) -> new Step(how, fitting(how, lines)))
        .list()
        .ofMinSize(1)
        .ofMaxSize(5);
  }

  /** Keys that the write asks for: without NULL, and for a merge each once. */
  private static List<Line> fitting(Write write, List<Line> lines) {
    return switch (write) {
      case Write.Replace _, Write.Append _ -> lines;
      case Write.ReplacePartition partition ->
          partition.from() == null
              ? lines
              : lines.stream().filter(line -> within(partition, line)).toList();
      case Write.ReplaceKeys _ -> lines.stream().filter(line -> line.k != null).toList();
      case Write.Merge merge -> {
        Map<List<Object>, Line> unique = new LinkedHashMap<>();
        lines.stream()
            .filter(line -> key(merge.key(), line).stream().allMatch(Objects::nonNull))
            .forEach(line -> unique.put(key(merge.key(), line), line));
        yield List.copyOf(unique.values());
      }
    };
  }

  /** What has no day is after everything. */
  private static boolean within(Write.ReplacePartition partition, Line line) {
    return line.day == null
        ? partition.to() == null
        : !line.day.isBefore(partition.from())
            && (partition.to() == null || line.day.isBefore(partition.to()));
  }

  private static List<Object> key(List<String> names, Line line) {
    List<Object> key = new ArrayList<>();
    names.forEach(name -> key.add(name.equals("k") ? line.k : line.day));
    return key;
  }

  @Property(tries = 30)
  @Covers({
    Write.Replace.class,
    Write.Append.class,
    Write.ReplacePartition.class,
    Write.Merge.class,
    Write.ReplaceKeys.class
  })
  void leadToTheRowsOfTheModel(@ForAll("steps") List<Step> steps) {
    onEveryEngine(
        bench -> {
          bench.engine().drop(List.of(TABLE));
          List<Line> model = new ArrayList<>();
          for (Step step : steps) {
            apply(step, model);
            assertThat(publish(bench, step)).isEqualTo(model.size());
            assertThat(bench.content(TABLE))
                .containsExactlyInAnyOrderElementsOf(model.stream().map(Line::values).toList());
          }
        });
  }

  private static void apply(Step step, List<Line> model) {
    switch (step.write) {
      case Write.Replace _ -> model.clear();
      case Write.Append _ -> {}
      case Write.ReplacePartition partition -> {
        if (partition.from() == null) {
          remove(step, model, List.of(partition.column()));
        } else {
          model.removeIf(line -> within(partition, line));
        }
      }
      case Write.Merge merge -> remove(step, model, merge.key());
      case Write.ReplaceKeys keys -> remove(step, model, keys.key());
    }
    boolean deletes = step.write instanceof Write.Merge merge && merge.deleted() != null;
    step.lines.stream()
        .filter(line -> !deletes || !Boolean.TRUE.equals(line.gone))
        .forEach(model::add);
  }

  private static void remove(Step step, List<Line> model, List<String> names) {
    Set<List<Object>> replaced =
        step.lines.stream().map(line -> key(names, line)).collect(Collectors.toSet());
    model.removeIf(line -> replaced.contains(key(names, line)));
  }

  private static long publish(Workbench bench, Step step) {
    boolean deletes = step.write instanceof Write.Merge merge && merge.deleted() != null;
    List<Column> columns = new ArrayList<>(COLUMNS);
    List<List<Object>> rows = new ArrayList<>();
    if (deletes) {
      columns.add(GONE);
    }
    for (Line line : step.lines) {
      List<Object> row = new ArrayList<>(line.values());
      if (deletes) {
        row.add(line.gone);
      }
      rows.add(row);
    }
    return bench
        .rows()
        .publish(
            TABLE,
            step.write,
            columns,
            rows,
            new Mark("writes", "", "run", "fingerprint", null, Workbench.NOW));
  }
}

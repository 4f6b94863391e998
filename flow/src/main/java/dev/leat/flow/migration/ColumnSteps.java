package dev.leat.flow.migration;

import dev.leat.spi.schema.Column;
import dev.leat.spi.schema.ColumnChange;
import java.util.ArrayList;
import java.util.List;

/**
 * The changes of a table that make up a difference, in an order in which an engine can follow:
 * columns that are gone, new names, new types, new columns. Where no column stays, new ones come
 * first: most engines have no table without columns.
 */
final class ColumnSteps {
  private static final String REPLACED = "_leat_replaced_";

  private ColumnSteps() {}

  static List<ColumnChange> of(SchemaDiff diff) {
    List<ColumnChange> dropped = new ArrayList<>();
    List<ColumnChange.Renamed> renamed = new ArrayList<>();
    List<ColumnChange> retyped = new ArrayList<>();
    List<ColumnChange> added = new ArrayList<>();
    for (SchemaDifference difference : diff.differences()) {
      switch (difference) {
        case SchemaDifference.Added(Column column) -> added.add(new ColumnChange.Added(column));
        case SchemaDifference.Dropped(Column column) ->
            dropped.add(new ColumnChange.Dropped(column));
        case SchemaDifference.Renamed(Column before, Column after) -> {
          if (keepsColumn(before, after)) {
            renamed.add(new ColumnChange.Renamed(before, named(before, after.name())));
          }
        }
        case SchemaDifference.Retyped(Column before, Column after, TypeChange how) -> {
          if (how == TypeChange.UNRELATED) {
            dropped.add(new ColumnChange.Dropped(before));
            added.add(new ColumnChange.Added(after));
          } else {
            retyped.add(new ColumnChange.Retyped(named(before, after.name()), after));
          }
        }
        case SchemaDifference.NullabilityChanged _, SchemaDifference.KeyChanged _ -> {}
      }
    }
    if (!dropped.isEmpty() && dropped.size() == diff.before().columns().size()) {
      return replacing(dropped, added);
    }
    List<ColumnChange> steps = new ArrayList<>(dropped);
    steps.addAll(inOrder(renamed));
    steps.addAll(retyped);
    steps.addAll(added);
    return steps;
  }

  private static boolean keepsColumn(Column before, Column after) {
    return TypeChange.of(before.type(), after.type()) != TypeChange.UNRELATED;
  }

  /** None of the columns stays; the old ones give up their names first. */
  private static List<ColumnChange> replacing(
      List<ColumnChange> dropped, List<ColumnChange> added) {
    List<ColumnChange> steps = new ArrayList<>();
    List<ColumnChange> last = new ArrayList<>();
    for (ColumnChange change : dropped) {
      if (change instanceof ColumnChange.Dropped(Column column)) {
        Column aside = named(column, REPLACED + last.size());
        steps.add(new ColumnChange.Renamed(column, aside));
        last.add(new ColumnChange.Dropped(aside));
      }
    }
    steps.addAll(added);
    steps.addAll(last);
    return steps;
  }

  /** A name is given only when no column has it any more. */
  private static List<ColumnChange> inOrder(List<ColumnChange.Renamed> renames) {
    List<ColumnChange.Renamed> left = new ArrayList<>(renames);
    List<ColumnChange> ordered = new ArrayList<>();
    while (!left.isEmpty()) {
      ColumnChange.Renamed next =
          left.stream()
              .filter(rename -> left.stream().noneMatch(other -> isInTheWay(other, rename)))
              .findFirst()
              .orElseThrow(() -> new IllegalArgumentException("names go round in a circle"));
      left.remove(next);
      ordered.add(next);
    }
    return ordered;
  }

  private static boolean isInTheWay(ColumnChange.Renamed other, ColumnChange.Renamed rename) {
    return other.before().name().equals(rename.after().name());
  }

  private static Column named(Column column, String name) {
    return new Column(column.number(), name, column.type(), column.nullable(), column.sourceType());
  }
}

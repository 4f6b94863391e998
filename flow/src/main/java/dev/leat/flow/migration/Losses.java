package dev.leat.flow.migration;

import dev.leat.spi.schema.Column;
import java.util.List;
import java.util.Optional;

/** What a change of columns does to the values that are there, in sentences for people. */
final class Losses {
  private Losses() {}

  static List<String> of(SchemaDiff diff) {
    if (!diff.before().exists()) {
      return List.of();
    }
    if (!diff.after().exists()) {
      return List.of("all rows of " + diff.before().dataset());
    }
    return diff.differences().stream().flatMap(each -> loss(each).stream()).toList();
  }

  private static Optional<String> loss(SchemaDifference difference) {
    return switch (difference) {
      case SchemaDifference.Dropped(Column column) -> Optional.of("the values of " + column.name());
      case SchemaDifference.Retyped(Column before, Column after, TypeChange how) ->
          switch (how) {
            case SAME, WIDENING -> Optional.empty();
            case NARROWING ->
                Optional.of(
                    "what %s cannot hold of the values of %s: they are rounded or cut, or nothing is changed at all"
                        .formatted(after.type(), before.name()));
            case UNRELATED ->
                Optional.of(
                    "the values of %s: none of %s can be made of %s"
                        .formatted(before.name(), after.type(), before.type()));
          };
      case SchemaDifference.Added _,
          SchemaDifference.Renamed _,
          SchemaDifference.NullabilityChanged _,
          SchemaDifference.KeyChanged _ ->
          Optional.empty();
    };
  }
}

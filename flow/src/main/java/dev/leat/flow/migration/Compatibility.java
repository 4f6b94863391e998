package dev.leat.flow.migration;

import dev.leat.spi.schema.Column;
import java.util.List;
import java.util.Optional;

/**
 * Which changes of a dataset are allowed, with the meaning that the words have in schema
 * registries. A reader of shape S can read rows of shape T if
 *
 * <ul>
 *   <li>every column of S is in T with the same type or one that widens to it (see {@link
 *       TypeChange#of}), or is not in T and may be NULL, as which it is read;
 *   <li>no column that may be NULL in T may not in S;
 *   <li>S has no key, or all columns of T's key are in it, so that what is unique in T is unique in
 *       S;
 *   <li>no column of S was renamed, unless S is the newer shape: it knows the old name.
 * </ul>
 *
 * Columns of T that are not in S do not matter.
 */
public enum Compatibility {
  /** Any change. */
  NONE,
  /**
   * Readers of the new shape can read old rows: new columns that may be NULL, columns that go,
   * wider types, NULL where there was none, declared renames.
   */
  BACKWARD,
  /**
   * Readers of the old shape can read new rows: new columns, columns that go where they might have
   * been NULL, narrower types, no NULL where there was some.
   */
  FORWARD,
  /** Both: new columns that may be NULL, and such columns that go. */
  FULL;

  /** Why a difference is not allowed; empty if it is. */
  Optional<String> refuses(SchemaDifference difference) {
    Optional<String> back =
        this == BACKWARD || this == FULL ? breaksNewReaders(difference) : Optional.empty();
    return back.isPresent() || this == NONE || this == BACKWARD
        ? back
        : breaksOldReaders(difference);
  }

  private static Optional<String> breaksNewReaders(SchemaDifference difference) {
    return switch (difference) {
      case SchemaDifference.Added(Column column) ->
          because(!column.nullable(), "rows that are there have no value for it");
      case SchemaDifference.Dropped _, SchemaDifference.Renamed _ -> Optional.empty();
      case SchemaDifference.Retyped(Column before, Column after, TypeChange how) ->
          because(
              !how.keepsValues(),
              "%s cannot hold every value of %s".formatted(after.type(), before.type()));
      case SchemaDifference.NullabilityChanged(Column _, Column after) ->
          because(!after.nullable(), "rows that are there may have NULL in it");
      case SchemaDifference.KeyChanged(List<String> before, List<String> after) ->
          because(!keeps(before, after), "rows that are there need not be unique in it");
    };
  }

  private static Optional<String> breaksOldReaders(SchemaDifference difference) {
    return switch (difference) {
      case SchemaDifference.Added _ -> Optional.empty();
      case SchemaDifference.Dropped(Column column) ->
          because(!column.nullable(), "readers rely on a value in it");
      case SchemaDifference.Renamed _ -> because(true, "readers do not know the new name");
      case SchemaDifference.Retyped(Column before, Column after, TypeChange _) ->
          because(
              !TypeChange.of(after.type(), before.type()).keepsValues(),
              "readers of %s cannot read every %s".formatted(before.type(), after.type()));
      case SchemaDifference.NullabilityChanged(Column _, Column after) ->
          because(after.nullable(), "readers do not expect NULL in it");
      case SchemaDifference.KeyChanged(List<String> before, List<String> after) ->
          because(!keeps(after, before), "readers rely on the key as it was");
    };
  }

  /** Whether what is unique in {@code held} is unique in {@code needed}. */
  private static boolean keeps(List<String> held, List<String> needed) {
    return needed.isEmpty() || (!held.isEmpty() && needed.containsAll(held));
  }

  private static Optional<String> because(boolean broken, String reason) {
    return broken ? Optional.of(reason) : Optional.empty();
  }
}

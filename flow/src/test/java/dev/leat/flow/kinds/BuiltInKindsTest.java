package dev.leat.flow.kinds;

import static org.assertj.core.api.Assertions.assertThat;

import dev.leat.spi.kind.StepKind;
import dev.leat.spi.kind.SystemColumn;
import dev.leat.spi.plugin.Option;
import dev.leat.spi.plugin.OptionType;
import java.util.List;
import org.junit.jupiter.api.Test;

class BuiltInKindsTest {
  /**
   * What the reader of flow files has for every step; only {@code from} is another inside a table.
   */
  private static final List<String> OF_EVERY_STEP =
      List.of(
          "kind",
          "into",
          "from",
          "write",
          "new_columns",
          "engine",
          "after",
          "pool",
          "retry",
          "timeout",
          "description");

  @Test
  void namesAreUniqueAndSaidInOneLine() {
    assertThat(BuiltInKinds.all()).extracting(StepKind::name).doesNotHaveDuplicates();
    for (StepKind kind : BuiltInKinds.all()) {
      assertThat(kind.name()).matches("[a-z][a-z0-9_]*");
      assertThat(kind.summary()).isNotBlank().doesNotContain("\n");
    }
  }

  @Test
  void everyOptionHasASummaryAndAnExample() {
    for (StepKind kind : BuiltInKinds.all()) {
      assertThat(kind.options()).extracting(Option::key).doesNotHaveDuplicates();
      assertThat(kind.options()).extracting(Option::key).doesNotContainAnyElementsOf(OF_EVERY_STEP);
      kind.options().forEach(option -> isDescribed(kind, option));
    }
  }

  private static void isDescribed(StepKind kind, Option option) {
    String where = kind.name() + "." + option.key();
    assertThat(option.summary()).as(where).isNotBlank().doesNotContain("\n").doesNotEndWith(".");
    assertThat(option.example()).as(where).isNotBlank();
    assertThat(option.required() && !option.defaultValue().isEmpty()).as(where).isFalse();
    assertThat(option.fields().isEmpty()).as(where).isEqualTo(option.type() != OptionType.TABLE);
    assertThat(option.choices().isEmpty()).as(where).isEqualTo(option.type() != OptionType.CHOICE);
    option.fields().forEach(field -> isDescribed(kind, field));
  }

  @Test
  void systemColumnsAreDescribed() {
    for (StepKind kind : BuiltInKinds.all()) {
      assertThat(kind.systemColumns()).extracting(SystemColumn::name).doesNotHaveDuplicates();
      for (SystemColumn column : kind.systemColumns()) {
        assertThat(column.type()).as(column.name()).isNotBlank();
        assertThat(column.meaning()).as(column.name()).isNotBlank();
      }
    }
  }

  @Test
  void onlyFilesAndTasksAreNoDatasets() {
    assertThat(BuiltInKinds.all())
        .filteredOn(kind -> !kind.makesDataset())
        .extracting(StepKind::name)
        .containsExactly("export", "task");
  }
}

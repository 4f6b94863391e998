package dev.leat.config;

import dev.leat.flow.Place;
import dev.leat.flow.check.CheckModel;
import dev.leat.flow.check.CheckModel.Severity;
import dev.leat.flow.check.CheckModel.Tolerance;
import dev.leat.flow.check.Rule;
import dev.leat.spi.plugin.OptionValues;
import dev.leat.spi.schema.TableId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.tomlj.TomlArray;
import org.tomlj.TomlTable;

/** Reads the checks of one dataset. */
final class CheckSection {
  private final Section section;
  private final TableId dataset;
  private final List<CheckModel> checks = new ArrayList<>();
  private final Set<String> names = new HashSet<>();
  private Usual usual = new Usual(Severity.ERROR, Tolerance.NONE, CheckModel.USUAL_SAMPLE);

  CheckSection(Section section, TableId dataset) {
    this.section = section;
    this.dataset = dataset;
  }

  /** What holds where a rule says nothing else. */
  private record Usual(Severity severity, Tolerance tolerance, int sample) {
    Usual with(OptionValues values) {
      return new Usual(
          values
              .optional("severity", String.class)
              .map(word -> word.equals("warn") ? Severity.WARN : Severity.ERROR)
              .orElse(severity),
          values.optional("max", Object.class).flatMap(CheckSection::tolerance).orElse(tolerance),
          values
              .optional("sample", Long.class)
              .map(rows -> Math.clamp(rows, 0, 1_000_000))
              .orElse(sample));
    }
  }

  List<CheckModel> read() {
    usual = usual.with(section.read(CheckOptions.section()));
    notNull(section.toml().get(List.of("not_null")), section.placeOf("not_null"));
    unique(section.toml().get(List.of("unique")), section.placeOf("unique"));
    CheckRules rules = new CheckRules(this::add);
    each("accepted", rules::accepted);
    each("range", rules::range);
    each("pattern", rules::pattern);
    each("reference", rules::reference);
    table("rows").ifPresent(rules::rows);
    table("freshness").ifPresent(rules::freshness);
    table("columns").ifPresent(rules::contract);
    each("distribution", rules::distribution);
    each("sql", rules::sql);
    table("reconcile").ifPresent(rules::reconcile);
    return checks;
  }

  /** Takes rules as they are found. */
  interface Found {
    /**
     * Takes one.
     *
     * @param name of the check
     * @param own what stands beside the rule; null if nothing can
     */
    void add(String name, Rule rule, Place place, @Nullable OptionValues own);
  }

  private void add(String name, Rule rule, Place place, @Nullable OptionValues own) {
    if (!names.add(name)) {
      section.reportAt(
          place,
          "CONFIG_DUPLICATE_CHECK",
          "[" + section.title() + "] has two checks " + name,
          "remove one of them");
      return;
    }
    Usual usual = own == null ? this.usual : this.usual.with(own);
    checks.add(
        new CheckModel(
            name,
            dataset,
            rule,
            usual.severity(),
            rule.aboutRows() ? usual.tolerance() : Tolerance.NONE,
            rule.aboutRows() ? usual.sample() : 0,
            place));
  }

  private void notNull(@Nullable Object written, Place place) {
    switch (written) {
      case null -> {}
      case String column -> notNull(List.of(column), place, null);
      case TomlTable table -> {
        OptionValues own = form("not_null", table, place);
        notNull(own.strings("columns"), place, own);
      }
      case TomlArray array when !array.isEmpty() -> items(array, this::notNull);
      default -> wrong("not_null", place);
    }
  }

  private void notNull(List<String> columns, Place place, @Nullable OptionValues own) {
    columns.forEach(column -> add("not_null." + column, new Rule.NotNull(column), place, own));
  }

  private void unique(@Nullable Object written, Place place) {
    switch (written) {
      case null -> {}
      case String column -> unique(List.of(column), place, null);
      case TomlTable table -> {
        OptionValues own = form("unique", table, place);
        unique(own.strings("columns"), place, own);
      }
      case TomlArray array when !array.isEmpty() -> {
        List<String> key = texts(array);
        if (key.isEmpty()) {
          items(array, this::unique);
        } else {
          unique(key, place, null);
        }
      }
      default -> wrong("unique", place);
    }
  }

  private void unique(List<String> key, Place place, @Nullable OptionValues own) {
    if (!key.isEmpty()) {
      add("unique." + String.join("+", key), new Rule.Unique(key), place, own);
    }
  }

  private OptionValues form(String key, TomlTable table, Place place) {
    return section.inner(key, table, place).read(CheckOptions.COLUMNS);
  }

  private void wrong(String key, Place place) {
    section.reportAt(
        place,
        "CONFIG_WRONG_TYPE",
        key + " is not a list of columns",
        "write for example " + key + " = [\"order_id\"]");
  }

  /** Each {@code key.NAME}. */
  private void each(String key, BiConsumer<Section, String> read) {
    table(key).ifPresent(inner -> inner.toml().keySet().forEach(name -> read.accept(inner, name)));
  }

  private Optional<Section> table(String key) {
    Object written = section.toml().get(List.of(key));
    if (written instanceof TomlTable table && !table.isEmpty()) {
      return Optional.of(section.inner(key, table, section.placeOf(key)));
    }
    if (written != null) {
      String example =
          CheckOptions.FORMS.stream()
              .filter(form -> form.key().equals(key))
              .map(form -> form.examples().getFirst())
              .findFirst()
              .orElse("{}");
      section.report(
          "CONFIG_WRONG_TYPE",
          key + " is not a table with something in it",
          key,
          "write for example " + key + " = " + example);
    }
    return Optional.empty();
  }

  private static void items(TomlArray array, BiConsumer<Object, Place> read) {
    for (int i = 0; i < array.size(); i++) {
      var at = array.inputPositionOf(i);
      read.accept(array.get(i), at == null ? Place.UNKNOWN : new Place(at.line(), at.column()));
    }
  }

  /** The texts of a list of nothing but texts; empty if it is something else. */
  static List<String> texts(TomlArray array) {
    List<String> texts = new ArrayList<>();
    for (Object item : array.toList()) {
      if (!(item instanceof String text)) {
        return List.of();
      }
      texts.add(text);
    }
    return texts;
  }

  private static Optional<Tolerance> tolerance(Object value) {
    return switch (value) {
      case Long rows -> Optional.of(new Tolerance(rows, 0));
      case Double share -> Optional.of(new Tolerance(0, share));
      default -> Optional.empty();
    };
  }
}

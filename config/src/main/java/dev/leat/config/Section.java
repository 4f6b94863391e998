package dev.leat.config;

import dev.leat.flow.Place;
import dev.leat.spi.error.Spelling;
import dev.leat.spi.plugin.Option;
import dev.leat.spi.plugin.OptionType;
import dev.leat.spi.plugin.OptionValues;
import dev.leat.spi.schema.TableId;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.tomlj.Toml;
import org.tomlj.TomlArray;
import org.tomlj.TomlPosition;
import org.tomlj.TomlTable;

/** One table of a flow file, read against the options that may stand in it. */
final class Section {
  /** Values of defaults, by their TOML. */
  private static final Map<String, Object> DEFAULTS = new ConcurrentHashMap<>();

  private final String title;
  private final String name;
  private final TomlTable table;
  private final @Nullable TomlPosition start;
  private final List<FlowProblem> problems;
  private final References references;
  private final Path folder;

  Section(
      String title,
      String name,
      TomlTable table,
      @Nullable TomlPosition start,
      List<FlowProblem> problems,
      References references,
      Path folder) {
    this.title = title;
    this.name = name;
    this.table = table;
    this.start = start;
    this.problems = problems;
    this.references = references;
    this.folder = folder;
  }

  /** Such as {@code step.orders}. */
  String title() {
    return title;
  }

  /** Such as {@code orders}. */
  String name() {
    return name;
  }

  Place place() {
    return start == null ? Place.UNKNOWN : new Place(start.line(), start.column());
  }

  /** Where each key stands. */
  Map<String, Place> keyPlaces() {
    Map<String, Place> places = new HashMap<>();
    for (String key : table.keySet()) {
      TomlPosition at = table.inputPositionOf(List.of(key));
      places.put(key, at == null ? place() : new Place(at.line(), at.column()));
    }
    return places;
  }

  TomlTable toml() {
    return table;
  }

  boolean has(String key) {
    return table.get(List.of(key)) != null;
  }

  /** How many problems the file has so far. */
  int problemCount() {
    return problems.size();
  }

  /** The dataset of that name, or null if it is none, which is reported at the key. */
  @Nullable TableId table(String key, String text) {
    try {
      return TableId.parse(text);
    } catch (IllegalArgumentException e) {
      report(
          "CONFIG_TABLE_NAME",
          key + ": " + e.getMessage(),
          key,
          "write the schema, too, for example silver." + (text.isEmpty() ? "orders" : text));
      return null;
    }
  }

  /**
   * What may stand here: {@code own} and the options of the system that stands at {@code key}. A
   * system that there is not is reported.
   */
  List<Option> optionsOf(String key, List<Option> own, Map<String, List<Option>> known) {
    String system = text(key).orElse("");
    List<Option> options = new ArrayList<>(own);
    List<Option> more = known.get(system);
    if (more != null) {
      options.addAll(more);
      return options;
    }
    if (!system.isEmpty()) {
      report(
          "CONFIG_UNKNOWN_SYSTEM",
          key.equals("kind")
              ? "there is no kind of step " + system
              : "there is no system " + system + " for " + key,
          key,
          Spelling.closest(system, known.keySet())
              .map(word -> "did you mean " + word + "?")
              .orElse(
                  "choose one of "
                      + String.join(", ", new TreeSet<>(known.keySet()))
                      + ", or put the plugin that has it into plugins.d"));
    }
    // Whatever else stands there may be right for the system that was meant.
    known.values().forEach(options::addAll);
    options.replaceAll(
        o ->
            own.contains(o)
                ? o
                : Option.optional(o.key(), OptionType.ANY, "", o.summary(), o.example()));
    return options;
  }

  /** The string there, for a key that is read before the options are known. */
  Optional<String> text(String key) {
    return table.get(List.of(key)) instanceof String text ? Optional.of(text) : Optional.empty();
  }

  /** Reads all options; what is wrong is added to the problems. */
  OptionValues read(List<Option> options) {
    for (String key : table.keySet()) {
      if (options.stream().noneMatch(option -> option.key().equals(key))) {
        Set<String> known = new TreeSet<>();
        options.forEach(option -> known.add(option.key()));
        String fix =
            Spelling.closest(key, known)
                .map(word -> "did you mean " + word + "?")
                .orElse("the keys of [" + title + "] are " + String.join(", ", known));
        report("CONFIG_UNKNOWN_KEY", "[" + title + "] has no key " + key, key, fix);
      }
    }
    Map<String, Object> values = new HashMap<>();
    for (Option option : options) {
      Object written = table.get(List.of(option.key()));
      if (written == null) {
        defaultOf(option).ifPresent(value -> values.put(option.key(), value));
        if (option.required()) {
          report(
              "CONFIG_MISSING_KEY",
              "[" + title + "] needs " + option.key(),
              null,
              "add " + option.key() + " = " + option.example());
        }
      } else {
        value(option, written).ifPresent(value -> values.put(option.key(), value));
      }
    }
    return new OptionValues(values);
  }

  /** Says what is wrong, at the key or else at the section. */
  void report(String code, String sentence, @Nullable String key, String fix) {
    TomlPosition at = key == null ? start : table.inputPositionOf(List.of(key));
    problems.add(
        new FlowProblem(
            code, sentence, at == null ? 0 : at.line(), at == null ? 0 : at.column(), fix));
  }

  private Optional<Object> defaultOf(Option option) {
    if (option.defaultValue().isEmpty()) {
      return Optional.empty();
    }
    return value(
        option,
        DEFAULTS.computeIfAbsent(
            option.defaultValue(),
            text -> Objects.requireNonNull(Toml.parse("x = " + text).get(List.of("x")), text)));
  }

  private Optional<Object> value(Option option, Object written) {
    try {
      Object value = convert(option, written);
      if (value != null) {
        return Optional.of(value);
      }
    } catch (References.Unresolved e) {
      report(e.code(), e.sentence(), option.key(), e.fix());
      return Optional.empty();
    }
    String expected =
        option.type() == OptionType.CHOICE
            ? "one of " + String.join(", ", option.choices())
            : option.type().description();
    report(
        "CONFIG_WRONG_TYPE",
        option.key() + " is not " + expected,
        option.key(),
        "write for example " + option.key() + " = " + option.example());
    return Optional.empty();
  }

  private @Nullable Object convert(Option option, Object written) throws References.Unresolved {
    return switch (option.type()) {
      case STRING -> written instanceof String ? written : null;
      case NUMBER ->
          written instanceof Double
              ? written
              : written instanceof Long n ? (Double) n.doubleValue() : null;
      case ANY -> written;
      case BOOLEAN -> written instanceof Boolean ? written : null;
      case INTEGER -> written instanceof Long ? written : null;
      case DURATION ->
          written instanceof String text ? Quantities.duration(text).orElse(null) : null;
      case SHARE -> written instanceof String text ? Quantities.share(text).orElse(null) : null;
      case ROWS_OR_SHARE ->
          written instanceof Long rows
              ? rows >= 0 ? rows : null
              : written instanceof String text ? Quantities.share(text).orElse(null) : null;
      case SIZE -> written instanceof String text ? Quantities.bytes(text).orElse(null) : null;
      case STRING_LIST -> strings(written);
      case STRING_MAP -> map(written, String.class);
      case INTEGER_MAP -> map(written, Long.class);
      case TABLE -> written instanceof TomlTable inner ? nested(option, inner) : null;
      case CHOICE ->
          written instanceof String text && option.choices().contains(text) ? text : null;
      case PATH -> written instanceof String text ? folder.resolve(text).normalize() : null;
      case SECRET ->
          written instanceof String text
              ? references.resolve(title, option.key(), text, false)
              : null;
      case CONNECTION ->
          written instanceof String text
              ? references.resolve(title, option.key(), text, true)
              : null;
    };
  }

  private static @Nullable List<String> strings(Object written) {
    if (written instanceof String one) {
      return List.of(one);
    }
    if (!(written instanceof TomlArray array)) {
      return null;
    }
    List<String> result = new ArrayList<>();
    for (int i = 0; i < array.size(); i++) {
      if (!(array.get(i) instanceof String text)) {
        return null;
      }
      result.add(text);
    }
    return result;
  }

  private OptionValues nested(Option option, TomlTable inner) {
    return inner(option.key(), inner, placeOf(option.key())).read(option.fields());
  }

  /** A table within this one. */
  Section inner(String key, TomlTable inner, Place at) {
    return new Section(
        title + "." + key,
        key,
        inner,
        at.line() == 0 ? null : TomlPosition.positionAt(at.line(), at.column()),
        problems,
        references,
        folder);
  }

  /** Says what is wrong, at a place. */
  void reportAt(Place at, String code, String sentence, String fix) {
    problems.add(new FlowProblem(code, sentence, at.line(), at.column(), fix));
  }

  /** Where a key stands. */
  Place placeOf(String key) {
    TomlPosition at = table.inputPositionOf(List.of(key));
    return at == null ? place() : new Place(at.line(), at.column());
  }

  private static <T> @Nullable Map<String, T> map(Object written, Class<T> type) {
    if (!(written instanceof TomlTable inner)) {
      return null;
    }
    Map<String, T> result = new LinkedHashMap<>();
    for (String key : inner.keySet()) {
      Object value = inner.get(List.of(key));
      if (!type.isInstance(value)) {
        return null;
      }
      result.put(key, type.cast(value));
    }
    return result;
  }
}

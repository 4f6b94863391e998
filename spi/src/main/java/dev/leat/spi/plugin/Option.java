package dev.leat.spi.plugin;

import java.util.List;

/**
 * One key that a plugin understands in its section of the flow file. Validation, documentation and
 * the JSON Schema all come from it.
 *
 * @param key as written in the file
 * @param type what may be written
 * @param required whether it has to be there
 * @param defaultValue as it would be written in the file; empty if there is none
 * @param summary one line for people
 * @param example as it would be written in the file
 * @param choices the values allowed, for {@link OptionType#CHOICE}
 * @param fields the keys within it, for {@link OptionType#TABLE}
 */
public record Option(
    String key,
    OptionType type,
    boolean required,
    String defaultValue,
    String summary,
    String example,
    List<String> choices,
    List<Option> fields) {

  public Option {
    choices = List.copyOf(choices);
    fields = List.copyOf(fields);
  }

  public static Option required(String key, OptionType type, String summary, String example) {
    return new Option(key, type, true, "", summary, example, List.of(), List.of());
  }

  public static Option optional(
      String key, OptionType type, String defaultValue, String summary, String example) {
    return new Option(key, type, false, defaultValue, summary, example, List.of(), List.of());
  }

  /** The first choice is the default. */
  public static Option choice(String key, String summary, String... choices) {
    return new Option(
        key,
        OptionType.CHOICE,
        false,
        '"' + choices[0] + '"',
        summary,
        '"' + choices[0] + '"',
        List.of(choices),
        List.of());
  }

  /** A table with keys of its own; there is none by default. */
  public static Option table(String key, String summary, String example, Option... fields) {
    return new Option(
        key, OptionType.TABLE, false, "", summary, example, List.of(), List.of(fields));
  }
}

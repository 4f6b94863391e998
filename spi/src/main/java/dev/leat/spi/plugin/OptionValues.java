package dev.leat.spi.plugin;

import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The values of a plugin's options: checked against {@link Option}s, defaults filled in, references
 * resolved.
 *
 * @param values by key, each of the Java type that its {@link OptionType} names
 */
public record OptionValues(Map<String, Object> values) {
  public OptionValues {
    values = Map.copyOf(values);
  }

  public String string(String key) {
    return require(key, String.class);
  }

  public boolean bool(String key) {
    return require(key, Boolean.class);
  }

  public long integer(String key) {
    return require(key, Long.class);
  }

  public Duration duration(String key) {
    return require(key, Duration.class);
  }

  /** Bytes. */
  public long size(String key) {
    return require(key, Long.class);
  }

  public Path path(String key) {
    return require(key, Path.class);
  }

  public Secret secret(String key) {
    return require(key, Secret.class);
  }

  public List<String> strings(String key) {
    return values.get(key) instanceof List<?> list && !list.isEmpty()
        ? list.stream().map(String.class::cast).toList()
        : List.of();
  }

  public Map<String, String> map(String key) {
    Map<String, String> result = new LinkedHashMap<>();
    if (values.get(key) instanceof Map<?, ?> map) {
      map.forEach((name, value) -> result.put((String) name, (String) value));
    }
    return result;
  }

  /** Whole numbers by name; empty if there are none. */
  public Map<String, Long> integers(String key) {
    Map<String, Long> result = new LinkedHashMap<>();
    if (values.get(key) instanceof Map<?, ?> map) {
      map.forEach((name, value) -> result.put((String) name, (Long) value));
    }
    return result;
  }

  /** The values of a table, if there is one. */
  public Optional<OptionValues> table(String key) {
    return optional(key, OptionValues.class);
  }

  /** The value if there is one; options without a default need not have any. */
  public <T> Optional<T> optional(String key, Class<T> type) {
    Object value = values.get(key);
    if (value == null) {
      return Optional.empty();
    }
    if (!type.isInstance(value)) {
      throw new IllegalArgumentException(
          "option " + key + " is a " + value.getClass().getName() + ", not a " + type.getName());
    }
    return Optional.of(type.cast(value));
  }

  private <T> T require(String key, Class<T> type) {
    return optional(key, type)
        .orElseThrow(() -> new IllegalArgumentException("option " + key + " has no value"));
  }
}

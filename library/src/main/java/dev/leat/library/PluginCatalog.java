package dev.leat.library;

import dev.leat.spi.plugin.Plugin;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.TreeMap;

/** The plugins on the class path, by name. */
public final class PluginCatalog {
  private final Map<String, Plugin> plugins = new TreeMap<>();

  public PluginCatalog(Iterable<Plugin> plugins) {
    for (Plugin plugin : plugins) {
      Plugin other = this.plugins.put(plugin.name(), plugin);
      if (other != null) {
        throw new IllegalStateException(
            "two plugins are named %s: %s and %s"
                .formatted(plugin.name(), other.getClass().getName(), plugin.getClass().getName()));
      }
    }
  }

  public static PluginCatalog installed() {
    return new PluginCatalog(ServiceLoader.load(Plugin.class));
  }

  public Optional<Plugin> plugin(String name) {
    return Optional.ofNullable(plugins.get(name));
  }

  /** Sorted by name. */
  public Iterable<Plugin> all() {
    return plugins.values();
  }
}

package dev.leat.library;

import dev.leat.spi.error.ErrorCategory;
import dev.leat.spi.error.ErrorCode;
import dev.leat.spi.error.LeatException;
import dev.leat.spi.plugin.Plugin;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.TreeMap;

/** The plugins that are installed, by name. */
public final class PluginCatalog {
  private static final ErrorCode TWICE = new ErrorCode("PLUGIN_TWICE", ErrorCategory.CONFIG);

  private final Map<String, Plugin> plugins = new TreeMap<>();

  /**
   * @throws LeatException category CONFIG if two have one name
   */
  public PluginCatalog(Iterable<Plugin> plugins) {
    for (Plugin plugin : plugins) {
      Plugin other = this.plugins.put(plugin.name(), plugin);
      if (other != null) {
        throw new LeatException(
            TWICE,
            "two plugins are named %s: %s and %s"
                .formatted(plugin.name(), other.getClass().getName(), plugin.getClass().getName()),
            "remove one of them, or give yours another name");
      }
    }
  }

  /** Those on the class path. */
  public static PluginCatalog installed() {
    return installed(List.of());
  }

  /**
   * Those on the class path and those in folders, each jar and each folder of jars in them with a
   * class loader of its own.
   *
   * @throws LeatException category CONFIG if something in a folder is no plugin, or two have one
   *     name
   */
  public static PluginCatalog installed(List<Path> folders) {
    List<Plugin> plugins = new ArrayList<>();
    ServiceLoader.load(Plugin.class).forEach(plugins::add);
    folders.forEach(folder -> plugins.addAll(PluginJars.in(folder)));
    return new PluginCatalog(plugins);
  }

  public Optional<Plugin> plugin(String name) {
    return Optional.ofNullable(plugins.get(name));
  }

  /** Sorted by name. */
  public Iterable<Plugin> all() {
    return plugins.values();
  }
}

package dev.leat.library;

import dev.leat.spi.error.ErrorCategory;
import dev.leat.spi.error.ErrorCode;
import dev.leat.spi.error.LeatException;
import dev.leat.spi.plugin.Plugin;
import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;

/**
 * Loads plugins from a folder: each jar in it, and each folder of jars in it, by a class loader of
 * its own.
 */
final class PluginJars {
  private static final ErrorCode UNUSABLE = new ErrorCode("PLUGIN_UNUSABLE", ErrorCategory.CONFIG);

  private PluginJars() {}

  /**
   * The plugins in a folder, which stay loaded as long as the process runs.
   *
   * @throws LeatException category CONFIG if there is no such folder, or something in it is no
   *     plugin
   */
  static List<Plugin> in(Path folder) {
    List<Plugin> plugins = new ArrayList<>();
    for (Path entry : entries(folder, "*")) {
      if (Files.isDirectory(entry)) {
        plugins.addAll(load(entry, entries(entry, "*.jar")));
      } else if (entry.toString().endsWith(".jar")) {
        plugins.addAll(load(entry, List.of(entry)));
      }
    }
    return plugins;
  }

  private static List<Path> entries(Path folder, String glob) {
    List<Path> entries = new ArrayList<>();
    try (DirectoryStream<Path> found = Files.newDirectoryStream(folder, glob)) {
      found.forEach(entries::add);
    } catch (IOException e) {
      throw new LeatException(
          UNUSABLE,
          "the folder of plugins %s cannot be read".formatted(folder),
          "make it, or take it out of LEAT_PLUGINS",
          e);
    }
    entries.sort(null);
    return entries;
  }

  private static List<Plugin> load(Path place, List<Path> jars) {
    List<Plugin> plugins = new ArrayList<>();
    try {
      ServiceLoader.load(Plugin.class, new PluginClassLoader(place, urls(jars)))
          .forEach(plugins::add);
    } catch (ServiceConfigurationError | LinkageError e) {
      throw new LeatException(
          UNUSABLE,
          "the plugin in %s cannot be loaded: %s".formatted(place, e.getMessage()),
          "build it with the version of dev.leat:leat-spi that this Leat has, and with its"
              + " dependencies in a folder beside it",
          e);
    }
    if (plugins.isEmpty()) {
      throw new LeatException(
          UNUSABLE,
          place + " is no plugin: no jar in it has META-INF/services/" + Plugin.class.getName(),
          "name the class that implements Plugin in that file, or remove what is no plugin");
    }
    return plugins;
  }

  private static URL[] urls(List<Path> jars) {
    URL[] urls = new URL[jars.size()];
    for (int i = 0; i < urls.length; i++) {
      try {
        urls[i] = jars.get(i).toUri().toURL();
      } catch (MalformedURLException e) {
        throw new IllegalStateException("a path that is no URL: " + jars.get(i), e);
      }
    }
    return urls;
  }
}

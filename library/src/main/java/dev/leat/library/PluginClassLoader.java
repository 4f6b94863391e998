package dev.leat.library;

import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.List;

/**
 * Gives a plugin its own jars, the JDK, and what it shares with Leat: the contracts and the types
 * in them. Nothing else of Leat or of other plugins is to be seen, so that each may have the
 * versions of libraries that it wants.
 */
final class PluginClassLoader extends URLClassLoader {
  /** Packages of types in the contracts, and the logging that ends in one place. */
  private static final List<String> SHARED =
      List.of("dev.leat.spi.", "org.apache.arrow.", "org.slf4j.", "org.jspecify.");

  private final ClassLoader leat;

  /**
   * @param place for messages
   */
  PluginClassLoader(Path place, URL[] jars) {
    super("plugin " + place, jars, ClassLoader.getPlatformClassLoader());
    this.leat = PluginClassLoader.class.getClassLoader();
  }

  @Override
  protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
    if (SHARED.stream().anyMatch(name::startsWith)) {
      return leat.loadClass(name);
    }
    return super.loadClass(name, resolve);
  }
}

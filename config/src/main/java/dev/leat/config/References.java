package dev.leat.config;

import dev.leat.spi.plugin.Secret;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Pattern;

/** Values that stand elsewhere: {@code env:NAME}, {@code file:path}. */
final class References {
  private static final Pattern PASSWORD_IN_URL =
      Pattern.compile("[a-z0-9+]+://[^/?#@]*:[^/?#@]*@.*|.*[?&\\s]password=.*", Pattern.DOTALL);

  private final Path folder;
  private final Map<String, String> environment;

  References(Path folder, Map<String, String> environment) {
    this.folder = folder;
    this.environment = environment;
  }

  /** Why a value cannot be had. */
  static final class Unresolved extends Exception {
    private static final long serialVersionUID = 1L;
    private final String code;
    private final String fix;

    Unresolved(String code, String sentence, String fix) {
      super(sentence);
      this.code = code;
      this.fix = fix;
    }

    String code() {
      return code;
    }

    String sentence() {
      return String.valueOf(getMessage());
    }

    String fix() {
      return fix;
    }
  }

  /**
   * Looks a reference up.
   *
   * @param url whether a URL without a password may stand there as it is
   */
  Secret resolve(String key, String value, boolean url) throws Unresolved {
    if (value.startsWith("env:")) {
      String name = value.substring(4);
      String found = environment.get(name);
      if (found == null || found.isEmpty()) {
        throw new Unresolved(
            "CONFIG_VARIABLE_UNSET",
            key + " refers to the environment variable " + name + ", which is not set",
            "export " + name + "=…");
      }
      return new Secret(found);
    }
    if (value.startsWith("file:")) {
      Path file = folder.resolve(value.substring(5));
      try {
        return new Secret(Files.readString(file).strip());
      } catch (IOException e) {
        throw new Unresolved(
            "CONFIG_FILE_UNREADABLE",
            key + " refers to the file " + file + ", which cannot be read",
            "write the value into that file, readable for you only");
      }
    }
    if (url && value.contains("://")) {
      if (PASSWORD_IN_URL.matcher(value).matches()) {
        throw new Unresolved(
            "CONFIG_SECRET_IN_FILE",
            key + " has a password in it",
            "put the whole address into an environment variable and write "
                + key
                + " = \"env:NAME\"");
      }
      return new Secret(value);
    }
    throw new Unresolved(
        "CONFIG_SECRET_IN_FILE",
        key + " must be a reference, not the value itself",
        "put the value into an environment variable and write " + key + " = \"env:NAME\"");
  }
}

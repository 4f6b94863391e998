package dev.leat.config;

import dev.leat.spi.credential.Credentials;
import dev.leat.spi.plugin.Secret;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Values that stand elsewhere: {@code secret:NAME}, {@code env:NAME}, {@code file:path}. */
final class References {
  private static final Pattern PASSWORD_IN_URL =
      Pattern.compile("[a-z0-9+]+://[^/?#@]*:[^/?#@]*@.*|.*[?&\\s]password=.*", Pattern.DOTALL);

  private final Path folder;
  private final Map<String, String> environment;
  private final @Nullable SecretLookup secrets;

  /**
   * @param secrets null where there cannot be secrets, as they are only being found
   */
  References(Path folder, Map<String, String> environment, @Nullable SecretLookup secrets) {
    this.folder = folder;
    this.environment = environment;
    this.secrets = secrets;
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
   * Looks a reference up; a secret only when it is needed.
   *
   * @param title of the section, for messages
   * @param url whether a URL without a password may stand there as it is
   */
  Secret resolve(String title, String key, String value, boolean url) throws Unresolved {
    if (value.startsWith("secret:")) {
      return secret(title, key, value.substring(7));
    }
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
            "store the whole address with leat credentials set NAME and write "
                + key
                + " = \"secret:NAME\"");
      }
      return new Secret(value);
    }
    throw new Unresolved(
        "CONFIG_SECRET_IN_FILE",
        key + " must be a reference, not the value itself",
        "store the value with leat credentials set NAME and write " + key + " = \"secret:NAME\"");
  }

  private Secret secret(String title, String key, String name) throws Unresolved {
    if (secrets == null) {
      throw new Unresolved(
          "CONFIG_SECRET_IN_CREDENTIALS",
          key + " of [" + title + "] refers to a secret, where it says how secrets are found",
          "write " + key + " = \"env:NAME\" or \"file:PATH\"");
    }
    if (!Credentials.isName(name)) {
      throw new Unresolved(
          "CONFIG_SECRET_NAME",
          key + " refers to a secret by a name that none can have",
          "use letters, digits, _, -, . and / between parts, such as secret:shop_pg");
    }
    return secrets.later(name, key + " of [" + title + "]");
  }
}

package dev.leat.credentials;

import dev.leat.spi.credential.CredentialContext;
import dev.leat.spi.credential.Credentials;
import dev.leat.spi.error.ErrorCategory;
import dev.leat.spi.error.ErrorCode;
import dev.leat.spi.error.LeatException;
import dev.leat.spi.plugin.Secret;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Finds the key of an encrypted store: in the file that the flow names, in the environment, in the
 * file that the environment names, or by asking.
 */
public final class KeySource {
  /** Holds the key. */
  public static final String KEY = "LEAT_CREDENTIALS_KEY";

  /** Names a file that holds the key. */
  public static final String KEY_FILE = "LEAT_CREDENTIALS_KEY_FILE";

  private static final ErrorCode SHORT =
      new ErrorCode("CREDENTIALS_KEY_SHORT", ErrorCategory.CONFIG);
  private static final ErrorCode BESIDE_FLOW =
      new ErrorCode("CREDENTIALS_KEY_BESIDE_FLOW", ErrorCategory.CONFIG);
  private static final int SHORTEST = 8;

  private final CredentialContext context;
  private final Optional<Path> file;
  private @Nullable Key found;

  KeySource(CredentialContext context, Optional<Path> file) {
    this.context = context;
    this.file = file;
  }

  /**
   * A key.
   *
   * @param origin for people, such as {@code from LEAT_CREDENTIALS_KEY}
   */
  record Key(Secret value, String origin) {}

  /**
   * The key; asked for once.
   *
   * @param store what it is for
   * @param isNew whether nothing is encrypted with it yet
   */
  Key key(String store, boolean isNew) {
    Key key = found;
    if (key == null) {
      key = find(store, isNew);
      if (isNew) {
        requireLong(key.value());
      }
      found = key;
    }
    return key;
  }

  private Key find(String store, boolean isNew) {
    if (file.isPresent()) {
      return fromFile(file.get());
    }
    String given = context.environment().getOrDefault(KEY, "");
    if (!given.isEmpty()) {
      return new Key(new Secret(given), "from " + KEY);
    }
    String named = context.environment().getOrDefault(KEY_FILE, "");
    if (!named.isEmpty()) {
      return fromFile(Path.of(named).toAbsolutePath());
    }
    return context
        .prompt()
        .ask(store, isNew)
        .map(typed -> new Key(typed, "that was typed"))
        .orElseThrow(
            () ->
                new LeatException(
                    Credentials.KEY_MISSING,
                    "nothing gives the key of %s, and there is no terminal to ask at"
                        .formatted(store),
                    "set %s to a file, readable for you only, that holds it; or set %s to the key"
                        .formatted(KEY_FILE, KEY)));
  }

  private Key fromFile(Path path) {
    return new Key(readFile(path, context.flowFolder()), "in " + path);
  }

  /**
   * The key in a file.
   *
   * @param flowFolder where it must not be
   */
  public static Secret readFile(Path path, Optional<Path> flowFolder) {
    if (flowFolder.isPresent() && isBeside(path, flowFolder.get())) {
      throw new LeatException(
          BESIDE_FLOW,
          "the key file %s is in the folder of the flow, from where it goes wherever the flow goes"
              .formatted(path),
          "move it elsewhere, for example beside the keystore in your ~/.config/leat");
    }
    String text = PrivateFile.read(path, "the key file").stripTrailing();
    if (text.isEmpty()) {
      throw new LeatException(
          Credentials.KEY_MISSING,
          "the key file %s is empty".formatted(path),
          "write the key into it, for example with: openssl rand -base64 32 > " + path);
    }
    return new Secret(text);
  }

  /** In the folder of the flow or below it; below somebody's home only directly in it. */
  private static boolean isBeside(Path file, Path flowFolder) {
    Path real = PrivateFile.real(file);
    Path folder = PrivateFile.real(flowFolder);
    Path home = PrivateFile.real(Path.of(System.getProperty("user.home", "/")));
    return home.startsWith(folder) ? folder.equals(real.getParent()) : real.startsWith(folder);
  }

  /** Refuses a key that can be guessed. */
  public static void requireLong(Secret key) {
    String text = key.reveal();
    if (text.codePointCount(0, text.length()) < SHORTEST) {
      throw new LeatException(
          SHORT,
          "the key has fewer than %d characters".formatted(SHORTEST),
          "use several words, or a random one: openssl rand -base64 32");
    }
  }
}

package dev.leat.config;

import dev.leat.spi.credential.CredentialStore;
import dev.leat.spi.credential.Credentials;
import dev.leat.spi.error.ErrorCategory;
import dev.leat.spi.error.ErrorCode;
import dev.leat.spi.error.LeatException;
import dev.leat.spi.plugin.Secret;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The secrets that a flow refers to. The first that is needed has the store opened, all of them
 * looked up, and the store closed; so that a key is asked for once, and only if it is needed.
 */
final class SecretLookup {
  private static final ErrorCode MISSING =
      new ErrorCode("CREDENTIALS_MISSING", ErrorCategory.CONFIG);
  private static final ErrorCode NO_STORE =
      new ErrorCode("CREDENTIALS_NO_STORE", ErrorCategory.CONFIG);

  private final Path file;
  private final Set<String> names = new TreeSet<>();
  private @Nullable CredentialSection section;
  private @Nullable Map<String, Found> found;
  private @Nullable LeatException failure;
  private String place = "";

  /**
   * @param file the flow's
   */
  SecretLookup(Path file) {
    this.file = file;
  }

  /** What came of one. */
  private record Found(@Nullable Secret secret, @Nullable LeatException problem) {}

  /** Says where secrets are; before any is needed. */
  void in(@Nullable CredentialSection store) {
    section = store;
  }

  /**
   * A secret that is looked up when it is needed.
   *
   * @param name one that may be
   * @param user what refers to it, for messages
   */
  synchronized Secret later(String name, String user) {
    names.add(name);
    return Secret.later(() -> value(name, user));
  }

  private synchronized String value(String name, String user) {
    if (failure != null) {
      throw failure;
    }
    Map<String, Found> all = found;
    if (all == null || !all.containsKey(name)) {
      try {
        all = look();
        found = all;
      } catch (LeatException e) {
        LeatException located = e.with("needed_by", user);
        if (!e.category().retryable()) {
          failure = located;
        }
        throw located;
      }
    }
    Found one = all.get(name);
    if (one == null) {
      throw new IllegalStateException("not looked up: " + name);
    }
    if (one.problem != null) {
      throw one.problem.with("needed_by", user);
    }
    if (one.secret == null) {
      throw new LeatException(
          MISSING,
          "%s refers to the secret %s, which is not in %s".formatted(user, name, place),
          "leat credentials set " + name + flowOption());
    }
    return one.secret.reveal();
  }

  private Map<String, Found> look() {
    if (section == null) {
      throw new LeatException(
          NO_STORE,
          "the flow " + file + " says of no place where secrets are",
          "write [credentials]");
    }
    Map<String, Found> all = new HashMap<>();
    try (CredentialStore store = section.open()) {
      place = store.describe();
      for (String name : names) {
        try {
          all.put(name, new Found(store.get(name).orElse(null), null));
        } catch (LeatException e) {
          if (concernsAll(e)) {
            throw e;
          }
          all.put(name, new Found(null, e));
        }
      }
    }
    return all;
  }

  private static boolean concernsAll(LeatException e) {
    return e.category().retryable()
        || e.code().equals(Credentials.KEY_MISSING)
        || e.code().equals(Credentials.KEY_WRONG)
        || e.code().equals(Credentials.DAMAGED);
  }

  /** As a person would type it in the current folder. */
  private String flowOption() {
    Path here = Path.of("").toAbsolutePath();
    Path shown = file.startsWith(here) ? here.relativize(file) : file;
    return shown.toString().equals("flow.toml") ? "" : " --flow " + shown;
  }
}

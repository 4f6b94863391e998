package dev.leat.spi.credential;

import dev.leat.spi.plugin.Secret;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Secrets by name. Opened by a command when it first needs one, asked from one thread at a time,
 * and closed by it at the end.
 *
 * <p>Every name that is given has to keep {@link Credentials#requireName}, every value {@link
 * Credentials#requireValue}; a store checks both and throws {@link
 * dev.leat.spi.error.LeatException}, category CONFIG, for one that does not. A store that is
 * damaged, or cannot be read or written, throws, too; it never answers as if it were empty. No
 * message has a value or a key in it.
 */
public interface CredentialStore extends AutoCloseable {

  /** Where the secrets are, for people, without secrets. */
  String describe();

  /** The value of that name, exactly as it was put; empty if there is none. */
  Optional<Secret> get(String name);

  /**
   * Makes or replaces a value; durable on return.
   *
   * @throws dev.leat.spi.error.LeatException with code {@link Credentials#READ_ONLY} if others
   *     write here, with how
   */
  void put(String name, Secret value);

  /** What is there, by name. Needs no key, and reads no value. */
  List<Entry> list();

  /**
   * Removes a value; durable on return.
   *
   * @return whether there was one
   * @throws dev.leat.spi.error.LeatException as {@link #put}
   */
  boolean delete(String name);

  @Override
  void close();

  /**
   * A secret that is there.
   *
   * @param changed when it was put; empty where the store does not know
   */
  record Entry(String name, Optional<Instant> changed) {}
}

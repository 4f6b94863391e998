package dev.leat.credentials;

import java.util.Optional;

/** Where the text of a vault is. */
interface VaultMedium extends AutoCloseable {

  /**
   * A text that was there.
   *
   * @param version told apart from all others
   */
  record Version(String version, String text) {}

  /** For people. */
  String describe();

  /** What is there now; empty if there is nothing yet. */
  Optional<Version> read();

  /**
   * Writes, unless what is there is not what was read: durable and whole on return.
   *
   * @param read what {@link #read} gave
   * @return whether it was written
   */
  boolean replace(Optional<Version> read, String text);

  @Override
  void close();
}

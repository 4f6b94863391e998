package dev.leat.credentials;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * All that is kept of a set of secrets: how its key is made, and every value encrypted by itself.
 *
 * @param check sealed under the key, so that a wrong one is told from a changed value
 * @param entries by name
 * @param seal authenticates the whole of the entries: none can be left out or put back alone
 */
record Vault(
    KeyDerivation derivation, String check, SortedMap<String, Entry> entries, String seal) {
  static final String FORMAT = "leat-credentials";
  static final int VERSION = 1;

  Vault {
    entries = Collections.unmodifiableSortedMap(new TreeMap<>(entries));
  }

  /**
   * One value.
   *
   * @param sealed nonce and encrypted text, in base64
   */
  record Entry(Instant changed, String sealed) {}

  /** What an encrypted value is bound to. */
  static List<String> entryContext(String name, Instant changed) {
    return List.of(FORMAT, String.valueOf(VERSION), "entry", name, changed.toString());
  }

  static List<String> checkContext() {
    return List.of(FORMAT, String.valueOf(VERSION), "check");
  }

  static List<String> sealContext(SortedMap<String, Entry> entries) {
    List<String> context = new ArrayList<>(List.of(FORMAT, String.valueOf(VERSION), "seal"));
    entries.forEach(
        (name, entry) -> {
          context.add(name);
          context.add(entry.changed().toString());
          context.add(entry.sealed());
        });
    return context;
  }
}

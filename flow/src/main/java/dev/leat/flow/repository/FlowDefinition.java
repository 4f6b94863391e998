package dev.leat.flow.repository;

import dev.leat.flow.instruction.Fingerprint;
import java.time.Instant;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A flow as it was at one time.
 *
 * @param name of the flow
 * @param version from 1 up, without gaps
 * @param text of its file, which holds references to secrets and never a secret
 * @param instructions what every dataset is made by, by its name, as {@link
 *     dev.leat.flow.instruction.InstructionJson} writes it
 * @param savedAt when this version was first seen
 */
public record FlowDefinition(
    String name,
    long version,
    String text,
    SortedMap<String, String> instructions,
    Instant savedAt) {
  public FlowDefinition {
    instructions = java.util.Collections.unmodifiableSortedMap(new TreeMap<>(instructions));
  }

  /** Of the text: SHA-256 in hexadecimal digits. */
  public String hash() {
    return Fingerprint.of(text);
  }

  /** Of the instructions: equal if they are, whatever the text looks like. */
  public String fingerprint() {
    StringBuilder all = new StringBuilder();
    instructions.forEach(
        (name, json) -> all.append(Fingerprint.of(name)).append(Fingerprint.of(json)));
    return Fingerprint.of(all.toString());
  }
}

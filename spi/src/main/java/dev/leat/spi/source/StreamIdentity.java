package dev.leat.spi.source;

import java.util.Map;
import java.util.TreeMap;

/**
 * What tells a change stream from every other, so that one that was dropped and made again under
 * the same name is noticed. Opaque to everyone but the source; kept in the state store.
 *
 * @param facts such as slot, publication, system identifier, database and the position at which the
 *     stream was made
 */
public record StreamIdentity(Map<String, String> facts) {
  public StreamIdentity {
    facts = java.util.Collections.unmodifiableMap(new TreeMap<>(facts));
  }

  /**
   * The fact of that name; an error if there is none, since the state is then not this source's.
   */
  public String fact(String name) {
    String value = facts.get(name);
    if (value == null) {
      throw new IllegalArgumentException(
          "the stream's identity has no '" + name + "': " + facts.keySet());
    }
    return value;
  }
}

package dev.leat.flow.run;

import java.util.Set;

/**
 * The parts of an earlier run that a resumed one does not do again.
 *
 * @param parts what {@link #part} gives
 */
public record Done(Set<String> parts) {
  public static final Done NOTHING = new Done(Set.of());

  public Done {
    parts = Set.copyOf(parts);
  }

  /** The name of a part of a node. */
  public static String part(String node, String dataset, String unit) {
    return node + "\n" + dataset + "\n" + unit;
  }

  boolean contains(String node, String dataset, String unit) {
    return parts.contains(part(node, dataset, unit));
  }
}

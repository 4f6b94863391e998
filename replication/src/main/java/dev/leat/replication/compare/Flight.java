package dev.leat.replication.compare;

/** Changes on their way from the source to its copy. */
@FunctionalInterface
public interface Flight {

  /**
   * Waits until the copy has everything that the source held when this was called, if the copy is
   * followed at all; returns early where that takes unreasonably long.
   */
  void land();
}

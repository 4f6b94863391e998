package dev.leat.spi.batch;

/**
 * What the destination has to do for a row of a batch that holds the last change per key: bits of
 * {@link ChangeBatch#effects()}.
 */
public final class Effect {
  /** The row has been overtaken by a later one of its batch: nothing to do. */
  public static final byte NONE = 0;

  /** The row is what its key holds after the batch: insert it. */
  public static final byte PRESENT = 1;

  /** The destination may hold a row of that key from before the batch: delete it first. */
  public static final byte REPLACES = 2;

  private Effect() {}
}

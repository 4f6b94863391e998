package dev.leat.spi.instruction;

/** Which rows of a join's sides are kept. */
public enum JoinType {
  INNER,
  LEFT,
  FULL,
  /** Rows of the left side that have a match; its columns only. */
  SEMI,
  /** Rows of the left side that have no match; its columns only. */
  ANTI
}

package dev.leat.generate;

/**
 * Writes a flow as code of another tool. Has no state; the same flow gives the same files, to the
 * byte: no times, no secrets and no places of this machine are in them.
 */
public interface Generator {

  /** What it is called on the command line. */
  String name();

  /** One line for people. */
  String summary();

  /** Whether it needs the columns of what the flow reads. */
  boolean needsColumns();

  /**
   * The files.
   *
   * @throws dev.leat.spi.error.LeatException category CONFIG, with the step, for what the tool
   *     cannot do
   */
  Generated generate(GeneratedFlow flow);
}

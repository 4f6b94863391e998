package dev.leat.spi.batch;

/** What happened to a row; the code is what stands in a batch and in history tables. */
public enum Operation {
  /** Read by a snapshot. */
  READ('R'),
  INSERT('I'),
  UPDATE('U'),
  DELETE('D'),
  /** All rows of the table went; the row of this operation has no values. */
  TRUNCATE('T');

  private final byte code;

  Operation(char code) {
    this.code = (byte) code;
  }

  /** An ASCII letter. */
  public byte code() {
    return code;
  }
}

package dev.leat.spi.state;

/**
 * The right to run a flow, for one process at a time. Lost with the process, also when it is
 * killed.
 */
public interface Lease extends AutoCloseable {

  /**
   * Whether the lease is still this process's; checked before progress is confirmed to a source.
   */
  boolean held();

  @Override
  void close();
}

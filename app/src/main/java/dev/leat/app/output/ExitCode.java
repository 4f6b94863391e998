package dev.leat.app.output;

/** What a process ends with; part of what users may rely on. */
public final class ExitCode {
  public static final int DONE = 0;
  public static final int FAILED = 1;

  /** Wrong usage, or a flow file with problems. */
  public static final int USAGE = 2;

  public static final int CHECKS_FAILED = 3;
  public static final int CHANGES_PENDING = 4;

  private ExitCode() {}
}

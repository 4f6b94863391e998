package dev.leat.testkit.workload;

/**
 * What a workload did.
 *
 * @param seed gives the same statements again
 * @param committed transactions
 * @param rolledBack transactions that were meant to be rolled back
 * @param interrupted transactions that ended with their connection; whether they were committed is
 *     not known
 * @param statements inserts, updates, deletes and truncates in all of them
 */
public record DmlSummary(
    long seed, long committed, long rolledBack, long interrupted, long statements) {
  DmlSummary plus(DmlSummary other) {
    return new DmlSummary(
        seed,
        committed + other.committed,
        rolledBack + other.rolledBack,
        interrupted + other.interrupted,
        statements + other.statements);
  }
}

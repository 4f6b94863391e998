package dev.leat.flow.kinds;

import dev.leat.spi.kind.StepKind;
import java.util.List;

/** The kinds of steps that are there without a plugin. */
public final class BuiltInKinds {
  private BuiltInKinds() {}

  /** All of them, in the order in which documentation has them. */
  public static List<StepKind> all() {
    return List.of(
        new SqlKind(),
        new LatestKind(),
        new ChangeFeedKind(),
        new DeltaTransactionKind(),
        new Scd2Kind(),
        new FactKind(),
        new SessionizeKind(),
        new GrowthAccountingKind(),
        new SnapshotKind(),
        new ParkKind(),
        new ExportKind(),
        new TaskKind());
  }
}

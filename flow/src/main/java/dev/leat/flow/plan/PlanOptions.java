package dev.leat.flow.plan;

import dev.leat.flow.graph.Selection;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/**
 * What is wanted of a run.
 *
 * @param now its time
 * @param selection which steps
 * @param fullRefresh whether incremental steps begin anew and up-to-date ones are made again
 * @param from first day of a backfill
 * @param to the day after its last
 * @param reload files whose rows are loaded again, by name; {@code *} for any characters
 */
public record PlanOptions(
    Instant now,
    Selection selection,
    boolean fullRefresh,
    Optional<LocalDate> from,
    Optional<LocalDate> to,
    List<String> reload) {
  public PlanOptions {
    reload = List.copyOf(reload);
  }

  public PlanOptions(
      Instant now,
      Selection selection,
      boolean fullRefresh,
      Optional<LocalDate> from,
      Optional<LocalDate> to) {
    this(now, selection, fullRefresh, from, to, List.of());
  }

  public static PlanOptions everything(Instant now) {
    return new PlanOptions(now, Selection.ALL, false, Optional.empty(), Optional.empty());
  }

  /** The same for tables that are made anew, whatever is there. */
  PlanOptions anew() {
    return new PlanOptions(now, selection, true, Optional.empty(), Optional.empty());
  }

  /** Whether parts are made again that exist, by their dates. */
  public boolean isBackfill() {
    return from.isPresent() && to.isPresent();
  }
}

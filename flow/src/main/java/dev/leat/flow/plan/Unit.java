package dev.leat.flow.plan;

import dev.leat.flow.model.StepModel;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;

/**
 * The part of a dataset that a step makes at a time.
 *
 * @param name what is recorded; empty for the whole
 * @param from first day of it
 * @param to the day after its last
 */
public record Unit(String name, LocalDate from, LocalDate to) {
  /** Everything. */
  public static final Unit WHOLE = new Unit("", LocalDate.EPOCH, LocalDate.EPOCH);

  public boolean isWhole() {
    return name.isEmpty();
  }

  /** The partitions from one day to before another. */
  static List<Unit> between(LocalDate from, LocalDate to, StepModel step) {
    boolean months = step.grain().equals("month");
    List<Unit> units = new ArrayList<>();
    LocalDate start = months ? from.withDayOfMonth(1) : from;
    while (start.isBefore(to)) {
      LocalDate end = months ? start.plusMonths(1) : start.plusDays(1);
      units.add(new Unit(months ? start.toString().substring(0, 7) : start.toString(), start, end));
      start = end;
    }
    return units;
  }
}

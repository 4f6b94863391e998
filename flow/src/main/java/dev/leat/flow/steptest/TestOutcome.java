package dev.leat.flow.steptest;

import dev.leat.flow.model.StepTestModel;
import dev.leat.spi.error.LeatException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What came of a test.
 *
 * @param test which
 * @param time how long it took
 * @param differences per dataset whose rows are not those expected
 * @param complaints what is otherwise not as expected, such as a check that holds
 * @param error why the test could not be carried out; empty if it could
 */
public record TestOutcome(
    StepTestModel test,
    Duration time,
    List<RowsDifference> differences,
    List<String> complaints,
    Optional<LeatException> error) {
  public TestOutcome {
    differences = List.copyOf(differences);
    complaints = List.copyOf(complaints);
  }

  public boolean passed() {
    return differences.isEmpty() && complaints.isEmpty() && error.isEmpty();
  }
}

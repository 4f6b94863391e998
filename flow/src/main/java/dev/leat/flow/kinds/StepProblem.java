package dev.leat.flow.kinds;

import dev.leat.spi.error.ErrorCategory;
import dev.leat.spi.error.ErrorCode;
import dev.leat.spi.error.LeatException;
import dev.leat.spi.kind.StepDefinition;

/** What can be wrong with a step, apart from the types of its options. */
final class StepProblem {
  /** Options that are missing or do not go together. */
  static final ErrorCode OPTIONS = new ErrorCode("STEP_OPTIONS", ErrorCategory.CONFIG);

  /** Inputs that do not have the columns the step needs. */
  static final ErrorCode COLUMNS = new ErrorCode("STEP_COLUMNS", ErrorCategory.CONFIG);

  /** A file that the step names and that cannot be read. */
  static final ErrorCode FILE = new ErrorCode("STEP_FILE", ErrorCategory.CONFIG);

  private StepProblem() {}

  static LeatException options(StepDefinition step, String sentence, String fix) {
    return of(OPTIONS, step, sentence, fix);
  }

  static LeatException of(ErrorCode code, StepDefinition step, String sentence, String fix) {
    return new LeatException(code, "step " + step.name() + ": " + sentence, fix)
        .with("step", step.name());
  }
}

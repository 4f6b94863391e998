package dev.leat.spi.kind;

import dev.leat.spi.instruction.Instruction;
import dev.leat.spi.instruction.Relation;
import java.time.Duration;
import java.util.List;

/** What is done for a node of a flow. */
public sealed interface StepWork {

  /** Makes a table. */
  record Make(Instruction instruction) implements StepWork {}

  /**
   * Writes a query's rows into files.
   *
   * @param path the file, or the folder where {@code partition} is not empty; relative to the flow
   *     file unless absolute
   * @param format {@code csv}, {@code json} or {@code parquet}
   * @param partition columns that make folders
   */
  record Export(Relation query, String path, String format, List<String> partition)
      implements StepWork {
    public Export {
      partition = List.copyOf(partition);
    }
  }

  /**
   * Runs a program in the flow file's folder, without a shell; it has failed if it ends with
   * another code than 0 or takes too long.
   *
   * @param command the program and its arguments; never empty
   */
  record Run(List<String> command, Duration timeout) implements StepWork {
    public Run {
      command = List.copyOf(command);
      if (command.isEmpty()) {
        throw new IllegalArgumentException("running a command needs one");
      }
    }
  }

  /**
   * Decides whether everything downstream is done in this run: it is skipped unless the query's
   * only row has true in its only column.
   */
  record Condition(Relation query) implements StepWork {}
}

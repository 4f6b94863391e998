package dev.leat.spi.kind;

import dev.leat.spi.engine.FileLayout;
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
   * @param path an address: the file, or the folder
   * @param layout what the files look like
   * @param folder whether the path is a folder, which has a manifest that names its files
   * @param adds whether the rows come to those that are in the folder
   * @param compact whether small files of the folder are made into larger ones
   */
  record Export(
      Relation query, String path, FileLayout layout, boolean folder, boolean adds, boolean compact)
      implements StepWork {
    public Export {
      if (!folder && (adds || compact || !layout.partition().isEmpty())) {
        throw new IllegalArgumentException("a single file is written anew, and as one");
      }
    }

    /** The same to another place. */
    public Export at(String other) {
      return new Export(query, other, layout, folder, adds, compact);
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

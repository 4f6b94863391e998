package dev.leat.spi.kind;

import dev.leat.spi.instruction.Instruction;
import dev.leat.spi.schema.TableId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One node of a flow's graph: a dataset that a step makes, or something else that it does.
 *
 * @param name the dataset; what is no dataset has a name too, so that others can wait for it
 * @param key columns that are unique in it and not NULL; empty if none are known
 * @param increment how the step reads only what is new; null if it reads everything
 * @param work what is done
 */
public record StepNode(
    TableId name, List<String> key, @Nullable Increment increment, StepWork work) {
  public StepNode {
    key = List.copyOf(key);
    if (work instanceof StepWork.Make(Instruction made) && !made.into().equals(name)) {
      throw new IllegalArgumentException("node " + name + " makes " + made.into());
    }
  }

  /** A table made of everything there is. */
  public static StepNode of(Instruction instruction, List<String> key) {
    return of(instruction, key, null);
  }

  /** A table. */
  public static StepNode of(
      Instruction instruction, List<String> key, @Nullable Increment increment) {
    return new StepNode(instruction.into(), key, increment, new StepWork.Make(instruction));
  }

  /**
   * Reads only rows of one input that are above the watermark, and none above the next one: the
   * highest value in the input when the step begins. Rows where the first column is NULL count as
   * below everything.
   *
   * @param input the dataset
   * @param columns what orders its rows: columns or other portable SQL over them; compared one
   *     after the other
   * @param lookback how far below the watermark to read again, as a portable interval literal such
   *     as {@code INTERVAL '2' HOUR} or a number; null for not at all; only with one column
   * @param selfApplied whether the query applies the watermark itself, as it needs older rows of
   *     the input too; then the flow keeps back only the rows above the next one
   */
  public record Increment(
      TableId input, List<String> columns, @Nullable String lookback, boolean selfApplied) {
    public Increment {
      columns = List.copyOf(columns);
    }
  }
}

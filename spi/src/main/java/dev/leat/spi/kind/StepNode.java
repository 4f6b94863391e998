package dev.leat.spi.kind;

import dev.leat.spi.instruction.Instruction;
import dev.leat.spi.schema.TableId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One dataset that a step makes.
 *
 * @param instruction how
 * @param key columns that are unique in it and not NULL; empty if none are known
 * @param increment how the step reads only what is new; null if it reads everything
 * @param export files to write instead of a table; null for a table
 */
public record StepNode(
    Instruction instruction,
    List<String> key,
    @Nullable Increment increment,
    @Nullable FileExport export) {
  public StepNode {
    key = List.copyOf(key);
  }

  public static StepNode of(Instruction instruction, List<String> key) {
    return new StepNode(instruction, key, null, null);
  }

  /**
   * Reads only rows of one input that are above the watermark. The highest value in the input when
   * the step begins is the next watermark.
   *
   * @param input the dataset
   * @param columns what orders its rows; compared one after the other
   * @param lookback how far below the watermark to read again, as a portable interval literal such
   *     as {@code INTERVAL '2' HOUR} or a number; null for not at all
   */
  public record Increment(TableId input, List<String> columns, @Nullable String lookback) {
    public Increment {
      columns = List.copyOf(columns);
    }
  }

  /**
   * Files to write a query's rows into.
   *
   * @param path the file, or the folder where {@code partition} is not empty
   * @param format {@code csv}, {@code json} or {@code parquet}
   * @param partition columns that make folders
   */
  public record FileExport(String path, String format, List<String> partition) {
    public FileExport {
      partition = List.copyOf(partition);
    }
  }
}

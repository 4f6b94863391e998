package dev.leat.spi.kind;

import dev.leat.spi.instruction.Write;
import dev.leat.spi.plugin.OptionValues;
import dev.leat.spi.schema.TableId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A {@code [step.NAME]} as it was read.
 *
 * @param name of the step
 * @param into the dataset it makes, or what it is known as; see {@link StepKind#makesDataset()}
 * @param from the datasets named in {@code from}, in order; empty if there is no such key
 * @param write what {@code write} says; null if it says nothing and the kind decides
 * @param options of the kind, see {@link StepKind#options()}
 */
public record StepDefinition(
    String name, TableId into, List<TableId> from, @Nullable Write write, OptionValues options) {
  public StepDefinition {
    from = List.copyOf(from);
  }
}

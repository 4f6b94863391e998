package dev.leat.spi.sql;

import dev.leat.spi.schema.LogicalType;
import java.util.List;

/**
 * One call of a function, its arguments written already.
 *
 * @param function which
 * @param operands in the engine's SQL, in parentheses where they need them; none for {@code
 *     COUNT(*)}; for {@link PortableFunction#LIKE} the third is the escape character
 * @param types of the operands; TEXT for those that are only NULL
 * @param type of the result
 * @param unit for the functions over times, in capitals, such as {@code MONTH}; empty otherwise
 * @param distinct whether an aggregate takes equal values once
 * @param order the ORDER BY within an aggregate, written; empty if there is none
 * @param suffix FILTER and OVER with blanks before them, written; empty if there are none
 */
public record Call(
    PortableFunction function,
    List<String> operands,
    List<LogicalType> types,
    LogicalType type,
    String unit,
    boolean distinct,
    String order,
    String suffix) {
  public Call {
    operands = List.copyOf(operands);
    types = List.copyOf(types);
  }

  /** The operand at {@code index}. */
  public String operand(int index) {
    return operands.get(index);
  }
}

package dev.leat.sql;

import org.apache.calcite.rel.type.RelDataType;

/**
 * How a function is called.
 *
 * @param least how many operands at least
 * @param most how many at most
 * @param takes what it takes, for people
 * @param rule the type of a call
 */
record Signature(int least, int most, String takes, Rule rule) {

  RelDataType derive(String name, Operands operands) {
    RelDataType type = rule.type(operands);
    if (type == null) {
      throw Problem.type(
          operands.call().getParserPosition(),
          name + " takes " + takes + ", not " + operands.describe(),
          "Convert what does not fit with CAST(… AS type).");
    }
    return type;
  }
}

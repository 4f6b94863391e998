package dev.leat.app.conformance;

import dev.leat.spi.sql.PortableFunction;
import java.util.List;
import java.util.stream.Stream;

/**
 * An expression and what it gives on every engine that has its function.
 *
 * @param function what it is about; the expression uses it
 * @param expected a value of the type's class
 * @param outcome whether there is one
 */
record FunctionCase(
    PortableFunction function, String expression, Object expected, Outcome outcome) {

  enum Outcome {
    /** The expected value. */
    VALUE,
    /** The expected value; an error where an engine does not keep that many digits. */
    VALUE_OF_MANY_DIGITS,
    /** An error of the query, and nothing else. */
    ERROR
  }

  static FunctionCase gives(PortableFunction function, String expression, Object expected) {
    return new FunctionCase(function, expression, expected, Outcome.VALUE);
  }

  static FunctionCase wide(PortableFunction function, String expression, Object expected) {
    return new FunctionCase(function, expression, expected, Outcome.VALUE_OF_MANY_DIGITS);
  }

  static FunctionCase fails(PortableFunction function, String expression) {
    return new FunctionCase(function, expression, null, Outcome.ERROR);
  }

  static Stream<FunctionCase> all() {
    return Stream.of(
            NumberCases.all(),
            TextCases.all(),
            PatternCases.all(),
            TimeCases.all(),
            CastCases.all(),
            AggregateCases.all(),
            WindowCases.all())
        .flatMap(List::stream);
  }

  @Override
  public String toString() {
    return expression + " = " + (outcome == Outcome.ERROR ? "an error" : expected);
  }
}

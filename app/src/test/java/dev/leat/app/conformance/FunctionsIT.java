package dev.leat.app.conformance;

import static dev.leat.app.conformance.Workbench.onEveryEngine;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.leat.app.conformance.FunctionCase.Outcome;
import dev.leat.spi.error.ErrorCategory;
import dev.leat.spi.error.LeatException;
import dev.leat.spi.instruction.Relation;
import dev.leat.spi.schema.LogicalType.Decimal;
import dev.leat.spi.sql.Dialect;
import dev.leat.spi.sql.PortableFunction;
import java.math.BigDecimal;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every function of portable SQL on every engine that has it. */
class FunctionsIT {
  @BeforeAll
  static void numbers() {
    onEveryEngine(bench -> bench.table("numbers", AggregateCases.COLUMNS, AggregateCases.ROWS));
  }

  static Stream<FunctionCase> cases() {
    return FunctionCase.all();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("cases")
  void gives(FunctionCase each) {
    onEveryEngine(
        bench -> {
          Relation query = query(each);
          if (each.outcome() == Outcome.ERROR
              || (each.outcome() == Outcome.VALUE_OF_MANY_DIGITS
                  && !keepsManyDigits(bench.dialect()))) {
            assertThatThrownBy(() -> bench.run(query))
                .isInstanceOfSatisfying(
                    LeatException.class,
                    e ->
                        assertThat(e.category())
                            .isIn(
                                ErrorCategory.DATA,
                                each.outcome() == Outcome.ERROR
                                    ? ErrorCategory.DATA
                                    : ErrorCategory.CONFIG));
          } else {
            require(bench.run(query).getFirst().getFirst(), each.expected());
          }
        });
  }

  private static Relation query(FunctionCase each) {
    return new Relation.Sql("SELECT " + each.expression() + " AS v");
  }

  /** The cases are of the functions that they say, which a dialect is asked to write. */
  @Test
  void everyFunctionIsWrittenByDialects() {
    onEveryEngine(
        bench -> {
          CallRecorder calls = new CallRecorder(bench.dialect());
          FunctionCase.all().forEach(each -> compile(bench, each, calls));
          assertThat(calls.missing())
              .as("functions that no case uses, but those that are values of the run")
              .containsExactlyInAnyOrder(
                  PortableFunction.CURRENT_DATE, PortableFunction.CURRENT_TIMESTAMP);
        });
  }

  private static void compile(Workbench bench, FunctionCase each, CallRecorder calls) {
    try {
      var unused = bench.compile(query(each), calls.dialect());
    } catch (LeatException e) {
      if (!Workbench.lacksFunction(e) && each.outcome() != Outcome.VALUE_OF_MANY_DIGITS) {
        throw e;
      }
    }
  }

  /** An engine that does not says so where it is to write one. */
  private static boolean keepsManyDigits(Dialect dialect) {
    try {
      return !dialect.literal(new Decimal(38, 0), "9".repeat(38)).isEmpty();
    } catch (LeatException e) {
      return false;
    }
  }

  private static void require(Object value, Object expected) {
    if (value != null && expected != null) {
      assertThat(value).isInstanceOf(expected.getClass());
    }
    switch (expected) {
      case BigDecimal number -> assertThat((BigDecimal) value).isEqualByComparingTo(number);
      case Double number ->
          assertThat((Double) value).isCloseTo(number, within(Math.abs(number) * 1e-12));
      case null, default -> assertThat(value).isEqualTo(expected);
    }
  }
}

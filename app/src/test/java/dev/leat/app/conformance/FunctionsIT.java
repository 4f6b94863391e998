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
import dev.leat.sql.CompiledQuery;
import java.math.BigDecimal;
import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every function of portable SQL on every engine that has it. */
class FunctionsIT {
  /** No dialect is asked for them. */
  private static final Set<PortableFunction> VALUES_OF_THE_RUN =
      EnumSet.of(PortableFunction.CURRENT_DATE, PortableFunction.CURRENT_TIMESTAMP);

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
          Relation query = new Relation.Sql("SELECT " + each.expression() + " AS v");
          boolean many = each.outcome() == Outcome.VALUE_OF_MANY_DIGITS;
          if (each.outcome() == Outcome.ERROR || (many && !keepsManyDigits(bench.dialect()))) {
            assertThatThrownBy(() -> bench.run(query))
                .isInstanceOfSatisfying(
                    LeatException.class,
                    e ->
                        assertThat(e.category())
                            .isIn(
                                ErrorCategory.DATA,
                                many ? ErrorCategory.CONFIG : ErrorCategory.DATA));
            return;
          }
          CallRecorder calls = new CallRecorder(bench.dialect());
          CompiledQuery compiled = bench.compile(query, calls.dialect());
          if (!VALUES_OF_THE_RUN.contains(each.function())) {
            assertThat(calls.called()).contains(each.function());
          }
          require(bench.run(compiled).getFirst().getFirst(), each.expected());
        });
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

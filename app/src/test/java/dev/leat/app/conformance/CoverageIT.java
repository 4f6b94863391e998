package dev.leat.app.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.leat.spi.instruction.Relation;
import dev.leat.spi.instruction.Write;
import dev.leat.spi.sql.PortableFunction;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Nothing that there is has been left out. */
class CoverageIT {
  private static final List<Class<?>> SUITE =
      List.of(
          QueryRelationsIT.class,
          RowRelationsIT.class,
          ChangeRelationsIT.class,
          ActivityRelationsIT.class,
          HistoryIT.class,
          WritesIT.class);

  @Test
  void everyRelationIsCompared() {
    assertThat(covered()).contains(Relation.class.getPermittedSubclasses());
  }

  @Test
  void everyWriteIsCompared() {
    assertThat(covered()).contains(Write.class.getPermittedSubclasses());
  }

  @Test
  void everyFunctionHasCases() {
    Set<PortableFunction> without = EnumSet.allOf(PortableFunction.class);
    FunctionCase.all().forEach(each -> without.remove(each.function()));
    assertThat(without).isEmpty();
  }

  private static Set<Class<?>> covered() {
    Set<Class<?>> covered = new HashSet<>();
    for (Class<?> tests : SUITE) {
      for (var method : tests.getDeclaredMethods()) {
        Covers covers = method.getAnnotation(Covers.class);
        if (covers != null) {
          covered.addAll(Arrays.asList(covers.value()));
        }
      }
    }
    return covered;
  }
}

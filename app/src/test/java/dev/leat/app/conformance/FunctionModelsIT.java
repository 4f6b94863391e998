package dev.leat.app.conformance;

import static dev.leat.app.conformance.Workbench.onEverySystem;
import static org.assertj.core.api.Assertions.assertThat;

import dev.leat.spi.instruction.Relation;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Functions of columns, for any values, against what they mean in Java. */
class FunctionModelsIT {
  private static final List<FunctionModel> MODELS = FunctionModel.all();

  @Provide
  Arbitrary<List<Arguments>> arguments() {
    return Arguments.any().list().ofMinSize(1).ofMaxSize(40);
  }

  @Property(tries = 10)
  void giveWhatTheyMean(@ForAll("arguments") List<Arguments> arguments) {
    List<List<Object>> rows =
        IntStream.range(0, arguments.size()).mapToObj(i -> arguments.get(i).values(i)).toList();
    String query =
        IntStream.range(0, MODELS.size())
            .mapToObj(m -> MODELS.get(m).expression() + " AS m" + m)
            .collect(Collectors.joining(", ", "SELECT id, ", " FROM t.arguments ORDER BY id"));
    onEverySystem(
        bench -> {
          bench.table("arguments", Arguments.COLUMNS, rows);
          List<List<Object>> given = bench.run(new Relation.Sql(query));
          for (int i = 0; i < arguments.size(); i++) {
            List<String> wrong = new ArrayList<>();
            for (int m = 0; m < MODELS.size(); m++) {
              Object expected = MODELS.get(m).meaning().apply(arguments.get(i));
              Object value = given.get(i).get(m + 1);
              if (expected == null ? value != null : !expected.equals(value)) {
                wrong.add(MODELS.get(m).expression() + " = " + value + ", not " + expected);
              }
            }
            assertThat(wrong).as("of %s", arguments.get(i)).isEmpty();
          }
        });
  }
}

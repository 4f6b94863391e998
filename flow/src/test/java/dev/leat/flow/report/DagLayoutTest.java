package dev.leat.flow.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.leat.flow.report.DagLayout.Box;
import dev.leat.flow.report.RunShape.Edge;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class DagLayoutTest {

  @ParameterizedTest
  @ValueSource(ints = {1, 3, 12, 40, 200})
  void noBoxIsOverAnotherOrOverAnEdgeThatIsNotItsOwn(int nodes) {
    for (int seed = 0; seed < 5; seed++) {
      Random random = new Random(seed);
      List<Double> widths = new ArrayList<>();
      List<Edge> edges = new ArrayList<>();
      for (int i = 0; i < nodes; i++) {
        widths.add(60 + random.nextDouble() * 300);
        for (int from = 0; from < i; from++) {
          if (random.nextDouble() < 2.0 / nodes) {
            edges.add(new Edge(from, i));
          }
        }
      }

      DagLayout layout = DagLayout.of(widths, edges);

      for (int i = 0; i < nodes; i++) {
        Box box = layout.boxes().get(i);
        assertThat(box.width()).isGreaterThanOrEqualTo(widths.get(i));
        assertThat(box.x()).isNotNegative();
        assertThat(box.y()).isGreaterThan(-0.001);
        assertThat(box.right()).isLessThan(layout.width() + 0.001);
        assertThat(box.y() + box.height()).isLessThan(layout.height() + 0.001);
        for (int j = 0; j < i; j++) {
          assertThat(box.overlaps(layout.boxes().get(j)))
              .as("seed %s: %s, %s", seed, i, j)
              .isFalse();
        }
        for (List<Box> route : layout.routes()) {
          assertThat(route.subList(1, route.size() - 1)).noneMatch(box::overlaps);
        }
      }
    }
  }

  @Test
  void whatDependsOnSomethingIsRightOfIt() {
    List<Edge> edges = List.of(new Edge(0, 1), new Edge(1, 2), new Edge(0, 2), new Edge(3, 2));

    List<Box> boxes = DagLayout.of(Collections.nCopies(4, 100.0), edges).boxes();

    for (Edge edge : edges) {
      assertThat(boxes.get(edge.from()).right()).isLessThan(boxes.get(edge.to()).x());
    }
    assertThat(boxes.get(3).x()).as("next to what needs it").isEqualTo(boxes.get(1).x());
  }

  @Test
  void twoChainsDoNotCross() {
    List<Edge> edges = List.of(new Edge(0, 3), new Edge(1, 2));

    List<Box> boxes = DagLayout.of(Collections.nCopies(4, 100.0), edges).boxes();

    assertThat(boxes.get(0).y() < boxes.get(1).y()).isEqualTo(boxes.get(3).y() < boxes.get(2).y());
  }

  @Test
  void aCircleIsDrawnAllTheSame() {
    assertThat(
            DagLayout.of(Collections.nCopies(2, 50.0), List.of(new Edge(0, 1), new Edge(1, 0)))
                .boxes())
        .hasSize(2);
  }
}

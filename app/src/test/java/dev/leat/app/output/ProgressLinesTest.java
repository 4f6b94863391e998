package dev.leat.app.output;

import static org.assertj.core.api.Assertions.assertThat;

import dev.leat.replication.ReplicationProgress;
import dev.leat.replication.ReplicationProgress.Stage;
import dev.leat.replication.TableProgress;
import dev.leat.spi.Position;
import dev.leat.spi.schema.TableId;
import dev.leat.spi.state.TableError;
import dev.leat.spi.state.TablePhase;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ProgressLinesTest {
  private static final TableProgress COPYING = table("orders", TablePhase.COPYING, 500, 2);
  private static final TableProgress DONE = table("items", TablePhase.STREAMING, 1_000, 4);

  @Test
  void showsABarPerTableAndASummary() {
    assertThat(
            ProgressLines.block(
                progress(Stage.COPYING, List.of(COPYING, DONE)),
                1_234,
                new TerminalSize(100, 24),
                false))
        .containsExactly(
            "public.orders  ━━━━━━━━━━━━────────────   50 %       500 rows   5.0 kB",
            "public.items   ━━━━━━━━━━━━━━━━━━━━━━━━  100 %     1,000 rows    10 kB",
            "copying  1 of 2 tables  1,500 rows  15 kB  1,234 rows/s  source holds back 7.0 kB of log");
  }

  @Test
  void leavesOutTheBarWhereItDoesNotFit() {
    assertThat(ProgressLines.tableLine(COPYING, 13, 60, false))
        .doesNotContain("━")
        .contains("50 %");
  }

  @Test
  void saysHundredPercentOnlyWhenDurable() {
    assertThat(ProgressLines.fraction(table("t", TablePhase.COPYING, 2_000, 4))).isEqualTo(0.99);
    assertThat(ProgressLines.fraction(table("t", TablePhase.COPIED, 0, 0))).isEqualTo(1);
  }

  @Test
  void showsWhyATableStands() {
    TableProgress stopped =
        new TableProgress(
            new TableId("public", "t"),
            new TableId("public", "t"),
            TablePhase.ERRORED,
            -1,
            -1,
            0,
            0,
            0,
            0,
            0,
            new TableError("SCHEMA_CHANGED", "a column changed", "copy again", Instant.EPOCH));

    assertThat(ProgressLines.tableLine(stopped, 8, 80, false))
        .isEqualTo("public.t  error[SCHEMA_CHANGED]: a column changed");
  }

  @ParameterizedTest
  @ValueSource(ints = {20, 40, 60, 80, 120, 200})
  void neverIsWiderThanTheTerminal(int columns) {
    List<String> lines =
        ProgressLines.block(
            progress(Stage.COPYING, List.of(COPYING, DONE)),
            1e6,
            new TerminalSize(columns, 24),
            false);

    assertThat(lines).allSatisfy(line -> assertThat(line.length()).isLessThan(columns));
  }

  @Test
  void neverIsHigherThanTheTerminal() {
    List<TableProgress> many = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      many.add(i == 99 ? COPYING : DONE);
    }

    List<String> lines =
        ProgressLines.block(progress(Stage.COPYING, many), 0, new TerminalSize(80, 10), false);

    assertThat(lines).hasSize(9).first().asString().startsWith("public.orders");
    assertThat(lines).contains("… and 93 more tables");
  }

  @Test
  void summarizesStreaming() {
    assertThat(ProgressLines.summary(progress(Stage.STREAMING, List.of(DONE)), 0))
        .isEqualTo("streaming  12,345 changes  678/s  lag 9 ms, 1.2 kB");
  }

  private static TableProgress table(String name, TablePhase phase, long rows, int finished) {
    TableId id = new TableId("public", name);
    return new TableProgress(id, id, phase, 1_000, -1, rows, rows * 10, finished, 4, 0, null);
  }

  private static ReplicationProgress progress(Stage stage, List<TableProgress> tables) {
    return new ReplicationProgress(
        stage, tables, Position.at(1), Position.at(2), 1_234, 7_000, 9, 12_345, 678, null, null);
  }
}

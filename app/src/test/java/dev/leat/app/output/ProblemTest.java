package dev.leat.app.output;

import static org.assertj.core.api.Assertions.assertThat;

import dev.leat.spi.error.ErrorCategory;
import dev.leat.spi.error.ErrorCode;
import dev.leat.spi.error.LeatException;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class ProblemTest {
  private final LeatException walLevel =
      new LeatException(
          new ErrorCode("PG_WAL_LEVEL", ErrorCategory.CONFIG),
          "wal_level is replica, logical replication needs logical",
          "ALTER SYSTEM SET wal_level = logical;\nand restart the server");

  @Test
  void showsCodeSentenceAndFix() {
    assertThat(Problem.error(walLevel).lines(false))
        .containsExactly(
            "error[PG_WAL_LEVEL]: wal_level is replica, logical replication needs logical",
            "  fix: ALTER SYSTEM SET wal_level = logical;",
            "       and restart the server");
  }

  @Test
  void showsWhere() {
    Problem problem =
        new Problem(
            Problem.ERROR, "UNKNOWN_KEY", "unknown key", "flow.toml:4:1", Map.of(), "remove it");

    assertThat(problem.lines(false))
        .containsExactly(
            "error[UNKNOWN_KEY]: unknown key", "  --> flow.toml:4:1", "  fix: remove it");
  }

  @Test
  void showsContext() {
    assertThat(Problem.warning(walLevel.with("table", "public.orders")).lines(false))
        .startsWith(
            "warning[PG_WAL_LEVEL]: wal_level is replica, logical replication needs logical",
            "  table: public.orders");
  }

  @Test
  void emphasizesOnlyWithColor() {
    assertThat(String.join("", Problem.error(walLevel).lines(true))).contains("\u001b[1;31merror");
    assertThat(String.join("", Problem.error(walLevel).lines(false))).doesNotContain("\u001b");
  }
}

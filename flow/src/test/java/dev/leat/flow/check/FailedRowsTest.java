package dev.leat.flow.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.leat.spi.schema.TableId;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class FailedRowsTest {

  @Test
  void namesTheTableAfterDatasetAndCheck() {
    assertThat(FailedRows.table(Checks.ORDERS, "not_null.id"))
        .isEqualTo(new TableId("_leat_failed", "gold__orders__not_null.id"));
  }

  @Test
  void shortensNamesThatAnEngineWouldCutOff() {
    TableId one = FailedRows.table(Checks.ORDERS, "not_null." + "ä".repeat(60) + "1");
    TableId other = FailedRows.table(Checks.ORDERS, "not_null." + "ä".repeat(60) + "2");
    assertThat(one.table().getBytes(StandardCharsets.UTF_8).length).isLessThanOrEqualTo(63);
    assertThat(one).isNotEqualTo(other);
  }

  @Test
  void saysHowToLookAtASample() {
    CheckModel check = Checks.check("unique.id", new Rule.NotNull("id"));
    CheckResult result =
        new CheckResult(
            check,
            false,
            1,
            1,
            "",
            Map.of(),
            Optional.of(FailedRows.table(Checks.ORDERS, check.name())));
    assertThat(result.command("shop"))
        .contains("leat sql shop 'SELECT * FROM _leat_failed.\"gold__orders__unique.id\"'");
    assertThat(result.blocks()).isTrue();
  }
}

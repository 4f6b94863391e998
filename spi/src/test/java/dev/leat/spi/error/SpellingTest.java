package dev.leat.spi.error;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SpellingTest {
  @ParameterizedTest
  @CsvSource({
    "tabels, tables",
    "Tables, tables",
    "nmae, name",
    "tale, table",
    "tabless, tables",
    "dat, date",
    "xyz, ''",
    "nmea, ''",
    "'', ''"
  })
  void findsTheClosestWordIfOneIsClose(String typed, String meant) {
    assertThat(
            Spelling.closest(typed, List.of("tables", "table", "date", "name", "name")).orElse(""))
        .isEqualTo(meant);
  }

  @Test
  void keepsHowTheWordIsWritten() {
    assertThat(Spelling.closest("crm.orderz", List.of("CRM.Orders"))).contains("CRM.Orders");
  }
}

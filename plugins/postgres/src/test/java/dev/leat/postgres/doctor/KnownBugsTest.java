package dev.leat.postgres.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class KnownBugsTest {
  @ParameterizedTest
  @CsvSource({
    "140012, 3",
    "140013, 2",
    "140018, 1",
    "140019, 0",
    "160003, 3",
    "160004, 2",
    "160009, 1",
    "160010, 0",
    "170000, 2",
    "170005, 1",
    "170006, 0",
    "180000, 0",
    "190000, 0"
  })
  void knowsWhichVersionsHaveThem(int version, int bugs) {
    assertThat(KnownBugs.of(version)).hasSize(bugs);
  }

  @Test
  void namesTheVersionThatHasNone() {
    assertThat(KnownBugs.safeVersion(150001)).isEqualTo("15.14");
  }
}

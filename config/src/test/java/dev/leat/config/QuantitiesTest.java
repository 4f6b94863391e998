package dev.leat.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

final class QuantitiesTest {
  @Test
  void readsDurations() {
    assertThat(Quantities.duration("250ms")).contains(Duration.ofMillis(250));
    assertThat(Quantities.duration("1.5 h")).contains(Duration.ofMinutes(90));
    assertThat(Quantities.duration("3d")).contains(Duration.ofDays(3));
  }

  @Test
  void readsSizes() {
    assertThat(Quantities.bytes("64 MB")).contains(64_000_000L);
    assertThat(Quantities.bytes("1 GiB")).contains(1L << 30);
  }

  @Test
  void refusesWhatHasNoUnitOrAnother() {
    assertThat(Quantities.duration("30")).isEmpty();
    assertThat(Quantities.duration("-1s")).isEmpty();
    assertThat(Quantities.bytes("5 apples")).isEmpty();
    assertThat(Quantities.bytes("99999999999999999999 TB")).isEmpty();
  }
}

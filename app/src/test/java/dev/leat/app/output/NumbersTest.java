package dev.leat.app.output;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

final class NumbersTest {
  @Test
  void groupsDigitsAndKnowsPlurals() {
    assertThat(Numbers.count(1_234_567)).isEqualTo("1,234,567");
    assertThat(Numbers.count(1, "row")).isEqualTo("1 row");
    assertThat(Numbers.count(0, "row")).isEqualTo("0 rows");
  }

  @Test
  void showsBytesWithTwoOrThreeDigits() {
    assertThat(Numbers.bytes(999)).isEqualTo("999 B");
    assertThat(Numbers.bytes(1_500)).isEqualTo("1.5 kB");
    assertThat(Numbers.bytes(999_600)).isEqualTo("1.0 MB");
    assertThat(Numbers.bytes(123_456_789_000L)).isEqualTo("123 GB");
    assertThat(Numbers.bytes(Long.MAX_VALUE)).isEqualTo("9.2 EB");
  }

  @Test
  void showsDurationsInTheUnitsThatMatter() {
    assertThat(Numbers.millis(12)).isEqualTo("12 ms");
    assertThat(Numbers.millis(3_449)).isEqualTo("3.4 s");
    assertThat(Numbers.millis(59_400)).isEqualTo("59 s");
    assertThat(Numbers.millis(59_600)).isEqualTo("1 min");
    assertThat(Numbers.duration(Duration.ofSeconds(125))).isEqualTo("2 min 5 s");
    assertThat(Numbers.duration(Duration.ofMinutes(192))).isEqualTo("3 h 12 min");
    assertThat(Numbers.duration(Duration.ofHours(49))).isEqualTo("2 d 1 h");
  }

  @Test
  void showsRates() {
    assertThat(Numbers.rate(0)).isEqualTo("0");
    assertThat(Numbers.rate(0.44)).isEqualTo("0.4");
    assertThat(Numbers.rate(123_456.7)).isEqualTo("123,457");
  }
}

package dev.leat.testkit.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class PostgresVersionTest {
  @Test
  void takesTheMajorPartOfAVersion() {
    assertThat(PostgresVersion.parse("18.6")).isEqualTo(PostgresVersion.of(18));
    assertThat(PostgresVersion.parse(" 14 ")).isEqualTo(PostgresVersion.of(14));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "latest", "9.6", "-18", "18x"})
  void refusesWhatIsNoMajorVersion(String text) {
    assertThatThrownBy(() -> PostgresVersion.parse(text))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void comparesByNumber() {
    assertThat(PostgresVersion.of(14)).isLessThan(PostgresVersion.of(18));
    assertThat(PostgresVersion.of(16).atLeast(16)).isTrue();
    assertThat(PostgresVersion.of(16).atLeast(17)).isFalse();
  }
}

package dev.leat.generate.airflow;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

final class PythonTest {
  @Test
  void quotesTexts() {
    assertThat(Python.text("a \"b\" 'c' \\n {d} %s")).isEqualTo("\"a \\\"b\\\" 'c' \\\\n {d} %s\"");
    assertThat(Python.text("one\r\n\ttwo\0\u007Fü")).isEqualTo("\"one\\r\\n\\ttwo\\x00\\x7fü\"");
  }

  @Test
  void writesDurationsExactly() {
    assertThat(Python.duration(Duration.ofMinutes(5))).isEqualTo("timedelta(seconds=300)");
    assertThat(Python.duration(Duration.ofMillis(1500))).isEqualTo("timedelta(milliseconds=1500)");
  }
}

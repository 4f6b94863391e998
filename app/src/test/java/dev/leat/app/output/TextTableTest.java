package dev.leat.app.output;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

final class TextTableTest {
  @Test
  void alignsColumns() {
    TextTable table = new TextTable(List.of("TABLE", ">ROWS", "STATE"));
    table.row("public.orders", "1,000", "streaming");
    table.row("a.b", "7", "init");

    assertThat(table.lines(0, false))
        .containsExactly(
            "TABLE           ROWS  STATE",
            "public.orders  1,000  streaming",
            "a.b                7  init");
  }

  @Test
  void shortensTheWidestColumnToFit() {
    TextTable table = new TextTable(List.of("ID", "TEXT"));
    table.row("12345678", "a rather long text that does not fit");

    assertThat(table.lines(24, false))
        .containsExactly("ID        TEXT", "12345678  a rather long…");
  }

  @Test
  void showsControlCharactersAsEscapes() {
    TextTable table = new TextTable(List.of("A", "B"));
    table.row(Arrays.asList("1\n2\t\u001b[31m", null));

    assertThat(table.lines(0, false).get(1)).isEqualTo("1\\n2\\t\\x1b[31m");
  }

  @Test
  void countsCharactersNotUtf16Units() {
    TextTable table = new TextTable(List.of("A", "B"));
    table.row("😀😀", "x");

    assertThat(table.lines(0, false)).containsExactly("A   B", "😀😀  x");
  }
}

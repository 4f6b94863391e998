package dev.leat.generate.dbt;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class JinjaTest {
  @Test
  void textThatLooksLikeATemplateStandsForItself() {
    assertThat(Jinja.plain("SELECT '{{ x }}', '{% y %}', '{# z #}', '{a}'"))
        .isEqualTo("SELECT '{{ '{' }}{ x }}', '{{ '{' }}% y %}', '{{ '{' }}# z #}', '{a}'");
  }

  @Test
  void aBraceBeforeAnExpressionStandsForItself() {
    assertThat(Jinja.plain("'{") + "{{ ref('a') }}").isEqualTo("'{{ '{' }}{{ ref('a') }}");
  }

  @Test
  void quotesTextsInExpressions() {
    assertThat(Jinja.text("it's a\\b\nc")).isEqualTo("'it\\'s a\\\\b\\nc'");
  }

  @Test
  void namesOfModelsAreWords() {
    assertThat(DbtNames.word("fact \"order\"")).isEqualTo("fact__order_");
    assertThat(DbtNames.word("2026_orders")).isEqualTo("_2026_orders");
  }
}

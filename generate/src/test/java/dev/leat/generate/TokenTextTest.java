package dev.leat.generate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.leat.generate.Token.Unit;
import dev.leat.spi.schema.LogicalType.Primitive;
import dev.leat.spi.schema.TableId;
import java.util.Locale;
import org.junit.jupiter.api.Test;

final class TokenTextTest {
  private static final Token ORDERS = new Token.Table(new TableId("silver", "orders"));
  private static final Token NOW = new Token.Now(Unit.DAY, Primitive.DATE);

  @Test
  void writesTokensAndTheTextBetweenApart() {
    TokenText tokens = new TokenText();
    String text =
        "select 1 from " + tokens.of(ORDERS) + " where d = " + tokens.of(NOW) + tokens.of(ORDERS);
    assertThat(tokens.in(text)).containsExactly(ORDERS, NOW, ORDERS);
    assertThat(
            tokens.render(
                text,
                token -> token instanceof Token.Table ? "<t>" : "<n>",
                plain -> plain.toUpperCase(Locale.ROOT)))
        .isEqualTo("SELECT 1 FROM <t> WHERE D = <n><t>");
  }

  @Test
  void aTokenIsAlwaysTheSameText() {
    TokenText tokens = new TokenText();
    assertThat(tokens.of(ORDERS))
        .isEqualTo(tokens.of(new Token.Table(new TableId("silver", "orders"))))
        .isNotEqualTo(tokens.of(NOW));
  }
}

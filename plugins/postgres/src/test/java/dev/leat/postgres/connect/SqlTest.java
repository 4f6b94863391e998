package dev.leat.postgres.connect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.leat.spi.schema.TableId;
import org.junit.jupiter.api.Test;

class SqlTest {

  @Test
  void quotesNames() {
    assertThat(Sql.table(new TableId("a\"b", "select"))).isEqualTo("\"a\"\"b\".\"select\"");
  }

  @Test
  void quotesTextsForEverySettingOfTheServer() {
    assertThat(Sql.literal("it's")).isEqualTo("'it''s'");
    assertThat(Sql.literal("a\\'b")).isEqualTo(" E'a\\\\''b'");
  }
}

package dev.leat.sql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.leat.spi.error.ErrorCategory;
import dev.leat.spi.error.LeatException;
import dev.leat.spi.instruction.Projection;
import dev.leat.spi.instruction.Relation;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SqlErrorsTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '¦',
      quoteCharacter = '`',
      value = {
        "SELECT id FRM crm.orders ¦ SQL_SYNTAX ¦ 1:15 ¦ not expected",
        "SELECT id FROM crm.orders WHERE ¦ SQL_SYNTAX ¦ 1:32 ¦ ends too early",
        "DELETE FROM crm.orders ¦ SQL_SYNTAX ¦ 1:1 ¦ DELETE is not a query",
        "SELECT FROM crm.orders ¦ SQL_SYNTAX ¦ 1:8 ¦ near the keyword 'FROM'",
        "SELECT id, 'new AS kind FROM crm.orders ¦ SQL_SYNTAX ¦ 1:12 ¦ has no end",
        "SELECT 1 AS a; SELECT 2 AS a ¦ SQL_SYNTAX ¦ 1:14 ¦ more than one statement",
        "SELECT id FROM crm.orderz ¦ SQL_UNKNOWN_TABLE ¦ 1:16 ¦ crm.orderz",
        "SELECT id FROM orders ¦ SQL_UNKNOWN_TABLE ¦ 1:16 ¦ orders",
        "SELECT statu FROM crm.orders ¦ SQL_UNKNOWN_COLUMN ¦ 1:8 ¦ statu",
        "SELECT x.id FROM crm.orders o ¦ SQL_UNKNOWN_TABLE ¦ 1:8 ¦ x",
        "SELECT o.satus FROM crm.orders o ¦ SQL_UNKNOWN_COLUMN ¦ 1:10 ¦ satus",
        "SELECT at, statu FROM crm.orders ¦ SQL_UNKNOWN_COLUMN ¦ 1:12 ¦ statu",
        "SELECT id FROM crm.orders a JOIN crm.customers b ON TRUE ¦ SQL_AMBIGUOUS_COLUMN ¦ 1:8 ¦ id",
        "SELECT UPER(status) AS s FROM crm.orders ¦ SQL_FUNCTION_UNKNOWN ¦ 1:8 ¦ UPER",
        "SELECT MD5(status) AS s FROM crm.orders ¦ SQL_FUNCTION_UNSUPPORTED ¦ 1:8 ¦ MD5",
        "SELECT id + status AS s FROM crm.orders ¦ SQL_TYPE ¦ 1:8 ¦ BIGINT, TEXT",
        "SELECT id FROM crm.orders WHERE status ¦ SQL_TYPE ¦ 1:33 ¦ condition",
        "SELECT id FROM crm.orders WHERE placed_on > 'May' ¦ SQL_TYPE ¦ 1:45 ¦ DATE",
        "SELECT UPPER(id) AS s FROM crm.orders ¦ SQL_TYPE ¦ 1:8 ¦ UPPER takes a text",
        "SELECT UPPER(status) FROM crm.orders ¦ SQL_COLUMN_UNNAMED ¦ 1:8 ¦ no name",
        "SELECT id, customer AS id FROM crm.orders ¦ SQL_DUPLICATE_COLUMN ¦ 1:12 ¦ id",
        "SELECT status, id FROM crm.orders GROUP BY status ¦ SQL_NOT_GROUPED ¦ 1:16 ¦ id",
        "SELECT doc FROM crm.orders ORDER BY doc ¦ SQL_TYPE ¦ 1:37 ¦ no order",
        "SELECT id FROM crm.orders QUALIFY ROW_NUMBER() OVER (ORDER BY id) = 1 ¦ SQL_NOT_PORTABLE ¦ 1:35 ¦ QUALIFY",
        "SELECT status ILIKE 'a' AS s FROM crm.orders ¦ SQL_NOT_PORTABLE ¦ 1:8 ¦ ILIKE",
        "SELECT id FROM crm.orders WHERE id = ? ¦ SQL_NOT_PORTABLE ¦ 1:38 ¦ parameters",
        "SELECT CAST(id AS VARCHAR(3)) AS s FROM crm.orders ¦ SQL_TYPE ¦ 1:19 ¦ VARCHAR"
      })
  void sayWhatIsWrongAndWhere(String sql, String code, String place, String words) {
    LeatException error = Shop.refused(sql);
    assertThat(error.code().name()).isEqualTo(code);
    assertThat(error.category()).isEqualTo(ErrorCategory.CONFIG);
    assertThat(error.context()).containsEntry("sql", place);
    assertThat(error.message()).contains(words).doesNotContain("\n");
    assertThat(error.fix()).isNotEmpty();
  }

  @Test
  void nameAQueryThatIsNestedTooDeeply() {
    int depth = 100_000;
    LeatException error =
        Shop.refused("SELECT " + "(".repeat(depth) + "1" + ")".repeat(depth) + " AS one");
    assertThat(error.code().name()).isEqualTo("SQL_SYNTAX");
    assertThat(error.message()).contains("nested too deeply");
    assertThat(Shop.refused("SELECT " + "1 + ".repeat(10_000) + "1 AS one").message())
        .contains("nested too deeply");
    // Nor is the parser of this thread left in the middle.
    assertThat(Shop.refused("SELECT FROM crm.orders").message())
        .endsWith("Incorrect syntax near the keyword 'FROM'");
  }

  @Test
  void suggestsWhatMayHaveBeenMeant() {
    assertThat(Shop.refused("SELECT statu FROM crm.orders").fix()).contains("status");
    assertThat(Shop.refused("SELECT id FROM crm.order_s").fix()).contains("crm.orders");
    assertThat(Shop.refused("SELECT LENTGH(status) AS l FROM crm.orders").fix()).contains("LENGTH");
  }

  @Test
  void placesAreInWhatAPersonWroteAlsoWithinARelation() {
    Relation relation =
        new Relation.Filter(
            new Relation.Select(
                new Relation.Sql("SELECT id, status\nFROM crm.orders\nWHERE at IS NOT NULL"),
                List.of(new Projection("s", "status"), new Projection("i", "id"))),
            "i > 1\n  AND value > 3");
    assertThat(Shop.refused(relation).context()).containsEntry("sql", "2:7");
    assertThat(Shop.refused(relation).message()).contains("value");
  }

  @Test
  void anExpressionCannotReachOutOfItsPlace() {
    LeatException error =
        Shop.refused(new Relation.Filter(new Relation.Scan(Shop.ORDERS), "TRUE) OR (TRUE"));
    assertThat(error.code().name()).isEqualTo("SQL_SYNTAX");
    assertThat(error.context()).containsEntry("sql", "1:5");
  }
}

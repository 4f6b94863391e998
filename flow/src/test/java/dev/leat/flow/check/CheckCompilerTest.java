package dev.leat.flow.check;

import static dev.leat.flow.check.Checks.check;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.leat.spi.error.LeatException;
import dev.leat.spi.instruction.Relation;
import dev.leat.spi.schema.TableId;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CheckCompilerTest {
  private static final String ALL =
      "\"id\", \"customer\", \"status\", \"amount\", \"weight\", \"day\", \"at\"";

  private final CheckCompiler compiler = new CheckCompiler(Checks.ORDERS, Checks.COLUMNS);

  @Test
  void countsAllThatOneLookAtEveryRowCanCountInOneQuery() {
    String sql =
        scan(
            check("not_null.id", new Rule.NotNull("id")),
            check("accepted.status", new Rule.Accepted("status", List.of("new", "it's"))),
            check("range.day", new Rule.Range("day", "2024-05-01", "2024-06-01")),
            check("pattern.status", new Rule.Pattern("status", "^[a-z]+$")),
            check("freshness.at", new Rule.Freshness("at", Duration.ofDays(1))),
            check("unique.id", new Rule.Unique(List.of("id"))),
            check("d", new Rule.Distribution("status", 0.1, null, null, null, null)));
    assertThat(sql)
        .isEqualTo(
            "SELECT COUNT(*) AS \"rows\","
                + " COUNT(CASE WHEN \"id\" IS NULL THEN 1 END) AS \"0.failed\","
                + " COUNT(CASE WHEN \"status\" NOT IN ('new', 'it''s') THEN 1 END) AS \"1.failed\","
                + " COUNT(CASE WHEN \"day\" < DATE '2024-05-01' OR \"day\" > DATE '2024-06-01'"
                + " THEN 1 END) AS \"2.failed\","
                + " COUNT(CASE WHEN NOT REGEXP_LIKE(\"status\", '^[a-z]+$') THEN 1 END)"
                + " AS \"3.failed\","
                + " EXTRACT(EPOCH FROM MAX(\"at\")) AS \"4.newest\","
                + " COUNT(\"status\") AS \"6.values\""
                + " FROM \"gold\".\"orders\"");
  }

  @Test
  void readsNoRowsForAContract() {
    assertThat(compiler.scan(List.of(check("columns", new Rule.Contract(Map.of(), false)))))
        .isEmpty();
  }

  @Test
  void givesTheRowsThatFail() {
    assertThat(failures(new Rule.NotNull("id")))
        .isEqualTo("SELECT " + ALL + " FROM \"gold\".\"orders\" WHERE \"id\" IS NULL LIMIT 5");
    assertThat(failures(new Rule.Reference(List.of("customer"), Checks.CUSTOMERS, List.of("sk"))))
        .endsWith(
            "WHERE \"l\".\"customer\" IS NOT NULL AND NOT EXISTS (SELECT 1 FROM"
                + " \"gold\".\"customers\" AS \"r\" WHERE \"l\".\"customer\" = \"r\".\"sk\")"
                + " LIMIT 5");
    assertThat(compiler.failures(check("rows", new Rule.RowCount(1L, null, null)), 5)).isEmpty();
  }

  @Test
  void putsAQueryOnLinesOfItsOwn() {
    assertThat(failures(new Rule.Custom(" SELECT 1; ")))
        .isEqualTo("SELECT * FROM (\nSELECT 1\n) AS \"_leat_rows\" LIMIT 5");
  }

  @Test
  void reconcilesWithTheRowsOfTheOtherThatCount() {
    CheckModel check =
        check(
            "reconcile",
            new Rule.Reconcile(
                new TableId("bronze", "o"), "x > 1", Map.of("total", "SUM(amount)"), 0));
    assertThat(scan(check)).contains("SUM(amount) AS \"0.own.total\"");
    assertThat(sql(compiler.measure(check).orElseThrow()))
        .isEqualTo("SELECT SUM(amount) AS \"other.total\" FROM \"bronze\".\"o\" WHERE (x > 1\n)");
  }

  @Test
  void quotesNamesAndTexts() {
    TableId table = new TableId("a\"b", "c.d");
    CheckCompiler odd =
        new CheckCompiler(table, List.of(Checks.column("x\"y", Checks.COLUMNS.get(2).type())));
    assertThat(
            sql(
                odd.failures(check("n", new Rule.Accepted("x\"y", List.of("'; --"))), 1)
                    .orElseThrow()))
        .isEqualTo(
            "SELECT \"x\"\"y\" FROM \"a\"\"b\".\"c.d\" WHERE \"x\"\"y\" NOT IN ('''; --') LIMIT 1");
  }

  @Test
  void refusesValuesThatAreNotOfTheColumnsType() {
    assertThatThrownBy(() -> failures(new Rule.Range("id", "many", null)))
        .isInstanceOf(LeatException.class)
        .hasMessageContaining("'many' does not compare with id, a column of type BIGINT");
    assertThatThrownBy(() -> failures(new Rule.Range("day", "May 1", null)))
        .hasMessageContaining("no DATE such as 2024-05-01");
    assertThatThrownBy(() -> failures(new Rule.Accepted("stat", List.of("x"))))
        .isInstanceOfSatisfying(
            LeatException.class, e -> assertThat(e.fix()).isEqualTo("did you mean status?"));
  }

  private String scan(CheckModel... checks) {
    return sql(compiler.scan(List.of(checks)).orElseThrow());
  }

  private String failures(Rule rule) {
    return sql(compiler.failures(check("x", rule), 5).orElseThrow());
  }

  private static String sql(Relation relation) {
    return relation instanceof Relation.Sql(String text) ? text : "";
  }
}

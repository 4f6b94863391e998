package dev.leat.sql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.leat.spi.instruction.JoinType;
import dev.leat.spi.instruction.Relation;
import dev.leat.spi.schema.Column;
import dev.leat.spi.schema.LogicalType.Decimal;
import dev.leat.spi.schema.LogicalType.Primitive;
import dev.leat.spi.schema.TableId;
import dev.leat.sql.Lineage.Origin;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SqlCompilerTest {
  private static String sql(String portable) {
    return Shop.compile(portable).sql();
  }

  @Test
  void writesNamesAsTheyAreStoredAndWithTheirTables() {
    assertThat(sql("SELECT c.NAME, O.id FROM CRM.orders O JOIN crm.customers c ON o.id = c.id"))
        .isEqualTo(
            "SELECT [c].[Name], [o].[id] FROM [crm].[orders] AS [o] JOIN [crm].[Customers] AS [c]"
                + " ON [o].[id] = [c].[id]");
  }

  @Test
  void nullsAreLastInBothDirectionsAndTextsOrderedByTheDialect() {
    assertThat(
            sql("SELECT id FROM crm.orders ORDER BY status DESC, id, amount NULLS FIRST LIMIT 3"))
        .endsWith(
            " ORDER BY [orders].[status] COLLATE C DESC NULLS LAST, [orders].[id] NULLS LAST,"
                + " [orders].[amount] NULLS FIRST LIMIT 3");
  }

  @Test
  void ordersADistinctByItsResult() {
    assertThat(
            sql("SELECT DISTINCT status AS s, id FROM crm.orders ORDER BY s DESC, 2 NULLS FIRST"))
        .isEqualTo(
            "SELECT * FROM (SELECT DISTINCT [orders].[status] AS [s], [orders].[id] FROM"
                + " [crm].[orders] AS [orders]) AS [_leat_q1] ORDER BY [_leat_q1].[s] COLLATE C DESC"
                + " NULLS LAST, [_leat_q1].[id] NULLS FIRST");
  }

  @Test
  void filtersBecomeCasesWhereTheEngineHasNone() {
    assertThat(sql("SELECT COUNT(*) FILTER (WHERE id > 1) AS n FROM crm.orders"))
        .startsWith("SELECT COUNT(CASE WHEN [orders].[id] > 1 THEN 1 END) AS [n]");
  }

  @Test
  void knowsTypesAndNullability() {
    assertThat(
            Shop.compile(
                    "SELECT id, SUM(amount) AS s, COUNT(*) AS n, AVG(id) AS a, id / 2 AS h,"
                        + " MAX(customer) AS m, amount_ AS x FROM (SELECT o.*, amount * 2 AS amount_"
                        + " FROM crm.orders o) o GROUP BY id, amount_")
                .columns())
        .containsExactly(
            new Column("id", Primitive.INT64, false, "INT64"),
            new Column("s", new Decimal(38, 2), true, "DECIMAL(38,2)"),
            new Column("n", Primitive.INT64, false, "INT64"),
            new Column("a", Primitive.FLOAT64, false, "FLOAT64"),
            new Column("h", Primitive.INT64, true, "INT64"),
            new Column("m", Primitive.INT32, true, "INT32"),
            new Column("x", new Decimal(20, 2), true, "DECIMAL(20,2)"));
  }

  @Test
  void outerJoinsMakeColumnsNullable() {
    assertThat(
            Shop.compile(
                    "SELECT c.id FROM crm.orders o LEFT JOIN crm.customers c ON o.customer = c.id")
                .columns()
                .getFirst()
                .nullable())
        .isTrue();
  }

  @Test
  void tracesColumnsThroughEverything() {
    Lineage lineage =
        Shop.compile(
                "WITH big AS (SELECT customer AS who, amount * 2 AS twice FROM crm.orders)"
                    + " SELECT b.who, SUM(b.twice) AS total, (SELECT MAX(name) FROM crm.customers c"
                    + " WHERE c.id = b.who) AS name, COUNT(*) AS n FROM big b GROUP BY b.who"
                    + " UNION ALL SELECT id, 0, 'x', 1 FROM crm.customers")
            .lineage();
    assertThat(lineage.tables()).containsExactly(Shop.CUSTOMERS, Shop.ORDERS);
    assertThat(lineage.columns().get("who"))
        .containsExactlyInAnyOrder(
            new Origin(Shop.ORDERS, "customer"), new Origin(Shop.CUSTOMERS, "id"));
    assertThat(lineage.columns().get("total")).containsExactly(new Origin(Shop.ORDERS, "amount"));
    assertThat(lineage.columns().get("name")).containsExactly(new Origin(Shop.CUSTOMERS, "Name"));
    assertThat(lineage.columns().get("n")).isEmpty();
  }

  @Test
  void timeIsThatOfTheRun() {
    CompiledQuery query = Shop.compile("SELECT CURRENT_TIMESTAMP AS now, CURRENT_DATE AS today");
    assertThat(query.sql())
        .isEqualTo(
            "SELECT TIMESTAMP_TZ '2024-05-01 10:00:00' AS [now], DATE '2024-05-01' AS [today]");
    assertThat(query.changesWithTime()).isTrue();
    assertThat(Shop.compile("SELECT 1 AS one").changesWithTime()).isFalse();
  }

  @Test
  void wordsOfTheParserAloneCanBeNames() {
    assertThat(
            sql(
                "SELECT at, MAX(EXTRACT(YEAR FROM at)) AS year, COUNT(*) AS count, MIN(placed_on) AS"
                    + " date FROM crm.orders o GROUP BY o.at ORDER BY year, count"))
        .contains("AS [year]", "AS [count]", "AS [date]", "EXTRACT(YEAR, [o].[at])");
  }

  @Test
  void restrictsOnlyTheDatasetMeantAndOnlyInTheInput() {
    Relation restricted =
        new Relation.Union(
            List.of(
                new Relation.Restrict(
                    new Relation.Sql(
                        "SELECT orders.id FROM crm.orders WHERE id NOT IN (SELECT o.id FROM"
                            + " crm.orders o) AND id IN (SELECT id FROM crm.customers)"),
                    Shop.ORDERS,
                    "status = 'new'"),
                new Relation.Sql("SELECT id FROM crm.orders")),
            false);
    assertThat(Shop.compile(restricted).sql())
        .isEqualTo(
            "WITH [_leat_1] AS (SELECT [orders].[id], [orders].[customer], [orders].[amount],"
                + " [orders].[status], [orders].[placed_on], [orders].[at], [orders].[doc] FROM"
                + " [crm].[orders] AS [orders] WHERE [orders].[status] = 'new'), [_leat_2] AS (SELECT"
                + " [orders].[id] FROM [_leat_1] AS [orders] WHERE [orders].[id] NOT IN (SELECT"
                + " [o].[id] FROM [_leat_1] AS [o]) AND [orders].[id] IN (SELECT [Customers].[id]"
                + " FROM [crm].[Customers] AS [Customers])), [_leat_3] AS (SELECT [_leat_2].[id] FROM"
                + " [_leat_2]), [_leat_4] AS (SELECT [orders].[id] FROM [crm].[orders] AS [orders])"
                + " SELECT [_leat_3].[id] FROM [_leat_3] UNION ALL SELECT [_leat_4].[id] FROM"
                + " [_leat_4]");
  }

  @Test
  void semiAndAntiJoinsAreExists() {
    assertThat(
            Shop.compile(
                    new Relation.Join(
                        new Relation.Scan(Shop.CUSTOMERS),
                        new Relation.Scan(Shop.ORDERS),
                        JoinType.ANTI,
                        "l.id = r.customer",
                        List.of()))
                .sql())
        .endsWith(
            "WHERE NOT (EXISTS (SELECT 1 AS [one] FROM [crm].[orders] AS [r] WHERE [l].[id] ="
                + " [r].[customer]))");
  }

  @Test
  void nativeQueriesPassButForTheNamesOfDatasets() {
    CompiledQuery query =
        Shop.compile(
            new Relation.NativeSql(
                "plain",
                "SELECT 'crm.orders', o.x -- crm.orders\nFROM CRM.Orders o, \"crm.orders\","
                    + " db.crm.orders;"));
    assertThat(query.sql())
        .isEqualTo(
            "SELECT 'crm.orders', o.x -- crm.orders\nFROM [crm].[orders] o, \"crm.orders\","
                + " db.crm.orders");
    assertThat(query.columns()).isEmpty();
    assertThat(query.lineage().tables()).containsExactly(Shop.ORDERS);
  }

  @Test
  void listsWhatARelationReads() {
    TableId unknown = new TableId("a", "b");
    assertThat(
            SqlCompiler.tables(
                new Relation.Filter(
                    new Relation.Sql(
                        "WITH x AS (SELECT * FROM crm.customers) SELECT * FROM x JOIN a.b ON TRUE"),
                    "id IN (SELECT id FROM CRM.ORDERS)"),
                List.of(Shop.ORDERS, Shop.CUSTOMERS)))
        .isEqualTo(List.of(unknown, Shop.CUSTOMERS, Shop.ORDERS));
    assertThat(
            SqlCompiler.tables(
                new Relation.NativeSql("plain", "FROM crm.orders"), List.of(Shop.ORDERS)))
        .isEqualTo(List.of(Shop.ORDERS));
  }

  @Test
  void lineageOfARelationReachesTheDatasets() {
    Relation latest =
        new Relation.Latest(
            new Relation.Scan(Shop.ORDERS),
            List.of("id"),
            List.of("at"),
            "status = 'deleted'",
            List.of("doc", "at"));
    CompiledQuery query = Shop.compile(latest);
    assertThat(query.columns().stream().map(Column::name))
        .containsExactly("id", "customer", "amount", "status", "placed_on");
    assertThat(query.lineage().columns().get("amount"))
        .isEqualTo(Set.of(new Origin(Shop.ORDERS, "amount")));
  }
}

package dev.leat.app.demo;

import dev.leat.app.demo.FlowShop.Sales;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/**
 * What is where after the last run of a flow.
 *
 * @param tables in the database and at the warehouse
 * @param parked orders that wait, by reason
 * @param history the versions of one customer
 * @param revenue what the warehouse answers
 * @param balance what the warehouse answers about orders, payments and shipments
 * @param payments what Parquet files answer
 * @param source sales as the source has them
 * @param warehouse sales as the warehouse has them
 * @param paid payments as the provider sent them, without those that are parked
 * @param published datasets where they were published to
 */
record FlowFigures(
    List<Stored> tables,
    List<List<String>> parked,
    List<List<String>> history,
    List<List<String>> revenue,
    List<List<String>> balance,
    List<List<String>> payments,
    Sales source,
    Sales warehouse,
    Sales paid,
    List<PublishedFigures> published) {
  static final String PARKED =
      """
      SELECT _leat_reason AS reason, count(*) AS orders
      FROM silver.orders_parked GROUP BY reason ORDER BY reason""";

  static final String HISTORY =
      """
      SELECT customer_sk, name, country, tier, valid_from::date AS valid_from, valid_to::date AS valid_to
      FROM gold.dim_customer WHERE customer_id = %d ORDER BY valid_from"""
          .formatted(FlowShop.CUSTOMER);

  static final String REVENUE =
      """
      SELECT c.country, count(DISTINCT f.order_id) AS orders, sum(f.amount) AS revenue
      FROM dwh.fact_order_line f JOIN dwh.dim_customer c USING (customer_sk)
      GROUP BY c.country ORDER BY revenue DESC LIMIT 5""";

  static final String BALANCE =
      """
      SELECT coalesce(carrier, 'not sent') AS carrier, count(*) AS orders,
             sum(ordered) AS ordered, sum(paid) AS paid, sum(due) AS due
      FROM dwh.order_balance GROUP BY 1 ORDER BY 2 DESC""";

  static final String PAYMENTS =
      """
      SELECT paid_by, count(*) AS payments, sum(amount) AS amount
      FROM '%s/gold/fact_payment/*.parquet' GROUP BY paid_by ORDER BY amount DESC""";

  private static final String STORED =
      """
      SELECT table_schema, table_name FROM information_schema.tables
      WHERE table_schema = '%s' AND table_type = 'BASE TABLE'
        AND NOT (table_schema = 'bronze'
          AND (right(table_name, 6) = '_files' OR right(table_name, 7) = '_parked'))
      ORDER BY 1, 2""";

  /**
   * A table.
   *
   * @param layer bronze, silver, gold or warehouse
   */
  record Stored(String layer, String table, long rows) {}

  static FlowFigures of(
      Connection shop, Connection database, Connection dwh, Path lake, Partners partners)
      throws SQLException {
    List<Stored> tables = new ArrayList<>();
    for (String layer : List.of("bronze", "silver", "gold")) {
      tables.addAll(stored(database, layer, layer));
    }
    tables.addAll(stored(dwh, "dwh", "warehouse"));
    return new FlowFigures(
        tables,
        rows(database, PARKED),
        rows(database, HISTORY),
        rows(dwh, REVENUE),
        rows(dwh, BALANCE),
        rows(database, PAYMENTS.formatted(lake.toString().replace("'", "''"))),
        FlowShop.expected(shop),
        FlowShop.sales(dwh, "SELECT count(*), coalesce(sum(amount), 0) FROM dwh.fact_order_line"),
        new Sales(partners.good("payments"), partners.paid().stripTrailingZeros()),
        List.of(
            PublishedFigures.of(database, dwh, lake, "fact_order_line", "amount"),
            PublishedFigures.of(database, dwh, lake, "fact_payment", "amount"),
            PublishedFigures.of(database, dwh, lake, "order_balance", "due")));
  }

  private static List<Stored> stored(Connection connection, String schema, String layer)
      throws SQLException {
    List<Stored> tables = new ArrayList<>();
    for (List<String> row : rows(connection, STORED.formatted(schema))) {
      String table = row.get(0) + "." + row.get(1);
      String count = rows(connection, "SELECT count(*) FROM " + table).getFirst().getFirst();
      tables.add(new Stored(layer, table, Long.parseLong(count)));
    }
    return tables;
  }

  static List<List<String>> rows(Connection connection, String query) throws SQLException {
    List<List<String>> rows = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(query)) {
      while (result.next()) {
        List<String> row = new ArrayList<>();
        for (int i = 1; i <= result.getMetaData().getColumnCount(); i++) {
          String value = result.getString(i);
          row.add(value == null ? "" : value);
        }
        rows.add(row);
      }
    }
    return rows;
  }

  boolean equal() {
    return problems().isEmpty();
  }

  /** Where rows are not what they have to be; empty if all is well. */
  List<String> problems() {
    List<String> problems = new ArrayList<>();
    if (!source.equals(warehouse)) {
      problems.add(
          "the warehouse has %s, the source %s"
              .formatted(warehouse.words("order line"), source.words("order line")));
    }
    for (PublishedFigures one : published) {
      if (!one.equal()) {
        problems.add(
            "gold.%s has %s, the warehouse %s, Parquet %s"
                .formatted(
                    one.dataset(),
                    one.made().words("row"),
                    one.warehouse().words("row"),
                    one.files().words("row")));
      }
      if (one.dataset().equals("fact_payment") && !one.made().equals(paid)) {
        problems.add(
            "gold.fact_payment has %s, the files %s"
                .formatted(one.made().words("payment"), paid.words("payment")));
      }
    }
    return problems;
  }
}

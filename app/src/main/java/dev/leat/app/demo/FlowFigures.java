package dev.leat.app.demo;

import dev.leat.app.demo.FlowShop.Sales;
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
 * @param source sales as the source has them
 * @param warehouse sales as the warehouse has them
 */
record FlowFigures(
    List<Stored> tables,
    List<List<String>> parked,
    List<List<String>> history,
    List<List<String>> revenue,
    Sales source,
    Sales warehouse) {
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

  private static final String STORED =
      """
      SELECT table_schema, table_name FROM information_schema.tables
      WHERE table_schema = '%s' AND table_type = 'BASE TABLE' ORDER BY 1, 2""";

  /**
   * A table.
   *
   * @param layer bronze, silver, gold or warehouse
   */
  record Stored(String layer, String table, long rows) {}

  static FlowFigures of(Connection shop, Connection database, Connection dwh) throws SQLException {
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
        FlowShop.expected(shop),
        FlowShop.sales(dwh, "SELECT count(*), coalesce(sum(amount), 0) FROM dwh.fact_order_line"));
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

  private static List<List<String>> rows(Connection connection, String query) throws SQLException {
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
    return source.equals(warehouse);
  }
}

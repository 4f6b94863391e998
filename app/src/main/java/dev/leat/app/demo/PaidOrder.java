package dev.leat.app.demo;

import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/**
 * An order that was paid, as partners know it.
 *
 * @param sent whether a carrier has it
 */
record PaidOrder(long id, long customer, BigDecimal amount, boolean sent) {

  /** Those of the shop, in the order of their ids. */
  static List<PaidOrder> of(Connection shop) throws SQLException {
    List<PaidOrder> orders = new ArrayList<>();
    try (Statement statement = shop.createStatement();
        ResultSet rows =
            statement.executeQuery(
                """
                SELECT o.id, o.customer_id, sum(i.quantity * i.price), o.status = 'sent'
                FROM orders o JOIN order_items i ON i.order_id = o.id
                WHERE o.status IN ('paid', 'sent') AND o.total >= 0
                GROUP BY o.id ORDER BY o.id""")) {
      while (rows.next()) {
        orders.add(
            new PaidOrder(
                rows.getLong(1), rows.getLong(2), rows.getBigDecimal(3), rows.getBoolean(4)));
      }
    }
    return orders;
  }
}

package dev.leat.app.demo;

import dev.leat.app.output.Numbers;
import dev.leat.testkit.postgres.EmbeddedPostgresServer;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Locale;

/**
 * The shop as the source of a flow: customers and orders say when they were changed, and a few
 * orders are not as they should be. The same again for the same size.
 */
final class FlowShop {
  static final int USUAL_ROWS = 100_000;

  /** The customer whose history is shown: one of those who move. */
  static final int CUSTOMER = 1;

  private static final int MOST_MOVERS = 100;

  private static final String[] DETAILS = {
    "ALTER TABLE customers ADD updated_at timestamptz",
    "UPDATE customers SET updated_at = TIMESTAMPTZ '2025-06-01 00:00+00'",
    "ALTER TABLE orders ALTER total TYPE numeric(14,4), ADD updated_at timestamptz",
    // All within half a year, however many there are.
    """
    UPDATE orders SET
      placed_at = TIMESTAMPTZ '2026-01-01 00:00+00' + id %% 180 * INTERVAL '1 day',
      updated_at = TIMESTAMPTZ '2026-01-01 00:00+00' + id %% 180 * INTERVAL '1 day',
      total = CASE WHEN id %% %1$d = 0 THEN -1 - total ELSE total END,
      status = CASE WHEN id %% %1$d = 7 THEN 'lost' ELSE status END""",
    "ANALYZE",
  };

  private static final String[] CHANGES = {
    """
    UPDATE customers SET updated_at = TIMESTAMPTZ '2026-07-01 00:00+00',
      country = CASE country WHEN 'SE' THEN 'DE' ELSE 'SE' END
    WHERE id <= %2$d""",
    """
    UPDATE orders SET total = -1 - total, updated_at = TIMESTAMPTZ '2026-07-02 00:00+00'
    WHERE total < 0 AND id %% (2 * %1$d) = 0""",
    """
    INSERT INTO orders SELECT %3$d + i, i, 'new', 12.5, DATE '2026-07-02', NULL,
      TIMESTAMPTZ '2026-07-02 00:00+00', TIMESTAMPTZ '2026-07-02 00:00+00'
    FROM generate_series(1, %2$d) AS i""",
    """
    INSERT INTO order_items SELECT %3$d + i, n, 1 + i %% %4$d, 2, 9.99, NULL
    FROM generate_series(1, %2$d) AS i, generate_series(1, 2) AS n""",
  };

  private final Shop shop;

  FlowShop(int rows) {
    this.shop = new Shop(rows);
  }

  Shop shop() {
    return shop;
  }

  long rows() {
    return shop.rows();
  }

  /** Makes and fills all tables of an empty database. */
  void create(EmbeddedPostgresServer server) throws SQLException {
    try (Connection connection = server.connection()) {
      shop.create(connection);
      run(connection, DETAILS);
    }
  }

  /** Customers move, some orders are put right, and those who moved order something. */
  String change(EmbeddedPostgresServer server) throws SQLException {
    try (Connection connection = server.connection()) {
      connection.setAutoCommit(false);
      run(connection, CHANGES);
      connection.commit();
    }
    return "%d customers moved, %d orders came, some wrong ones were put right"
        .formatted(movers(), movers());
  }

  /** Customers who move and order something; few enough that the flow's checks bear it. */
  private int movers() {
    return Math.min(MOST_MOVERS, shop.orders() / 10);
  }

  private void run(Connection connection, String[] statements) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(
            String.format(
                Locale.ROOT, sql, shop.orders() / 20, movers(), shop.orders(), shop.products()));
      }
    }
  }

  /**
   * Lines of orders, and what they come to.
   *
   * @param lines how many
   * @param amount of them all
   */
  record Sales(long lines, BigDecimal amount) {
    /** Such as {@code 3 order lines worth 12.5}. */
    String words(String thing) {
      return Numbers.count(lines, thing) + " worth " + amount.toPlainString();
    }
  }

  /** What there has to be at the warehouse, asked of the source alone. */
  static Sales expected(Connection source) throws SQLException {
    return sales(
        source,
        """
        SELECT count(*), coalesce(sum(i.quantity * i.price), 0)
        FROM orders o JOIN order_items i ON i.order_id = o.id
        WHERE o.total >= 0 AND o.status IN ('new', 'paid', 'sent')""");
  }

  /** Answers a query for the two figures. */
  static Sales sales(Connection connection, String query) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(query)) {
      rows.next();
      return new Sales(rows.getLong(1), rows.getBigDecimal(2).stripTrailingZeros());
    }
  }
}

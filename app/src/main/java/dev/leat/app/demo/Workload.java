package dev.leat.app.demo;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** Customers who shop: transactions of inserts, updates, deletes and changes of keys. */
final class Workload implements AutoCloseable {
  private static final long SEED = 20260101;
  private static final int PAUSE_MILLIS = 4;

  private final Connection connection;
  private final Shop shop;
  private final Random random = new Random(SEED);
  private final AtomicLong changes = new AtomicLong();
  private final Thread thread;
  private volatile boolean ending;
  private volatile @Nullable SQLException failure;
  private long nextOrder;
  private long nextEvent;
  private long movedOrders;

  /** Begins at once; the connection is this object's from now on. */
  Workload(Connection connection, Shop shop) throws SQLException {
    this.connection = connection;
    this.shop = shop;
    this.nextOrder = shop.orders() + 1L;
    this.nextEvent = shop.events() + 1L;
    connection.setAutoCommit(false);
    this.thread = Thread.ofPlatform().name("demo-workload").daemon().start(this::work);
  }

  /** Rows changed by transactions that were committed. */
  long changes() {
    return changes.get();
  }

  /** Ends after the transaction under way. */
  void stop() throws SQLException, InterruptedException {
    ending = true;
    thread.join();
    SQLException e = failure;
    if (e != null) {
      throw e;
    }
  }

  private void work() {
    try {
      while (!ending) {
        int done = transaction();
        connection.commit();
        changes.addAndGet(done);
        Thread.sleep(PAUSE_MILLIS);
      }
    } catch (SQLException e) {
      failure = e;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private int transaction() throws SQLException {
    return switch (random.nextInt(10)) {
      case 0, 1, 2 -> placeOrder();
      case 3, 4 -> logEvents();
      case 5 -> update("UPDATE orders SET status = 'sent' WHERE id = ?", order());
      case 6 ->
          update(
              "UPDATE products SET price = price + 0.01, stock = stock + 1 WHERE id = ?",
              product());
      case 7 ->
          update(
              "UPDATE customers SET balance = balance - 1.25, tier = 'gold' WHERE id = ?",
              customer());
      case 8 -> cancelOrder();
      default -> moveOrder();
    };
  }

  private int placeOrder() throws SQLException {
    long id = nextOrder++;
    int done =
        update(
            "INSERT INTO orders VALUES (?, ?, 'new', 12.5, DATE '2026-06-30', NULL, now())",
            id,
            customer());
    for (int line = 1; line <= 3; line++) {
      done += update("INSERT INTO order_items VALUES (?, ?, ?, 1, 9.99, 0.1)", id, line, product());
    }
    return done;
  }

  private int logEvents() throws SQLException {
    int done =
        update(
            "INSERT INTO events SELECT i, TIMESTAMPTZ '2026-03-31 23:59+00' + (i % 120) * INTERVAL '1 second',"
                + " ?, 'view', '{\"live\": true}' FROM generate_series(?, ? + 19) AS i",
            customer(), nextEvent, nextEvent);
    nextEvent += 20;
    return done + update("DELETE FROM events WHERE id = ?", 1 + random.nextLong(nextEvent));
  }

  /** Its items go with it. */
  private int cancelOrder() throws SQLException {
    long id = order();
    return update("DELETE FROM order_items WHERE order_id = ?", id)
        + update("DELETE FROM orders WHERE id = ?", id);
  }

  /** Gives an order another key, and by way of the foreign key its items, too. */
  private int moveOrder() throws SQLException {
    movedOrders++;
    long nextKey = -movedOrders;
    return 3 * update("UPDATE orders SET id = ? WHERE id = ?", nextKey, order());
  }

  private long customer() {
    return 1L + random.nextInt(shop.customers());
  }

  private long product() {
    return 1L + random.nextInt(shop.products());
  }

  private long order() {
    return 1 + random.nextLong(nextOrder - 1);
  }

  private int update(String sql, long... values) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      for (int i = 0; i < values.length; i++) {
        statement.setLong(i + 1, values[i]);
      }
      return statement.executeUpdate();
    }
  }

  @Override
  public void close() throws SQLException {
    ending = true;
    connection.close();
  }
}

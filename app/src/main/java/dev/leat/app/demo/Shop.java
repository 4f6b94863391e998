package dev.leat.app.demo;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/** A small shop, the same again for the same size: its tables and how they are filled. */
final class Shop {
  /** How many rows there are at least if nobody asks for another number. */
  static final int USUAL_ROWS = 1_000_000;

  /** All tables, by name. */
  static final List<Table> TABLES =
      List.of(
          new Table("customers", List.of("id")),
          new Table("events", List.of("id", "happened_at")),
          new Table("order_items", List.of("order_id", "line")),
          new Table("orders", List.of("id")),
          new Table("products", List.of("id")));

  private static final String[] SCHEMA = {
    "CREATE TYPE tier AS ENUM ('bronze', 'silver', 'gold')",
    """
    CREATE TABLE customers (
      id bigint NOT NULL, public_id uuid NOT NULL, name text NOT NULL, email varchar(120),
      country char(2) NOT NULL, tier tier NOT NULL, birthday date, balance numeric(12,2) NOT NULL,
      newsletter boolean NOT NULL, tags text[] NOT NULL, last_ip inet, contact_at time,
      created_at timestamptz NOT NULL)""",
    """
    CREATE TABLE products (
      id int NOT NULL, sku varchar(20) NOT NULL, title text NOT NULL, price numeric(10,2) NOT NULL,
      weight real, stock smallint NOT NULL, delivery interval, photo bytea, sizes int[],
      details jsonb NOT NULL, changed_at timestamp NOT NULL)""",
    """
    CREATE TABLE orders (
      id bigint NOT NULL, customer_id bigint NOT NULL, status text NOT NULL,
      total numeric NOT NULL, ordered_on date NOT NULL, note text, placed_at timestamptz NOT NULL)""",
    """
    CREATE TABLE order_items (
      order_id bigint NOT NULL, line smallint NOT NULL, product_id int NOT NULL,
      quantity int NOT NULL, price numeric(10,2) NOT NULL, discount double precision)""",
    """
    CREATE TABLE events (
      id bigint NOT NULL, happened_at timestamptz NOT NULL, customer_id bigint, kind text NOT NULL,
      payload json) PARTITION BY RANGE (happened_at)""",
    "CREATE TABLE events_q1 PARTITION OF events"
        + " FOR VALUES FROM ('2026-01-01+00') TO ('2026-04-01+00')",
    "CREATE TABLE events_q2 PARTITION OF events"
        + " FOR VALUES FROM ('2026-04-01+00') TO ('2026-07-01+00')",
    "CREATE TABLE events_later PARTITION OF events DEFAULT",
  };

  private static final String[] ROWS = {
    """
    INSERT INTO customers SELECT i, md5('c' || i)::uuid, 'Customer ' || i,
      CASE WHEN i %% 9 = 0 THEN NULL ELSE 'c' || i || '@example.org' END,
      (ARRAY['DE','FR','GB','PL','ES','SE'])[1 + i %% 6],
      (ARRAY['bronze','silver','gold'])[1 + i %% 3]::tier,
      CASE WHEN i %% 11 = 0 THEN NULL ELSE DATE '1950-01-01' + (i * 37 %% 20000) END,
      (i::bigint * 7919 %% 1000000) / 100.0, i %% 2 = 0, ARRAY['t' || i %% 5, 'ä, "ö" ' || i %% 3],
      ('10.' || i %% 250 || '.1.2')::inet, TIME '08:00' + (i %% 600) * INTERVAL '1 minute',
      TIMESTAMPTZ '2025-01-01 00:00+00' + i * INTERVAL '61 seconds'
    FROM generate_series(1, %1$d) AS i""",
    """
    INSERT INTO products SELECT i, 'SKU-' || i, 'Product ' || i, (i * 31 %% 50000) / 100.0,
      CASE WHEN i %% 7 = 0 THEN NULL ELSE i * 0.25 END, i %% 500,
      CASE WHEN i %% 5 = 0 THEN NULL ELSE (i %% 9) * INTERVAL '1 day' + INTERVAL '90 minutes' END,
      decode(md5('p' || i), 'hex'), ARRAY[i %% 40, NULL, i %% 50],
      jsonb_build_object('rank', i, 'text',
        (SELECT string_agg(md5(i || ' ' || n), ' ') FROM generate_series(1, 100) AS n)),
      TIMESTAMP '2026-01-01' + i * INTERVAL '1 minute'
    FROM generate_series(1, %2$d) AS i""",
    """
    INSERT INTO orders SELECT i, 1 + i * 13 %% %1$d, (ARRAY['new','paid','sent'])[1 + i %% 3],
      (i::bigint * 104729 %% 100000000) / 10000.0, DATE '2026-01-01' + i %% 180,
      CASE WHEN i %% 4 = 0 THEN 'note ' || i END,
      TIMESTAMPTZ '2026-01-01 00:00+00' + i * INTERVAL '1 minute'
    FROM generate_series(1, %3$d) AS i""",
    """
    INSERT INTO order_items SELECT i, n, 1 + (i * 17 + n) %% %2$d, 1 + i %% 5,
      (i * 31 %% 50000) / 100.0, CASE WHEN n = 1 THEN NULL ELSE (i %% 30) / 7.0 END
    FROM generate_series(1, %3$d) AS i, generate_series(1, 2) AS n""",
    """
    INSERT INTO events SELECT i,
      TIMESTAMPTZ '2026-01-01 00:00+00' + (i::bigint * 104729 %% 20000000) * INTERVAL '1 second',
      1 + i * 7 %% %1$d, (ARRAY['view','click','cart'])[1 + i %% 3],
      json_build_object('page', '/p/' || i %% 977, 'ms', i %% 4000)
    FROM generate_series(1, %4$d) AS i""",
  };

  private static final String[] CONSTRAINTS = {
    "ALTER TABLE customers ADD PRIMARY KEY (id)",
    "ALTER TABLE products ADD PRIMARY KEY (id)",
    "ALTER TABLE orders ADD PRIMARY KEY (id)",
    "ALTER TABLE order_items ADD PRIMARY KEY (order_id, line)",
    "ALTER TABLE events ADD PRIMARY KEY (id, happened_at)",
    "ALTER TABLE orders ADD FOREIGN KEY (customer_id) REFERENCES customers",
    "ALTER TABLE order_items ADD FOREIGN KEY (order_id) REFERENCES orders"
        + " ON UPDATE CASCADE ON DELETE CASCADE",
    "ALTER TABLE order_items ADD FOREIGN KEY (product_id) REFERENCES products",
    "ANALYZE",
  };

  private final int customers;
  private final int products;
  private final int orders;
  private final int events;

  /**
   * A shop of about this size.
   *
   * @param rows of all tables together, at least
   */
  Shop(int rows) {
    this.customers = Math.max(100, rows / 20);
    this.products = Math.max(20, Math.min(2_000, rows / 100));
    this.orders = Math.max(200, rows / 5);
    this.events = Math.max(1_000, rows - customers - products - 3 * orders);
  }

  /**
   * A table of the shop.
   *
   * @param name in the schema public
   * @param key its primary key
   */
  record Table(String name, List<String> key) {}

  int customers() {
    return customers;
  }

  int products() {
    return products;
  }

  int orders() {
    return orders;
  }

  int events() {
    return events;
  }

  long rows() {
    return customers + products + 3L * orders + events;
  }

  /** Makes and fills all tables of an empty database. */
  void create(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      for (String sql : SCHEMA) {
        statement.execute(sql);
      }
      for (String sql : ROWS) {
        statement.execute(sql.formatted(customers, products, orders, events));
      }
      for (String sql : CONSTRAINTS) {
        statement.execute(sql);
      }
    }
  }
}

package dev.leat.app.conformance;

import java.util.List;

/**
 * A flow of {@code examples/kinds} and what it makes of {@code tables.sql}.
 *
 * @param kind the file's name
 * @param first what there is after a run
 * @param then what there is after {@link #CHANGE} and another run
 */
record KindExample(String kind, List<Rows> first, List<Rows> then) {
  /** New, changed, deleted and late rows in every table. */
  static final String CHANGE =
      """
      UPDATE customers SET email = 'ada@new.example', updated_at = '2024-06-01 08:00:00'
        WHERE customer_id = 1;
      DELETE FROM customers WHERE customer_id = 2;
      INSERT INTO customers VALUES (3, '\u00c9lodie ', 'E@x.org', NULL, '2024-06-02 00:00:00');
      UPDATE orders SET amount = 4.00, updated_at = '2024-06-04 11:00:00' WHERE order_id = 12;
      INSERT INTO orders VALUES (13, 1, '2024-07-01 00:00:00', 10.00, '2024-07-01 00:00:00');
      INSERT INTO page_views VALUES
        (104, 'v2', '/late', '2024-05-01 09:20:00', '2024-05-02 00:00:00');
      INSERT INTO price_lists VALUES
        ('2024-05-03', 'A', 'Apple', 1.10, 6), ('2024-05-03', 'D', 'Date', 3.00, 1);
      """;

  /**
   * @param query for DuckDB; {@code FOLDER} is the flow's
   * @param expected with bars between values
   */
  record Rows(String query, List<String> expected) {}

  private static Rows rows(String query, String... expected) {
    return new Rows(query, List.of(expected));
  }

  static List<KindExample> all() {
    return List.of(
        changeFeed(),
        deltaTransaction(),
        export(),
        fact(),
        growthAccounting(),
        latest(),
        park(),
        scd2(),
        sessionize(),
        snapshot(),
        sql(),
        task());
  }

  private static KindExample changeFeed() {
    String query =
        "SELECT delivered_on, sku, _leat_change, price, _leat_old_price FROM silver.price_changes";
    return new KindExample(
        "change_feed",
        List.of(
            rows(
                query + " ORDER BY 1, 2",
                "2024-05-01 | A | new | 1.00 | null",
                "2024-05-01 | B | new | 2.00 | null",
                "2024-05-02 | A | changed | 1.10 | 1.00",
                "2024-05-02 | B | deleted | null | 2.00",
                "2024-05-02 | C | new | 9.00 | null")),
        List.of(
            rows(
                query + " WHERE delivered_on > '2024-05-02' ORDER BY 1, 2",
                "2024-05-03 | C | deleted | null | 9.00",
                "2024-05-03 | D | new | 3.00 | null"),
            rows("SELECT count(*) FROM silver.price_changes", "7")));
  }

  private static KindExample deltaTransaction() {
    String sums =
        """
        SELECT sku, name, sum(stock) FROM gold.stock_postings
        GROUP BY sku, name HAVING sum(stock) <> 0 ORDER BY sku
        """;
    return new KindExample(
        "delta_transaction",
        List.of(
            rows(sums, "A | Apple | 8", "C | Cherry | 5"),
            rows(
                "SELECT sku, stock FROM gold.stock_postings WHERE _leat_posting = 'reverse'"
                    + " ORDER BY 1",
                "A | -10",
                "B | -20")),
        List.of(rows(sums, "A | Apple | 6", "D | Date | 1")));
  }

  private static KindExample export() {
    String all =
        "SELECT customer_id, sum(amount) FROM read_parquet('FOLDER/out/orders/**/*.parquet',"
            + " hive_partitioning = true) GROUP BY 1 ORDER BY 1";
    String few = "SELECT order_id FROM read_csv('FOLDER/out/orders_*.csv')";
    return new KindExample(
        "export",
        List.of(
            rows(all, "1 | 20.00", "2 | 35.50", "3 | -4.00"),
            rows(few + " ORDER BY 1", "10", "11", "12")),
        List.of(
            rows(all, "1 | 30.00", "2 | 35.50", "3 | 4.00"),
            rows(few + " WHERE order_id = 13", "13")));
  }

  private static KindExample fact() {
    String query =
        """
        SELECT f.order_id, f.amount, d.customer_id, d.email
        FROM gold.fact_order f JOIN gold.dim_customer d USING (customer_sk) ORDER BY 1
        """;
    return new KindExample(
        "fact",
        List.of(
            rows(
                query,
                "10 | 20.00 | 1 | ADA@example.org",
                "11 | 35.50 | 2 | grace@example.org",
                "12 | -4.00 | null | null")),
        List.of(
            rows(
                query,
                "10 | 20.00 | 1 | ADA@example.org",
                "11 | 35.50 | 2 | grace@example.org",
                "12 | 4.00 | 3 | E@x.org",
                "13 | 10.00 | 1 | ada@new.example")));
  }

  private static KindExample growthAccounting() {
    String query = "SELECT period, status, customers FROM gold.growth";
    return new KindExample(
        "growth_accounting",
        List.of(
            rows(
                query + " ORDER BY 1, 2",
                "2024-05-01 | new | 2",
                "2024-06-01 | churned | 2",
                "2024-06-01 | new | 1")),
        List.of(
            rows(
                query + " WHERE period > '2024-06-01' ORDER BY 1, 2",
                "2024-07-01 | churned | 1",
                "2024-07-01 | resurrected | 1")));
  }

  private static KindExample latest() {
    String query = "SELECT customer_id, email, segment FROM silver.customers ORDER BY 1";
    return new KindExample(
        "latest",
        List.of(rows(query, "1 | ADA@example.org | gold", "2 | grace@example.org | silver")),
        List.of(rows(query, "1 | ada@new.example | gold", "3 | E@x.org | null")));
  }

  private static KindExample park() {
    String orders = "SELECT order_id, amount FROM silver.orders ORDER BY 1";
    String parked = "SELECT order_id, _leat_reason FROM silver.orders_parked";
    return new KindExample(
        "park",
        List.of(rows(orders, "10 | 20.00", "11 | 35.50"), rows(parked, "12 | negative amount")),
        List.of(rows(orders, "10 | 20.00", "11 | 35.50", "12 | 4.00", "13 | 10.00"), rows(parked)));
  }

  private static KindExample scd2() {
    String query =
        """
        SELECT customer_id, email, valid_from, valid_to, is_current, is_inferred
        FROM gold.dim_customer ORDER BY customer_id, valid_from
        """;
    String unknown = "null | null | null | null | true | false";
    return new KindExample(
        "scd2",
        List.of(
            rows(
                query,
                "1 | ADA@example.org | 2024-05-01 08:00:00.0 | null | true | false",
                "2 | grace@example.org | 2024-05-01 08:00:00.0 | null | true | false",
                "3 | null | 0001-01-01 00:00:00.0 | null | true | true",
                unknown)),
        List.of(
            rows(
                query,
                "1 | ADA@example.org | 2024-05-01 08:00:00.0 | 2024-06-01 08:00:00.0 | false | false",
                "1 | ada@new.example | 2024-06-01 08:00:00.0 | null | true | false",
                "2 | grace@example.org | 2024-05-01 08:00:00.0 | null | true | false",
                "3 | null | 0001-01-01 00:00:00.0 | 2024-06-02 00:00:00.0 | false | true",
                "3 | E@x.org | 2024-06-02 00:00:00.0 | null | true | false",
                unknown)));
  }

  private static KindExample sessionize() {
    String query =
        """
        SELECT visitor_id, session_no, strftime(started_at, '%H:%M'), strftime(ended_at, '%H:%M'),
          events, views, pages FROM gold.visits ORDER BY 1, 2
        """;
    return new KindExample(
        "sessionize",
        List.of(
            rows(
                query,
                "v1 | 1 | 09:00 | 09:10 | 2 | 2 | 2",
                "v1 | 2 | 12:00 | 12:00 | 1 | 1 | 1",
                "v2 | 1 | 09:05 | 09:05 | 1 | 1 | 1")),
        List.of(
            rows(
                query,
                "v1 | 1 | 09:00 | 09:10 | 2 | 2 | 2",
                "v1 | 2 | 12:00 | 12:00 | 1 | 1 | 1",
                "v2 | 1 | 09:05 | 09:20 | 2 | 2 | 2")));
  }

  private static KindExample snapshot() {
    String query =
        """
        SELECT customer_id, email FROM silver.customers_by_day
        WHERE snapshot_date = (SELECT max(snapshot_date) FROM silver.customers_by_day) ORDER BY 1
        """;
    return new KindExample(
        "snapshot",
        List.of(rows(query, "1 | ADA@example.org", "2 | grace@example.org")),
        List.of(rows(query, "1 | ada@new.example", "3 | E@x.org")));
  }

  private static KindExample sql() {
    String customers = "SELECT customer_id, name, email FROM silver.customers ORDER BY 1";
    String revenue = "SELECT ordered_on, segment, orders, revenue FROM gold.revenue ORDER BY 1";
    return new KindExample(
        "sql",
        List.of(
            rows(customers, "1 | Ada | ada@example.org", "2 | Grace | grace@example.org"),
            rows(
                revenue,
                "2024-05-01 | gold | 1 | 20.00",
                "2024-05-02 | silver | 1 | 35.50",
                "2024-06-03 | none | 1 | -4.00")),
        List.of(
            rows(
                customers,
                "1 | Ada | ada@new.example",
                "2 | Grace | grace@example.org",
                "3 | \u00c9lodie | e@x.org"),
            rows(
                revenue,
                "2024-05-01 | gold | 1 | 20.00",
                "2024-05-02 | silver | 1 | 35.50",
                "2024-06-03 | none | 1 | 4.00",
                "2024-07-01 | gold | 1 | 10.00")));
  }

  private static KindExample task() {
    String query = "SELECT revenue FROM gold.revenue";
    return new KindExample("task", List.of(rows(query, "51.50")), List.of(rows(query, "69.50")));
  }

  @Override
  public String toString() {
    return kind;
  }
}

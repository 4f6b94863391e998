package dev.leat.benchmarks;

import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Queries after TPC-H as the steps of a flow, in portable SQL, beside the same text as it is. The
 * tables have the benchmark's columns and its distributions in outline; none of its texts.
 */
final class TpcH {
  private final FlowPrograms programs;
  private final int scale;

  /**
   * @param scale 1 for 1.5 M orders with 6 M lines
   */
  TpcH(FlowPrograms programs, int scale) {
    this.programs = programs;
    this.scale = scale;
  }

  Ratio measure() throws IOException, InterruptedException, SQLException {
    programs.prepare(tables());
    StringBuilder steps = new StringBuilder();
    List<String> byHand = new ArrayList<>();
    queries()
        .forEach(
            (name, sql) -> {
              steps.append(
                  "[step.%1$s]\nkind = \"sql\"\ninto = \"gold.%1$s\"\nsql = \"\"\"\n%2$s\"\"\"\n\n"
                      .formatted(name, sql));
              byHand.add("CREATE TABLE gold.%s AS\n%s".formatted(name, sql));
            });
    programs.flow(steps.toString());
    return programs.compare(
        "%d queries after TPC-H, %d M lines of orders".formatted(byHand.size(), 6 * scale),
        6_000_000 * scale,
        byHand);
  }

  private String[] tables() {
    return new String[] {
      "CREATE SCHEMA tpch",
      "CREATE SCHEMA gold",
      """
      CREATE TABLE tpch.nation AS SELECT CAST(i AS INTEGER) AS n_nationkey, 'NATION ' || i AS n_name, CAST(i % 5 AS INTEGER) AS n_regionkey
      FROM range(25) AS r (i)""",
      """
      CREATE TABLE tpch.supplier AS
      SELECT CAST(i AS INTEGER) AS s_suppkey, 'Supplier ' || i AS s_name, CAST(hash(i) %% 25 AS INTEGER) AS s_nationkey
      FROM range(10000 * %d) AS r (i)"""
          .formatted(scale),
      """
      CREATE TABLE tpch.customer AS
      SELECT CAST(i AS INTEGER) AS c_custkey, 'Customer ' || i AS c_name, CAST(hash(i, 1) %% 25 AS INTEGER) AS c_nationkey,
        CAST(hash(i, 2) %% 1000000 / 100.0 AS DECIMAL(12, 2)) AS c_acctbal,
        ['AUTOMOBILE', 'BUILDING', 'FURNITURE', 'HOUSEHOLD', 'MACHINERY'][CAST(1 + hash(i, 3) %% 5 AS INTEGER)] AS c_mktsegment
      FROM range(150000 * %d) AS r (i)"""
          .formatted(scale),
      """
      CREATE TABLE tpch.part AS
      SELECT CAST(i AS INTEGER) AS p_partkey, 'Brand#' || 11 + hash(i, 1) %% 45 AS p_brand,
        ['STANDARD', 'SMALL', 'MEDIUM', 'LARGE', 'ECONOMY', 'PROMO'][CAST(1 + hash(i, 2) %% 6 AS INTEGER)] || ' '
          || ['TIN', 'NICKEL', 'BRASS', 'STEEL', 'COPPER'][CAST(1 + hash(i, 3) %% 5 AS INTEGER)] AS p_type,
        CAST(1 + hash(i, 4) %% 50 AS INTEGER) AS p_size
      FROM range(200000 * %d) AS r (i)"""
          .formatted(scale),
      """
      CREATE TABLE tpch.orders AS
      SELECT i AS o_orderkey, CAST(hash(i, 1) %% (150000 * %1$d) AS INTEGER) AS o_custkey,
        CAST(DATE '1992-01-01' + CAST(hash(i, 2) %% 2400 AS INTEGER) AS DATE) AS o_orderdate,
        ['1-URGENT', '2-HIGH', '3-MEDIUM', '4-NOT SPECIFIED', '5-LOW'][CAST(1 + hash(i, 3) %% 5 AS INTEGER)] AS o_orderpriority,
        CAST(hash(i, 4) %% 40000000 / 100.0 AS DECIMAL(12, 2)) AS o_totalprice
      FROM range(1500000 * %1$d) AS r (i)"""
          .formatted(scale),
      """
      CREATE TABLE tpch.lineitem AS
      SELECT o_orderkey AS l_orderkey, CAST(n AS INTEGER) AS l_linenumber, CAST(hash(o_orderkey, n, 1) %% (200000 * %1$d) AS INTEGER) AS l_partkey,
        CAST(hash(o_orderkey, n, 2) %% (10000 * %1$d) AS INTEGER) AS l_suppkey,
        CAST(1 + hash(o_orderkey, n, 3) %% 50 AS DECIMAL(12, 2)) AS l_quantity,
        CAST(hash(o_orderkey, n, 4) %% 10000000 / 100.0 AS DECIMAL(12, 2)) AS l_extendedprice,
        CAST(hash(o_orderkey, n, 5) %% 11 / 100.0 AS DECIMAL(12, 2)) AS l_discount,
        CAST(hash(o_orderkey, n, 6) %% 9 / 100.0 AS DECIMAL(12, 2)) AS l_tax,
        ['A', 'N', 'R'][CAST(1 + hash(o_orderkey, n, 7) %% 3 AS INTEGER)] AS l_returnflag,
        CASE WHEN o_orderdate < DATE '1995-06-17' THEN 'F' ELSE 'O' END AS l_linestatus,
        CAST(o_orderdate + CAST(1 + hash(o_orderkey, n, 8) %% 121 AS INTEGER) AS DATE) AS l_shipdate,
        CAST(o_orderdate + CAST(30 + hash(o_orderkey, n, 9) %% 61 AS INTEGER) AS DATE) AS l_commitdate,
        CAST(o_orderdate + CAST(2 + hash(o_orderkey, n, 10) %% 150 AS INTEGER) AS DATE) AS l_receiptdate,
        ['AIR', 'FOB', 'MAIL', 'RAIL', 'REG AIR', 'SHIP', 'TRUCK'][CAST(1 + hash(o_orderkey, n, 11) %% 7 AS INTEGER)] AS l_shipmode
      FROM tpch.orders, range(1, 8) AS r (n) WHERE n <= 1 + hash(o_orderkey) %% 7"""
          .formatted(scale)
    };
  }

  private static Map<String, String> queries() {
    Map<String, String> queries = new LinkedHashMap<>();
    queries.put(
        "q1",
        """
        SELECT l_returnflag, l_linestatus, SUM(l_quantity) AS sum_qty, SUM(l_extendedprice) AS sum_base_price,
          SUM(l_extendedprice * (1 - l_discount)) AS sum_disc_price, AVG(l_quantity) AS avg_qty, AVG(l_discount) AS avg_disc, COUNT(*) AS count_order
        FROM tpch.lineitem WHERE l_shipdate <= DATE '1998-09-02' GROUP BY l_returnflag, l_linestatus""");
    queries.put(
        "q3",
        """
        SELECT l_orderkey, SUM(l_extendedprice * (1 - l_discount)) AS revenue, o_orderdate
        FROM tpch.customer JOIN tpch.orders ON c_custkey = o_custkey JOIN tpch.lineitem ON l_orderkey = o_orderkey
        WHERE c_mktsegment = 'BUILDING' AND o_orderdate < DATE '1995-03-15' AND l_shipdate > DATE '1995-03-15'
        GROUP BY l_orderkey, o_orderdate""");
    queries.put(
        "q4",
        """
        SELECT o_orderpriority, COUNT(*) AS order_count FROM tpch.orders
        WHERE o_orderdate >= DATE '1993-07-01' AND o_orderdate < DATE '1993-10-01'
          AND EXISTS (SELECT 1 FROM tpch.lineitem WHERE l_orderkey = o_orderkey AND l_commitdate < l_receiptdate)
        GROUP BY o_orderpriority""");
    queries.put(
        "q5",
        """
        SELECT n_name, SUM(l_extendedprice * (1 - l_discount)) AS revenue
        FROM tpch.customer JOIN tpch.orders ON c_custkey = o_custkey JOIN tpch.lineitem ON l_orderkey = o_orderkey
          JOIN tpch.supplier ON l_suppkey = s_suppkey AND c_nationkey = s_nationkey JOIN tpch.nation ON s_nationkey = n_nationkey
        WHERE n_regionkey = 2 AND o_orderdate >= DATE '1994-01-01' AND o_orderdate < DATE '1995-01-01' GROUP BY n_name""");
    queries.put(
        "q6",
        """
        SELECT SUM(l_extendedprice * l_discount) AS revenue FROM tpch.lineitem
        WHERE l_shipdate >= DATE '1994-01-01' AND l_shipdate < DATE '1995-01-01' AND l_discount BETWEEN 0.05 AND 0.07 AND l_quantity < 24""");
    queries.put(
        "q7",
        """
        SELECT s.n_name AS supp_nation, c.n_name AS cust_nation, EXTRACT(YEAR FROM l_shipdate) AS l_year,
          SUM(l_extendedprice * (1 - l_discount)) AS revenue
        FROM tpch.supplier JOIN tpch.lineitem ON s_suppkey = l_suppkey JOIN tpch.orders ON o_orderkey = l_orderkey
          JOIN tpch.customer ON c_custkey = o_custkey JOIN tpch.nation s ON s_nationkey = s.n_nationkey
          JOIN tpch.nation c ON c_nationkey = c.n_nationkey
        WHERE l_shipdate BETWEEN DATE '1995-01-01' AND DATE '1996-12-31'
          AND (s.n_name = 'NATION 6' AND c.n_name = 'NATION 7' OR s.n_name = 'NATION 7' AND c.n_name = 'NATION 6')
        GROUP BY s.n_name, c.n_name, EXTRACT(YEAR FROM l_shipdate)""");
    queries.put(
        "q10",
        """
        SELECT c_custkey, c_name, SUM(l_extendedprice * (1 - l_discount)) AS revenue, c_acctbal, n_name
        FROM tpch.customer JOIN tpch.orders ON c_custkey = o_custkey JOIN tpch.lineitem ON l_orderkey = o_orderkey
          JOIN tpch.nation ON c_nationkey = n_nationkey
        WHERE o_orderdate >= DATE '1993-10-01' AND o_orderdate < DATE '1994-01-01' AND l_returnflag = 'R'
        GROUP BY c_custkey, c_name, c_acctbal, n_name""");
    queries.put(
        "q12",
        """
        SELECT l_shipmode, SUM(CASE WHEN o_orderpriority IN ('1-URGENT', '2-HIGH') THEN 1 ELSE 0 END) AS high_line_count, COUNT(*) AS line_count
        FROM tpch.orders JOIN tpch.lineitem ON o_orderkey = l_orderkey
        WHERE l_shipmode IN ('MAIL', 'SHIP') AND l_commitdate < l_receiptdate AND l_shipdate < l_commitdate
          AND l_receiptdate >= DATE '1994-01-01' AND l_receiptdate < DATE '1995-01-01' GROUP BY l_shipmode""");
    queries.put(
        "q13",
        """
        SELECT c_count, COUNT(*) AS custdist FROM (
          SELECT c_custkey, COUNT(o_orderkey) AS c_count FROM tpch.customer LEFT JOIN tpch.orders ON c_custkey = o_custkey
          GROUP BY c_custkey) AS c GROUP BY c_count""");
    queries.put(
        "q14",
        """
        SELECT SUM(CASE WHEN p_type LIKE 'PROMO%' THEN l_extendedprice * (1 - l_discount) ELSE 0 END) AS promo,
          SUM(l_extendedprice * (1 - l_discount)) AS total
        FROM tpch.lineitem JOIN tpch.part ON l_partkey = p_partkey
        WHERE l_shipdate >= DATE '1995-09-01' AND l_shipdate < DATE '1995-10-01'""");
    queries.put(
        "q18",
        """
        SELECT c_name, o_orderkey, o_orderdate, o_totalprice, SUM(l_quantity) AS quantity
        FROM tpch.customer JOIN tpch.orders ON c_custkey = o_custkey JOIN tpch.lineitem ON o_orderkey = l_orderkey
        WHERE o_orderkey IN (SELECT l_orderkey FROM tpch.lineitem GROUP BY l_orderkey HAVING SUM(l_quantity) > 300)
        GROUP BY c_name, o_orderkey, o_orderdate, o_totalprice""");
    queries.put(
        "q19",
        """
        SELECT p_brand, SUM(l_extendedprice * (1 - l_discount)) AS revenue FROM tpch.lineitem JOIN tpch.part ON p_partkey = l_partkey
        WHERE l_shipmode IN ('AIR', 'REG AIR') AND (p_size BETWEEN 1 AND 5 AND l_quantity BETWEEN 1 AND 11
          OR p_size BETWEEN 6 AND 10 AND l_quantity BETWEEN 10 AND 20 OR p_size BETWEEN 11 AND 15 AND l_quantity BETWEEN 20 AND 30)
        GROUP BY p_brand""");
    return queries;
  }
}

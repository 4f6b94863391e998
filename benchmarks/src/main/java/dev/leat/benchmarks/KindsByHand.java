package dev.leat.benchmarks;

import java.io.IOException;
import java.sql.SQLException;
import java.util.List;

/** Kinds of steps beside what a person would write who knows the data. */
final class KindsByHand {
  private final FlowPrograms programs;
  private final int rows;

  KindsByHand(FlowPrograms programs, int rows) {
    this.programs = programs;
    this.rows = rows;
  }

  private String millions() {
    return " over %d M rows".formatted(rows / 1_000_000);
  }

  /** Five changes of each key, in no order. */
  Ratio latest() throws IOException, InterruptedException, SQLException {
    programs.prepare(
        "CREATE SCHEMA bronze",
        "CREATE SCHEMA silver",
        """
        CREATE TABLE bronze.changes AS
        SELECT CAST(hash(i) %% %1$d AS BIGINT) AS id, i AS seq, CASE WHEN hash(i, 1) %% 50 = 0 THEN 'D' ELSE 'U' END AS op,
          'name ' || hash(i, 2) %% 100000 AS name, 'city ' || hash(i, 3) %% 1000 AS city,
          CAST(hash(i, 4) %% 100000 / 100.0 AS DECIMAL(12, 2)) AS credit, TIMESTAMP '2024-01-01' + to_seconds(i) AS changed_at
        FROM range(%2$d) AS r (i)"""
            .formatted(rows / 5, rows));
    programs.flow(
        """
        [step.state]
        kind     = "latest"
        from     = "bronze.changes"
        into     = "silver.state"
        key      = ["id"]
        order_by = ["seq"]
        deleted  = "op = 'D'"
        drop     = ["seq", "op"]
        """);
    return programs.compare(
        "`latest`" + millions(),
        rows,
        List.of(
            """
            CREATE TABLE silver.state AS SELECT id, name, city, credit, changed_at FROM (
              SELECT * FROM bronze.changes QUALIFY ROW_NUMBER() OVER (PARTITION BY id ORDER BY seq DESC) = 1
            ) WHERE op <> 'D'"""));
  }

  /** A batch that is nearly the one before: a tenth is changed, a few are new or gone. */
  Ratio changeFeed() throws IOException, InterruptedException, SQLException {
    int keys = rows / 2;
    String batch =
        """
        SELECT i AS id, %1$d AS batch, 'name ' || hash(i, CASE WHEN hash(i, 1) %% 10 = 0 THEN %1$d ELSE 0 END) %% 100000 AS name,
          'city ' || hash(i, 3) %% 1000 AS city, CAST(hash(i, 4) %% 100000 / 100.0 AS DECIMAL(12, 2)) AS credit
        FROM range(%2$d, %3$d) AS r (i)""";
    programs.prepare(
        "CREATE SCHEMA bronze",
        "CREATE SCHEMA silver",
        "CREATE TABLE bronze.landing AS " + batch.formatted(1, 0, keys));
    programs.flow(
        """
        [step.changes]
        kind  = "change_feed"
        from  = "bronze.landing"
        into  = "silver.changes"
        key   = ["id"]
        batch = "batch"
        """);
    programs.runOnData();
    int moved = keys / 100;
    programs.prepare(
        "INSERT INTO bronze.landing " + batch.formatted(2, moved, keys + moved), "CHECKPOINT");
    return programs.compare(
        "`change_feed`" + millions(),
        rows,
        List.of(
            """
            INSERT INTO silver.changes
            SELECT COALESCE(n.id, o.id), CASE WHEN o.id IS NULL THEN 'new' WHEN n.id IS NULL THEN 'deleted' ELSE 'changed' END,
              n.name, n.city, n.credit, o.name, o.city, o.credit, 2
            FROM (SELECT * FROM bronze.landing WHERE batch = 2) AS n FULL JOIN (SELECT * FROM bronze.landing WHERE batch = 1) AS o
              ON n.id = o.id
            WHERE o.id IS NULL OR n.id IS NULL OR n.name IS DISTINCT FROM o.name OR n.city IS DISTINCT FROM o.city
              OR n.credit IS DISTINCT FROM o.credit"""));
  }

  /** A history from its beginning, and then a tenth of the rows once more. */
  List<Ratio> scd2() throws IOException, InterruptedException, SQLException {
    String customers =
        """
        SELECT CAST(i * 7919 %% %1$d AS BIGINT) AS id, 'name ' || hash(i, 2) %% 100000 AS name, 'city ' || hash(i, 3) %% 1000 AS city,
          CAST(hash(i, 4) %% 100000 / 100.0 AS DECIMAL(12, 2)) AS credit, TIMESTAMP '2024-01-01' + to_seconds(i) AS updated_at
        FROM range(%2$d, %3$d) AS r (i)""";
    programs.prepare(
        "CREATE SCHEMA bronze",
        "CREATE SCHEMA gold",
        "CREATE TABLE bronze.customers AS " + customers.formatted(rows / 2, 0, rows));
    String step =
        """
        [step.dim_customer]
        kind       = "scd2"
        from       = "bronze.customers"
        into       = "gold.dim_customer"
        key        = ["id"]
        track      = ["name", "city", "credit"]
        valid_from = "updated_at"
        """;
    programs.flow(step);
    Ratio first =
        programs.compare(
            "`scd2`" + millions(),
            rows,
            List.of(
                """
                CREATE TABLE gold.dim_customer AS
                WITH compared AS (
                  SELECT *, ROW_NUMBER() OVER w = 1 OR name IS DISTINCT FROM LAG(name) OVER w OR city IS DISTINCT FROM LAG(city) OVER w
                    OR credit IS DISTINCT FROM LAG(credit) OVER w AS changed
                  FROM bronze.customers WINDOW w AS (PARTITION BY id ORDER BY updated_at)),
                versions AS (
                  SELECT id, name, city, credit, updated_at AS valid_from, LEAD(updated_at) OVER (PARTITION BY id ORDER BY updated_at) AS valid_to
                  FROM compared WHERE changed)
                SELECT ROW_NUMBER() OVER (ORDER BY id, valid_from) AS customer_sk, *, valid_to IS NULL AS is_current FROM versions"""));
    programs.flow(step + "incremental = { column = \"updated_at\" }\n");
    programs.runOnData();
    programs.prepare(
        "INSERT INTO bronze.customers " + customers.formatted(rows / 2, rows, rows / 10 * 11),
        "CHECKPOINT");
    Ratio further =
        programs.compare(
            "`scd2`, %,d more rows into that history".formatted(rows / 10),
            rows / 10,
            List.of(
                """
                CREATE TEMP TABLE fresh AS
                SELECT n.* FROM bronze.customers AS n LEFT JOIN gold.dim_customer AS d ON n.id = d.id AND d.is_current
                WHERE n.updated_at > (SELECT MAX(valid_from) FROM gold.dim_customer)
                  AND (d.id IS NULL OR n.name IS DISTINCT FROM d.name OR n.city IS DISTINCT FROM d.city OR n.credit IS DISTINCT FROM d.credit)""",
                "BEGIN",
                """
                UPDATE gold.dim_customer AS d SET valid_to = f.updated_at, is_current = FALSE FROM fresh AS f
                WHERE d.id = f.id AND d.is_current""",
                """
                INSERT INTO gold.dim_customer
                SELECT (SELECT MAX(customer_sk) FROM gold.dim_customer) + ROW_NUMBER() OVER (), id, name, city, credit, updated_at, NULL, TRUE
                FROM fresh""",
                "COMMIT"));
    return List.of(first, further);
  }
}

package dev.leat.app.demo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.util.List;
import java.util.stream.Collectors;

/** What a carrier sends: Parquet, written by DuckDB. */
final class Shipments {
  private Shipments() {}

  /**
   * The file of a day.
   *
   * @param orders what it is about
   * @param scratch a folder for files that are removed
   */
  static Drop of(LocalDate day, List<PaidOrder> orders, Path scratch)
      throws IOException, SQLException {
    Path ids = Files.createTempFile(scratch, "orders-", ".csv");
    Path parquet = Files.createTempFile(scratch, "shipments-", ".parquet");
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = connection.createStatement()) {
      Files.writeString(
          ids,
          orders.stream()
              .map(order -> order.id() + "\n")
              .collect(Collectors.joining("", "id\n", "")));
      statement.execute(
          """
          COPY (
            SELECT 'S-' || id AS shipment_id, id AS order_id,
              ['Post', 'Express', 'Bike'][1 + id // 3 %% 3] AS carrier,
              TIMESTAMP '%s 06:00' + id %% 600 * INTERVAL '1 minute' AS shipped_at,
              CAST((id * 37 %% 3000) / 100.0 AS DECIMAL(8, 2)) AS weight_kg,
              CAST(3.9 + id %% 7 AS DECIMAL(8, 2)) AS cost,
              {'zone': 'Z' || id %% 4, 'parcels': 1 + id %% 2} AS route
            FROM read_csv('%s', header = true) ORDER BY id)
          TO '%s' (FORMAT parquet)"""
              .formatted(day, ids, parquet));
      return new Drop(
          "shipments",
          "carrier/shipments_" + day.toString().replace("-", "") + ".parquet",
          Files.readAllBytes(parquet),
          orders.size(),
          0);
    } finally {
      Files.deleteIfExists(ids);
      Files.deleteIfExists(parquet);
    }
  }
}

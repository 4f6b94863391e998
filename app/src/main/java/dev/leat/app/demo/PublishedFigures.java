package dev.leat.app.demo;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/**
 * A dataset where it was made and where it was published to.
 *
 * @param dataset its table of the schema gold
 * @param made in the database
 * @param warehouse in PostgreSQL
 * @param files in Parquet files, as DuckDB reads them
 * @param parts how many files
 */
record PublishedFigures(
    String dataset,
    FlowShop.Sales made,
    FlowShop.Sales warehouse,
    FlowShop.Sales files,
    long parts) {

  /**
   * Reads all three.
   *
   * @param amount the column that is added up
   * @param lake where the files are
   */
  static PublishedFigures of(
      Connection database, Connection warehouse, Path lake, String dataset, String amount)
      throws SQLException {
    String query = "SELECT count(*), coalesce(sum(" + amount + "), 0) FROM ";
    String files = lake.resolve("gold").resolve(dataset).resolve("*.parquet").toString();
    String quoted = "'" + files.replace("'", "''") + "'";
    List<List<String>> parts =
        FlowFigures.rows(database, "SELECT count(*) FROM glob(" + quoted + ")");
    return new PublishedFigures(
        dataset,
        FlowShop.sales(database, query + "gold." + dataset),
        FlowShop.sales(warehouse, query + "dwh." + dataset),
        FlowShop.sales(database, query + "read_parquet(" + quoted + ")"),
        Long.parseLong(parts.getFirst().getFirst()));
  }

  boolean equal() {
    return made.equals(warehouse) && made.equals(files);
  }
}

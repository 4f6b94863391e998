package dev.leat.flow.kinds;

import static org.assertj.core.api.Assertions.assertThat;

import dev.leat.spi.instruction.Order;
import dev.leat.spi.instruction.Relation;
import dev.leat.spi.instruction.Write;
import dev.leat.spi.kind.StepNode.Increment;
import dev.leat.spi.schema.TableId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SqlKindTest {
  private static final TableId ORDERS = TableId.parse("bronze.orders");
  private static final Write MERGE = new Write.Merge(List.of("id"), null);

  private static Given sql() {
    return Given.a("sql")
        .with("sql", "SELECT * FROM bronze.orders")
        .table("bronze.orders", "id INT64", "updated_at TIMESTAMP");
  }

  @Test
  void findsItsInputsInTheQueryAndReplacesByDefault() {
    Given step = sql().with("sql", "SELECT 1 FROM bronze.orders, silver.customers, gold.made");
    assertThat(step.inputs()).containsExactly("bronze.orders", "silver.customers");
    assertThat(step.made().write()).isEqualTo(new Write.Replace());
    assertThat(step.made().query()).isInstanceOf(Relation.Sql.class);
    assertThat(step.node().increment()).isNull();
  }

  @Test
  void readsItsQueryFromAFile(@TempDir Path folder) throws IOException {
    Path file = Files.writeString(folder.resolve("q.sql"), "SELECT 1 AS one FROM silver.x");
    Given step = Given.a("sql").with("sql_file", file);
    assertThat(step.made().query()).isEqualTo(new Relation.Sql("SELECT 1 AS one FROM silver.x"));
    assertThat(step.inputs()).containsExactly("silver.x");
  }

  @Test
  void refusesFilesThatCannotBeAQuery(@TempDir Path folder) throws IOException {
    Given.a("sql").with("sql_file", folder.resolve("none.sql")).isRefusedAtOnce("there is no file");
    Given.a("sql").with("sql_file", folder).isRefusedAtOnce("there is no file");
    Path large = Files.write(folder.resolve("large.sql"), new byte[1_000_001]);
    Given.a("sql").with("sql_file", large).isRefusedAtOnce("larger than 1 MB");
    Path binary = Files.write(folder.resolve("binary.sql"), new byte[] {(byte) 0xff, 1});
    Given.a("sql").with("sql_file", binary).isRefusedAtOnce("not UTF-8");
    Path empty = Files.writeString(folder.resolve("empty.sql"), " \n");
    Given.a("sql").with("sql_file", empty).isRefusedAtOnce("query is empty");
  }

  @Test
  void needsExactlyOneQuery() {
    Given.a("sql").isRefusedAtOnce("it has no query");
    sql().with("sql_file", Path.of("q.sql")).isRefusedAtOnce("it has sql and sql_file");
  }

  @Test
  void passesOnAQueryInAnEnginesOwnSql() {
    Given step = sql().with("dialect", "duckdb").from("silver.more");
    assertThat(step.made().query())
        .isEqualTo(new Relation.NativeSql("duckdb", "SELECT * FROM bronze.orders"));
    assertThat(step.inputs()).containsExactly("bronze.orders", "silver.more");
  }

  @Test
  void refusesWhatPortableOrOwnSqlCannotHave() {
    sql().from("bronze.orders").isRefusedAtOnce("it has from");
    sql()
        .with("dialect", "duckdb")
        .table("dedupe", Map.of("key", List.of("id"), "by", List.of("updated_at")))
        .isRefusedAtOnce("dedupe does not go", "duckdb");
    incremental("updated_at")
        .with("dialect", "duckdb")
        .isRefusedAtOnce("incremental does not go", "duckdb");
  }

  @Test
  void keepsTheLastOrFirstRowPerKey() {
    Map<String, Object> last = Map.of("key", List.of("id"), "by", List.of("updated_at"));
    assertThat(sql().table("dedupe", last).made().query())
        .isEqualTo(
            new Relation.Dedupe(
                new Relation.Sql("SELECT * FROM bronze.orders"),
                List.of("id"),
                List.of(Order.descending("\"updated_at\""))));
    assertThat(sql().table("dedupe", last).node().key()).containsExactly("id");
    Map<String, Object> first =
        Map.of("key", List.of("id"), "by", List.of("updated_at"), "keep", "first");
    assertThat(((Relation.Dedupe) sql().table("dedupe", first).made().query()).order())
        .containsExactly(Order.ascending("\"updated_at\""));
    sql()
        .table("dedupe", Map.of("key", List.of("id"), "by", List.of()))
        .isRefusedAtOnce("dedupe needs key and by");
  }

  private static Given incremental(String column) {
    return sql().write(MERGE).table("incremental", Map.of("column", List.of(column)));
  }

  @Test
  void readsOnlyNewRows() {
    assertThat(incremental("updated_at").node().increment())
        .isEqualTo(new Increment(ORDERS, List.of("\"updated_at\""), null, false));
    assertThat(
            sql()
                .write(MERGE)
                .table(
                    "incremental",
                    Map.of(
                        "column",
                        List.of("updated_at"),
                        "from",
                        "bronze.orders",
                        "lookback",
                        Duration.ofHours(36)))
                .node()
                .increment())
        .isEqualTo(new Increment(ORDERS, List.of("\"updated_at\""), "INTERVAL '36' HOUR", false));
  }

  @Test
  void readsChangeLogsInTheOrderOfTheirChanges() {
    Increment increment =
        incremental("changes")
            .table("bronze.orders", "id INT64", "_leat_lsn", "_leat_ordinal INT64")
            .node()
            .increment();
    assertThat(increment)
        .isEqualTo(new Increment(ORDERS, List.of(ChangeLog.position()), null, false));
    incremental("changes").isRefused("bronze.orders has no column _leat_lsn");
  }

  @Test
  void refusesIncrementsThatWouldLoseOrRepeatRows() {
    incremental("updated_at").write(null).isRefusedAtOnce("replaces all rows");
    incremental("updated_at").write(new Write.Replace()).isRefusedAtOnce("replaces all rows");
    incremental("updated_at")
        .write(new Write.ReplacePartition("day"))
        .isRefusedAtOnce("replaces whole partitions");
    Map<String, Object> lookback =
        Map.of("column", List.of("updated_at"), "lookback", Duration.ofHours(2));
    sql()
        .write(new Write.Append())
        .table("incremental", lookback)
        .isRefusedAtOnce("appends them again");
  }

  @Test
  void refusesIncrementsThatDoNotSayWhatToRead() {
    incremental("updated_at")
        .with("sql", "SELECT 1 FROM bronze.orders, silver.x")
        .isRefusedAtOnce("does not say whose new rows", "2 datasets");
    sql()
        .write(MERGE)
        .table("incremental", Map.of("column", List.of("c"), "from", "silver.other"))
        .isRefusedAtOnce("silver.other, which the step does not read");
    sql()
        .write(MERGE)
        .table("incremental", Map.of("column", List.of()))
        .isRefusedAtOnce("incremental has no column");
    incremental("missing").isRefused("bronze.orders has no column missing");
    sql()
        .write(MERGE)
        .table("incremental", Map.of("column", List.of("a", "b"), "lookback", Duration.ofHours(1)))
        .isRefusedAtOnce("lookback of incremental needs one column");
    sql()
        .write(MERGE)
        .table(
            "incremental",
            Map.of("column", List.of("updated_at"), "lookback", Duration.ofMillis(1500)))
        .isRefusedAtOnce("not whole seconds");
  }

  @Test
  void knowsTheKeyOfItsRows() {
    assertThat(sql().write(MERGE).node().key()).containsExactly("id");
    assertThat(sql().with("key", List.of("a", "b")).node().key()).containsExactly("a", "b");
    sql().with("key", List.of("a")).write(MERGE).isRefusedAtOnce("write merges by id");
    sql().with("key", List.of("a", "a")).isRefusedAtOnce("names a twice");
  }
}

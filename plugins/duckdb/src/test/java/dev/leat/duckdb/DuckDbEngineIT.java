package dev.leat.duckdb;

import static dev.leat.duckdb.EngineFile.mark;
import static dev.leat.duckdb.EngineFile.staging;
import static dev.leat.duckdb.EngineFile.table;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.leat.spi.engine.Cancellation;
import dev.leat.spi.engine.Engine;
import dev.leat.spi.error.ErrorCategory;
import dev.leat.spi.error.ErrorCode;
import dev.leat.spi.error.LeatException;
import dev.leat.spi.instruction.Write;
import dev.leat.spi.plugin.DestinationConnector.Access;
import dev.leat.spi.schema.Column;
import dev.leat.spi.schema.TableId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CyclicBarrier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Against a real file. */
final class DuckDbEngineIT {
  @TempDir private Path folder;
  private EngineFile file;

  @BeforeEach
  void open() {
    file = EngineFile.open(folder.resolve("it.duckdb"));
  }

  @AfterEach
  void close() {
    file.close();
  }

  @Test
  void replacesATableInOneTransactionWithItsMark() {
    assertThat(file.stage("items", "SELECT i AS id FROM range(3) r(i)")).isEqualTo(3);
    assertThat(file.publish("items", new Write.Replace())).isEqualTo(3);
    file.stage("items", "SELECT i AS id, 'x' AS name FROM range(5) r(i);");
    assertThat(file.rows("SELECT count(*) FROM shop.items")).containsExactly(List.of("3"));
    assertThat(file.publish("items", new Write.Replace(), mark("items", "", "5"))).isEqualTo(5);
    assertThat(file.engine().columns(staging("items"))).isEmpty();
    assertThat(file.engine().marks()).containsExactly(mark("items", "", "5"));
    assertThat(file.engine().tables("shop")).containsExactly(table("items"));
  }

  @Test
  void whatWasPublishedIsThereAfterACrash() throws IOException {
    file.stage("items", "SELECT i AS id FROM range(3) r(i)");
    file.publish("items", new Write.Replace());
    file.stage("items", "SELECT i AS id, i % 2 = 0 AS gone FROM range(2, 6) r(i)");
    file.publish("items", new Write.Merge(List.of("id"), "gone"));
    file.stage("items", "SELECT i + 100 AS id FROM range(7) r(i)");
    file.publish("items", new Write.Replace());
    file.stage("items", "SELECT 1 AS id");
    // What a killed process leaves behind: the file and its log.
    Path copy = folder.resolve("copy.duckdb");
    Files.copy(folder.resolve("it.duckdb"), copy);
    Files.copy(folder.resolve("it.duckdb.wal"), folder.resolve("copy.duckdb.wal"));
    try (EngineFile crashed = EngineFile.open(copy)) {
      assertThat(crashed.rows("SELECT count(*), min(id) FROM shop.items"))
          .containsExactly(List.of("7", "100"));
      assertThat(crashed.engine().columns(staging("items"))).isPresent();
      assertThat(crashed.engine().marks()).hasSize(1);
      assertThat(crashed.publish("items", new Write.Append())).isEqualTo(8);
    }
  }

  @Test
  void addsTheRowsOfAQueryWithItsMark() {
    file.stage("items", "SELECT i AS id, 'x' AS name FROM range(3) r(i)");
    file.publish("items", new Write.Replace());
    List<Column> columns = file.engine().columns(table("items")).orElseThrow();
    assertThat(append("items", "SELECT 'y' AS name, 7 AS id;", columns))
        .hasValue(new Engine.Added(1, 4));
    assertThat(file.rows("SELECT id, name FROM shop.items ORDER BY id DESC LIMIT 1"))
        .containsExactly(List.of("7", "y"));
    assertThat(file.engine().marks()).containsExactly(mark("items", "", "8"));
    String wrong = "SELECT CAST('seven' AS BIGINT) AS id, '' AS name FROM range(3)";
    assertThatThrownBy(() -> append("items", wrong, columns))
        .isInstanceOfSatisfying(
            LeatException.class, e -> assertThat(e.category()).isEqualTo(ErrorCategory.DATA));
    assertThatThrownBy(() -> append("items", "SELECT nothing AS id, '' AS name", columns))
        .isInstanceOfSatisfying(
            LeatException.class, e -> assertThat(e.category()).isEqualTo(ErrorCategory.CONFIG));
    file.engine().run(List.of("CREATE TABLE shop.others (id BIGINT, name VARCHAR)"));
    assertThatThrownBy(() -> append("others", "SELECT 1 AS id, '' AS name", columns))
        .hasMessageContaining("shop.others");
    assertThat(file.rows("SELECT count(*) FROM shop.items")).containsExactly(List.of("4"));
  }

  private Optional<Engine.Added> append(String name, String query, List<Column> columns) {
    return file.engine()
        .append(table(name), query, columns, mark(name, "", "8"), Cancellation.never());
  }

  @Test
  void mergesReplacesKeysAndReplacesPartitions() {
    file.stage("items", "SELECT * FROM (VALUES (1, 'a'), (2, 'b'), (NULL, 'c')) v(id, name)");
    file.publish("items", new Write.Replace());
    file.stage("items", "SELECT * FROM (VALUES (1, 'z', NULL), (2, '', true)) v(id, name, gone)");
    assertThat(file.publish("items", new Write.Merge(List.of("id"), "gone"))).isEqualTo(2);
    file.stage("items", "SELECT * FROM (VALUES (NULL, 'd'), (NULL, 'e'), (3, 'f')) v(id, name)");
    assertThat(file.publish("items", new Write.ReplacePartition("id"))).isEqualTo(4);
    file.stage("items", "SELECT * FROM (VALUES (3, 'g', 1), (3, 'h', 2)) v(id, name, more)");
    assertThat(file.publish("items", new Write.ReplaceKeys(List.of("id")))).isEqualTo(5);
    assertThat(file.rows("SELECT * FROM shop.items ORDER BY name"))
        .containsExactly(
            Arrays.asList(null, "d", null),
            Arrays.asList(null, "e", null),
            List.of("3", "g", "1"),
            List.of("3", "h", "2"),
            Arrays.asList("1", "z", null));
  }

  @Test
  void neverReplacesATableOfSomebodyElse() {
    file.engine()
        .run(List.of("CREATE SCHEMA shop", "CREATE TABLE shop.items AS SELECT 'mine' AS name"));
    file.stage("items", "SELECT 1 AS id");
    assertThatThrownBy(() -> file.publish("items", new Write.Replace()))
        .hasMessageContaining("already exists");
    assertThat(file.rows("SELECT name FROM shop.items")).containsExactly(List.of("mine"));
    assertThat(file.engine().marks()).isEmpty();
  }

  @Test
  void publishesDifferentTablesAtTheSameTime() {
    int tables = 6;
    CyclicBarrier together = new CyclicBarrier(tables);
    for (int round = 0; round < 5; round++) {
      int rows = round + 1;
      CompletableFuture<?>[] all = new CompletableFuture<?>[tables];
      for (int i = 0; i < tables; i++) {
        String name = "t" + i;
        all[i] =
            CompletableFuture.runAsync(
                () -> {
                  await(together);
                  file.stage(name, "SELECT i AS id FROM range(" + rows + ") r(i)");
                  await(together);
                  file.publish(name, new Write.Replace());
                },
                Thread::startVirtualThread);
      }
      CompletableFuture.allOf(all).join();
      assertThat(file.engine().marks()).hasSize(tables);
      assertThat(file.engine().tables("shop")).hasSize(tables);
      assertThat(file.rows("SELECT count(*) FROM shop.t3"))
          .containsExactly(List.of(Integer.toString(rows)));
    }
  }

  @Test
  void bothOfTwoThatPublishTheSameTableSucceed() {
    file.stage("items", "SELECT 0 AS id");
    file.publish("items", new Write.Replace());
    CyclicBarrier together = new CyclicBarrier(4);
    CompletableFuture<?>[] all = new CompletableFuture<?>[4];
    for (int i = 0; i < all.length; i++) {
      String unit = "u" + i;
      all[i] =
          CompletableFuture.runAsync(
              () -> {
                TableId staged = staging(unit);
                file.stage(unit, "SELECT 1 AS id");
                var publication =
                    new dev.leat.spi.engine.Publication(
                        table("items"),
                        staged,
                        new Write.Append(),
                        file.engine().columns(staged).orElseThrow(),
                        file.engine().columns(table("items")).orElseThrow());
                await(together);
                file.engine().publish(publication, mark("items", unit, null), Cancellation.never());
              },
              Thread::startVirtualThread);
    }
    CompletableFuture.allOf(all).join();
    assertThat(file.rows("SELECT count(*) FROM shop.items")).containsExactly(List.of("5"));
    assertThat(file.engine().marks()).hasSize(5);
  }

  private static void await(CyclicBarrier barrier) {
    try {
      int unused = barrier.await();
    } catch (Exception e) {
      throw new CompletionException(e);
    }
  }

  @Test
  void stopsAQueryThatIsCancelled() {
    Cancellation cancellation = new Cancellation();
    Thread[] worker = new Thread[1];
    CompletableFuture<Long> staged =
        CompletableFuture.supplyAsync(
            () ->
                file.stage(
                    "items",
                    "SELECT count(*) AS n FROM range(1000000) a(i), range(1000000) b(j) WHERE i + j = 5",
                    cancellation),
            work -> {
              worker[0] = new Thread(work);
              worker[0].start();
            });
    while (Arrays.stream(worker[0].getStackTrace())
        .noneMatch(frame -> frame.getMethodName().equals("duckdb_jdbc_execute"))) {
      Thread.onSpinWait();
    }
    cancellation.cancel();
    assertThatThrownBy(staged::join)
        .cause()
        .isInstanceOfSatisfying(
            LeatException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.CANCELLED));
    assertThatThrownBy(() -> file.stage("items", "SELECT 1 AS id", cancellation))
        .hasMessageContaining("cancelled");
    assertThat(file.engine().columns(staging("items"))).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '`',
      value = {
        "SELEC 1;CONFIG;syntax error",
        "SELECT * FROM nowhere;CONFIG;Table with name nowhere does not exist!",
        "SELECT nope FROM (SELECT 1 AS a);CONFIG;\"nope\" not found",
        "DROP TABLE shop.items;CONFIG;syntax error",
        "SELECT 1) DROP TABLE x;CONFIG;syntax error",
        "SELECT CAST(s AS INT) FROM (VALUES ('it''s secret 4711')) v(s);DATA;to INT32",
        "SELECT CAST(s AS TINYINT) FROM (VALUES (4711)) v(s);DATA;destination type INT8",
        "SELECT CAST(s AS DECIMAL(4,1)) FROM (VALUES ('4711 secret')) v(s);DATA;to DECIMAL(4,1)",
        "SELECT s + 9223372036854771097 FROM (VALUES (4711::BIGINT)) v(s);DATA;Overflow in addition of INT64",
        "SELECT strptime(s, '%Y') FROM (VALUES ('secret')) v(s);DATA;Could not parse string",
      })
  void saysWhatIsWrongWithAQueryButNoValues(String query, ErrorCategory category, String words) {
    assertThatThrownBy(() -> file.stage("items", query))
        .isInstanceOfSatisfying(
            LeatException.class, e -> assertThat(e.category()).isEqualTo(category))
        .hasMessageContaining(words)
        .hasMessageNotContainingAny("4711", "secret");
  }

  @Test
  void keepsNothingInMemory() {
    Path memory = folder.resolve(":memory:");
    try (EngineFile first = EngineFile.open(memory)) {
      first.stage("items", "SELECT 1 AS id");
      first.publish("items", new Write.Replace());
      assertThat(first.rows("SELECT * FROM shop.items")).containsExactly(List.of("1"));
      try (EngineFile second = EngineFile.open(memory)) {
        assertThat(second.engine().tables("shop")).isEmpty();
      }
    }
    assertThat(memory).doesNotExist();
  }

  @Test
  void onlyReadsWhereNothingIsToBeWritten() {
    file.stage("items", "SELECT 1 AS id");
    file.close();
    Path path = folder.resolve("it.duckdb");
    try (EngineFile reading = EngineFile.open(path, Access.READ)) {
      assertThat(reading.engine().marks()).isEmpty();
      assertThat(reading.engine().columns(staging("items"))).isPresent();
      assertThat(reading.engine().columnsOf("SELECT 1 AS a")).hasSize(1);
      assertThatThrownBy(() -> reading.stage("items", "SELECT 2 AS id"))
          .hasMessageContaining("opened to be read");
    }
    assertThatThrownBy(() -> EngineFile.open(folder.resolve("missing.duckdb"), Access.READ))
        .isInstanceOfSatisfying(
            LeatException.class,
            e -> assertThat(e.code()).isEqualTo(ErrorCode.DESTINATION_MISSING));
    open();
  }

  @Test
  void opensAFileAgainThatThisProcessHasOpen() {
    try (DuckDbDatabase destination =
        DuckDbDatabase.open(folder.resolve("it.duckdb"), true, 512_000_000, 1)) {
      file.stage("items", "SELECT 1 AS id");
      try (Session session = destination.session()) {
        assertThat(session.number("SELECT id FROM shop._leat_staged_items")).isEqualTo(1);
      }
    }
  }

  @Test
  void dropsTablesAndViewsAndForgetsMarks() {
    file.stage("items", "SELECT 1 AS id");
    file.publish("items", new Write.Replace());
    TableId view = new TableId("_leat_staging", "v");
    file.engine().view(view, "SELECT id + 1 AS next FROM shop.items");
    file.engine().view(view, "SELECT id + 2 AS next FROM shop.items");
    assertThat(file.rows("FROM _leat_staging.v")).containsExactly(List.of("3"));
    assertThat(file.engine().columns(view).orElseThrow()).hasSize(1);
    file.engine().drop(List.of(view, table("items"), table("no such")));
    assertThat(file.engine().columns(view)).isEmpty();
    file.engine().mark(mark("items", "2024", "w"));
    assertThat(file.engine().marks()).hasSize(2);
    file.engine().forget("items");
    assertThat(file.engine().marks()).isEmpty();
    file.engine().run(List.of("CREATE TABLE shop.items AS SELECT 1 AS id"));
    file.stage("items", "SELECT 2 AS id");
    assertThatThrownBy(() -> file.publish("items", new Write.Replace()))
        .hasMessageContaining("already exists");
  }
}

package dev.leat.app.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.leat.testkit.compare.TableDigest;
import dev.leat.testkit.postgres.EmbeddedPostgresServer;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ShopIT {
  private final Shop shop = new Shop(5_000);

  @Test
  void isTheSameEveryTime() throws Exception {
    assertThat(digests()).isEqualTo(digests());
  }

  private List<TableDigest> digests() throws Exception {
    List<TableDigest> digests = new ArrayList<>();
    try (EmbeddedPostgresServer server = EmbeddedPostgresServer.builder().start();
        Connection connection = server.connection()) {
      shop.create(connection);
      for (Shop.Table table : Shop.TABLES) {
        digests.add(TableDigest.of(connection, "SELECT * FROM " + table.name()));
      }
    }
    assertThat(digests.stream().mapToLong(TableDigest::rows).sum()).isEqualTo(shop.rows());
    return digests;
  }

  @Test
  void storesLongDocumentsOutsideTheirRows() throws Exception {
    try (EmbeddedPostgresServer server = EmbeddedPostgresServer.builder().start()) {
      try (Connection connection = server.connection()) {
        shop.create(connection);
      }
      assertThat(
              server.value(
                  "SELECT pg_relation_size(reltoastrelid) > 0 FROM pg_class WHERE relname = 'products'"))
          .isEqualTo("t");
      assertThat(server.value("SELECT count(DISTINCT tableoid) FROM events")).isEqualTo("3");
    }
  }

  @Test
  void isChangedInEveryWayByTheWorkload() throws Exception {
    try (EmbeddedPostgresServer server = EmbeddedPostgresServer.builder().start()) {
      try (Connection connection = server.connection()) {
        shop.create(connection);
      }
      try (Workload workload = new Workload(server.connection(), shop)) {
        await().until(() -> workload.changes() > 1_000);
        workload.stop();
      }
      for (String seen :
          List.of(
              "SELECT count(*) > 0 FROM orders WHERE id < 0",
              "SELECT count(*) > 0 FROM orders WHERE id > " + shop.orders(),
              "SELECT count(*) < "
                  + shop.orders()
                  + " FROM orders WHERE id BETWEEN 1 AND "
                  + shop.orders(),
              "SELECT count(*) > 0 FROM events WHERE id > " + shop.events())) {
        assertThat(server.value(seen)).as(seen).isEqualTo("t");
      }
    }
  }
}

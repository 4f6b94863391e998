package dev.leat.postgres;

import dev.leat.spi.plugin.OpenContext;
import dev.leat.spi.plugin.OptionValues;
import dev.leat.spi.plugin.Secret;
import dev.leat.spi.schema.RowIdentity;
import dev.leat.spi.schema.TableId;
import dev.leat.spi.schema.TableSchema;
import dev.leat.spi.source.Source;
import dev.leat.testkit.postgres.EmbeddedPostgresServer;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;

/** A database of one test, on a server that all tests of this module share. */
final class TestDatabase implements AutoCloseable {
  private static final AtomicInteger NUMBERS = new AtomicInteger();

  private final EmbeddedPostgresServer server;
  private final String name;
  private Connection session;
  final BufferAllocator allocator = new RootAllocator();

  private TestDatabase(EmbeddedPostgresServer server, String template) throws SQLException {
    this.server = server;
    this.name = "test" + NUMBERS.incrementAndGet();
    server.execute("CREATE DATABASE " + name + " TEMPLATE " + template);
    this.session = server.connection(name);
  }

  private static final class Shared {
    static final EmbeddedPostgresServer SERVER =
        EmbeddedPostgresServer.builder()
            .setting("logical_decoding_work_mem", "64kB")
            .setting("max_connections", "60")
            .start();
  }

  static TestDatabase create() throws SQLException {
    return new TestDatabase(Shared.SERVER, "template1");
  }

  /** Leaves it for {@link #copyOf}. */
  String asTemplate() throws SQLException {
    session.close();
    return name;
  }

  /** One that begins as a copy of another. */
  static TestDatabase copyOf(String template) throws SQLException {
    return new TestDatabase(Shared.SERVER, template);
  }

  static TestDatabase on(EmbeddedPostgresServer server) throws SQLException {
    return new TestDatabase(server, "template1");
  }

  EmbeddedPostgresServer server() {
    return server;
  }

  String name() {
    return name;
  }

  String url() {
    return server.url(name);
  }

  int major() throws SQLException {
    return Integer.parseInt(value("SHOW server_version_num")) / 10_000;
  }

  TestDatabase execute(String... statements) throws SQLException {
    try (Statement statement = session.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
    return this;
  }

  String value(String query) throws SQLException {
    try (Statement statement = session.createStatement();
        var row = statement.executeQuery(query)) {
      row.next();
      return String.valueOf(row.getString(1));
    }
  }

  /** After the server was restarted. */
  void reconnect() throws SQLException {
    session = server.connection(name);
  }

  Connection connection() throws SQLException {
    return server.connection(name);
  }

  Source source() {
    return source(Map.of());
  }

  Source source(Map<String, Object> options) {
    return source(url(), options);
  }

  Source source(String url, Map<String, Object> options) {
    Map<String, Object> values = new HashMap<>(options);
    values.put("connection", new Secret(url));
    values.putIfAbsent("copy_connections", 4L);
    values.putIfAbsent("text_columns", List.of());
    return new PostgresPlugin()
        .source()
        .orElseThrow()
        .open(new OpenContext("shop", name, new OptionValues(values), allocator));
  }

  /** For a stream that is to take the columns' numbers from the catalogs. */
  static List<TableSchema> unknown(List<TableId> tables) {
    return tables.stream()
        .map(table -> new TableSchema(table, List.of(), List.of(), RowIdentity.NONE))
        .toList();
  }

  /** Fails if a test forgot memory. */
  @Override
  public void close() throws SQLException {
    session.close();
    server.execute(
        "SELECT pg_terminate_backend(active_pid) FROM pg_replication_slots WHERE active"
            + " AND database = '"
            + name
            + "'");
    org.awaitility.Awaitility.await()
        .until(
            () ->
                "0"
                    .equals(
                        server.value(
                            "SELECT count(*) FROM pg_replication_slots WHERE active AND database = '"
                                + name
                                + "'")));
    server.execute(
        "SELECT pg_drop_replication_slot(slot_name) FROM pg_replication_slots WHERE database = '"
            + name
            + "'",
        "DROP DATABASE " + name + " WITH (FORCE)");
    allocator.close();
  }
}

package dev.leat.benchmarks;

import dev.leat.postgres.schema.TypeCatalogLoader;
import dev.leat.postgres.types.TypeCatalog;
import dev.leat.testkit.postgres.EmbeddedPostgresServer;
import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyOut;

/**
 * What a real server sends for one table of mixed types: by COPY, and by pgoutput for the same rows
 * inserted, updated and deleted.
 *
 * @param types the server's types
 * @param copy the messages of a binary COPY
 * @param inserts the messages of the inserts, 1,000 rows per transaction
 * @param updates the messages of an update of each row, and the deletion of every tenth
 */
record WireSample(
    TypeCatalog types, List<byte[]> copy, List<byte[]> inserts, List<byte[]> updates) {
  static final int ROWS = 20_000;

  static WireSample record() throws SQLException, IOException {
    try (EmbeddedPostgresServer server =
            EmbeddedPostgresServer.builder().setting("wal_level", "logical").start();
        Connection session = server.connection();
        Statement statement = session.createStatement()) {
      statement.execute(
          "CREATE TABLE orders (id int8 PRIMARY KEY, customer int4, status text, total"
              + " numeric(12,2), created timestamptz, doc jsonb, ref uuid, paid bool, weight float8,"
              + " due date, signature bytea)");
      statement.execute("CREATE PUBLICATION sample FOR TABLE orders");
      statement.execute("SELECT pg_create_logical_replication_slot('sample', 'pgoutput')");
      for (int first = 0; first < ROWS; first += 1000) {
        statement.execute(
            "INSERT INTO orders SELECT i, i % 500, 'state ' || i % 7, i / 7.0, timestamptz"
                + " '2024-01-01' + i * interval '7 s', jsonb_build_object('sku', md5(i::text), 'n',"
                + " i % 17), md5(i::text)::uuid, i % 3 = 0, i / 3.0, date '2024-01-01' + i % 700,"
                + " decode(md5((i * 7)::text), 'hex') FROM generate_series("
                + first
                + ", "
                + (first + 999)
                + ") AS i");
      }
      List<byte[]> inserts = changes(statement);
      List<byte[]> copy = copy(session);
      statement.execute("UPDATE orders SET status = 'again', total = total + 1");
      statement.execute("DELETE FROM orders WHERE id % 10 = 0");
      return new WireSample(TypeCatalogLoader.load(session), copy, inserts, changes(statement));
    }
  }

  private static List<byte[]> changes(Statement statement) throws SQLException {
    List<byte[]> messages = new ArrayList<>();
    try (ResultSet row =
        statement.executeQuery(
            "SELECT data FROM pg_logical_slot_get_binary_changes('sample', NULL, NULL,"
                + " 'proto_version', '1', 'binary', 'true', 'publication_names', 'sample')")) {
      while (row.next()) {
        messages.add(row.getBytes(1));
      }
    }
    return messages;
  }

  private static List<byte[]> copy(Connection session) throws SQLException {
    List<byte[]> messages = new ArrayList<>();
    CopyOut copy =
        session
            .unwrap(PGConnection.class)
            .getCopyAPI()
            .copyOut("COPY orders TO STDOUT (FORMAT binary)");
    for (byte[] message = copy.readFromCopy(); message != null; message = copy.readFromCopy()) {
      messages.add(message);
    }
    return messages;
  }
}

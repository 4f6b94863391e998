package dev.leat.credentials;

import static org.assertj.core.api.Assertions.assertThat;

import dev.leat.postgres.PostgresPlugin;
import dev.leat.spi.credential.CredentialStore;
import dev.leat.spi.credential.EncryptedCredentialStore;
import dev.leat.spi.plugin.OptionValues;
import dev.leat.spi.plugin.Secret;
import dev.leat.spi.repository.Documents;
import dev.leat.spi.repository.DocumentsConnector;
import dev.leat.sqlite.SqlitePlugin;
import dev.leat.testkit.contract.CredentialStoreContract;
import dev.leat.testkit.postgres.EmbeddedPostgresServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The same encryption in tables of documents. */
final class DatabaseIT {
  private static EncryptedCredentialStore open(
      DocumentsConnector connector, Path folder, OptionValues options) {
    return Stores.store(
        new DocumentsVault(
            "the table", write -> connector.open(folder, "credentials", options, write)),
        Stores.KEY);
  }

  @Nested
  final class Sqlite implements CredentialStoreContract {
    @TempDir private Path folder;
    private final DocumentsConnector connector = new SqlitePlugin().documents().orElseThrow();

    @Override
    public EncryptedCredentialStore open() {
      return DatabaseIT.open(connector, folder, new OptionValues(Map.of()));
    }

    @Test
    void theDatabaseHasNoValue() throws Exception {
      place("shop", "hunter2");

      try (var files = Files.list(folder)) {
        for (Path file : files.toList()) {
          assertThat(Files.readString(file, java.nio.charset.StandardCharsets.ISO_8859_1))
              .doesNotContain("hunter2", Stores.KEY);
        }
      }
    }

    @Test
    void lookingMakesNothing() {
      try (CredentialStore store = open()) {
        assertThat(store.list()).isEmpty();
        assertThat(store.get("shop")).isEmpty();
      }
      assertThat(folder).isEmptyDirectory();
    }

    @Test
    void rotatesInOneChangeAndKeepsNothingOld() {
      place("a", "one");
      place("b", "two");
      try (EncryptedCredentialStore store = open()) {
        assertThat(store.rotate(() -> new Secret("another horse"))).isEqualTo(2);
        assertThat(store.get("b").map(Secret::reveal)).contains("two");
      }
      try (Documents documents =
          connector.open(folder, "credentials", new OptionValues(Map.of()), false)) {
        assertThat(documents.keys("credentials", "", 9, false))
            .containsExactly("0000000001", "0000000002", "0000000003");
        assertThat(documents.get("credentials", "0000000001")).contains("");
        assertThat(documents.get("credentials", "0000000002")).contains("");
      }
    }
  }

  @Nested
  final class Postgres implements CredentialStoreContract {
    private static EmbeddedPostgresServer server;

    @BeforeAll
    static void start() {
      server = EmbeddedPostgresServer.builder().start();
    }

    @AfterAll
    static void stop() {
      server.close();
    }

    @BeforeEach
    void clear() throws Exception {
      server.execute("DROP SCHEMA IF EXISTS _leat CASCADE");
    }

    @Override
    public CredentialStore open() {
      return DatabaseIT.open(
          new PostgresPlugin().documents().orElseThrow(),
          Path.of(""),
          new OptionValues(Map.of("connection", new Secret(server.url()))));
    }

    @Test
    void theTableHasNoValue() throws Exception {
      place("shop", "hunter2");

      try (Connection connection = server.connection();
          ResultSet rows =
              connection.createStatement().executeQuery("SELECT text FROM _leat.documents")) {
        assertThat(rows.next()).isTrue();
        assertThat(rows.getString(1)).contains("shop").doesNotContain("hunter2");
      }
    }
  }
}

package dev.leat.testkit.postgres;

import dev.leat.spi.error.LeatException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyStore;
import java.util.Base64;
import java.util.List;

/**
 * A self-signed certificate, made with the JDK's keytool because the JDK has no other public way.
 */
final class ServerCertificate {
  static final String FILE = "server.crt";

  private static final String ALIAS = "server";
  private static final String STORE_PASSWORD = "changeit";

  private ServerCertificate() {}

  /**
   * Writes {@code server.crt} and {@code server.key} to the data directory, where PostgreSQL looks
   * for them.
   */
  static void create(ServerDirectory directory) {
    Path store = directory.root().resolve("server.p12");
    try {
      Files.deleteIfExists(store);
      Commands.runOrThrow(PostgresErrors.START_FAILED, keytool(store));
      write(store, directory.data());
      Privileges.current().handOver(directory.root());
      Files.delete(store);
    } catch (IOException | GeneralSecurityException e) {
      throw new LeatException(
          PostgresErrors.START_FAILED, "No certificate can be made: " + e.getMessage(), "", e);
    }
  }

  private static List<String> keytool(Path store) {
    String keytool =
        Path.of(System.getProperty("java.home"), "bin", Platform.executable("keytool")).toString();
    return List.of(
        keytool,
        "-genkeypair",
        "-alias",
        ALIAS,
        "-keyalg",
        "EC",
        "-groupname",
        "secp256r1",
        "-dname",
        "CN=localhost",
        "-ext",
        "san=dns:localhost,ip:127.0.0.1",
        "-validity",
        "3650",
        "-storetype",
        "PKCS12",
        "-keystore",
        store.toString(),
        "-storepass",
        STORE_PASSWORD);
  }

  private static void write(Path store, Path data) throws IOException, GeneralSecurityException {
    KeyStore keys = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(store)) {
      keys.load(in, STORE_PASSWORD.toCharArray());
    }
    Key key = keys.getKey(ALIAS, STORE_PASSWORD.toCharArray());
    Path keyFile = data.resolve("server.key");
    Files.writeString(keyFile, pem("PRIVATE KEY", key.getEncoded()));
    if (!Platform.windows()) {
      // PostgreSQL refuses a key that others can read.
      Files.setPosixFilePermissions(keyFile, PosixFilePermissions.fromString("rw-------"));
    }
    Files.writeString(
        data.resolve(FILE), pem("CERTIFICATE", keys.getCertificate(ALIAS).getEncoded()));
  }

  private static String pem(String label, byte[] content) {
    String text = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(content);
    return "-----BEGIN %1$s-----%n%2$s%n-----END %1$s-----%n".formatted(label, text);
  }
}

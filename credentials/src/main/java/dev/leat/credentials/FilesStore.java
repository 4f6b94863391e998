package dev.leat.credentials;

import dev.leat.spi.credential.CredentialStore;
import dev.leat.spi.credential.Credentials;
import dev.leat.spi.plugin.Secret;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A file for each secret in a folder, as containers are given them. Nothing is encrypted; others
 * may write the files, too.
 */
final class FilesStore implements CredentialStore {
  private static final String WHAT = "the secret in";
  private static final int DEEPEST = 20;

  private final Path folder;

  FilesStore(Path folder) {
    this.folder = folder;
  }

  @Override
  public String describe() {
    return "the files in " + folder;
  }

  /** Line breaks at the end are what editors put there. */
  @Override
  public Optional<Secret> get(String name) {
    Path file = file(name);
    try {
      if (Files.isDirectory(file)) {
        return Optional.empty();
      }
      String value = PrivateFile.readText(file, WHAT).replaceAll("[\r\n]+$", "");
      return value.isEmpty() ? Optional.empty() : Optional.of(new Secret(value));
    } catch (NoSuchFileException _) {
      return Optional.empty();
    } catch (IOException e) {
      throw PrivateFile.unreadable(file, WHAT, e);
    }
  }

  @Override
  public void put(String name, Secret value) {
    Path file = file(name);
    String text = Credentials.requireValue(value);
    try {
      PrivateFile.write(file, text);
    } catch (IOException e) {
      throw PrivateFile.unreadable(file, WHAT, e);
    }
  }

  @Override
  public List<Entry> list() {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.walk(folder, DEEPEST, FileVisitOption.FOLLOW_LINKS)) {
      return files
          .filter(Files::isRegularFile)
          .filter(file -> Credentials.isName(name(file)))
          .sorted(Comparator.comparing(this::name))
          .map(file -> new Entry(name(file), changed(file)))
          .toList();
    } catch (IOException e) {
      throw PrivateFile.unreadable(folder, "the folder of secrets", e);
    } catch (UncheckedIOException e) {
      throw PrivateFile.unreadable(
          folder, "the folder of secrets", Objects.requireNonNull(e.getCause()));
    }
  }

  private static Optional<Instant> changed(Path file) {
    try {
      return Optional.of(Files.getLastModifiedTime(file).toInstant());
    } catch (IOException _) {
      // Gone meanwhile, or somebody else's.
      return Optional.empty();
    }
  }

  private String name(Path file) {
    return folder.relativize(file).toString().replace('\\', '/');
  }

  @Override
  public boolean delete(String name) {
    Path file = file(name);
    try {
      PrivateFile.delete(file);
      return true;
    } catch (NoSuchFileException _) {
      return false;
    } catch (IOException e) {
      throw PrivateFile.unreadable(file, WHAT, e);
    }
  }

  private Path file(String name) {
    return folder.resolve(Credentials.requireName(name));
  }

  @Override
  public void close() {}
}

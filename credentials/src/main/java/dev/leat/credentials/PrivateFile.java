package dev.leat.credentials;

import dev.leat.spi.credential.Credentials;
import dev.leat.spi.error.ErrorCategory;
import dev.leat.spi.error.ErrorCode;
import dev.leat.spi.error.LeatException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Files that nobody but their owner may read. */
final class PrivateFile {
  private static final ErrorCode OPEN_TO_OTHERS =
      new ErrorCode("CREDENTIALS_OPEN_TO_OTHERS", ErrorCategory.CONFIG);
  private static final long LARGEST = 16L << 20;

  private static final Set<PosixFilePermission> OTHERS =
      EnumSet.of(
          PosixFilePermission.GROUP_READ,
          PosixFilePermission.GROUP_WRITE,
          PosixFilePermission.GROUP_EXECUTE,
          PosixFilePermission.OTHERS_READ,
          PosixFilePermission.OTHERS_WRITE,
          PosixFilePermission.OTHERS_EXECUTE);

  /** Windows keeps what a person's folder may be used for by others. */
  private static final boolean POSIX =
      FileSystems.getDefault().supportedFileAttributeViews().contains("posix");

  private PrivateFile() {}

  /**
   * Reads a file that must be there, and be its owner's alone.
   *
   * @param what for messages, such as {@code the keystore}
   */
  static String read(Path file, String what) {
    try {
      requirePrivate(file, what);
      return readText(file, what);
    } catch (NoSuchFileException e) {
      throw unavailable("there is no %s %s".formatted(what.replace("the ", ""), file), e);
    } catch (IOException e) {
      throw unreadable(file, what, e);
    }
  }

  /** Reads a file, whoever else may read it. */
  static String readText(Path file, String what) throws IOException {
    if (Files.size(file) > LARGEST) {
      throw unavailable("%s %s has more than %d MB".formatted(what, file, LARGEST >> 20), null);
    }
    try {
      return StandardCharsets.UTF_8
          .newDecoder()
          .decode(ByteBuffer.wrap(Files.readAllBytes(file)))
          .toString();
    } catch (CharacterCodingException e) {
      throw new LeatException(
          Credentials.DAMAGED,
          "%s %s is not text in UTF-8".formatted(what, file),
          "put it back from a backup, or name another file",
          e);
    }
  }

  static void requirePrivate(Path file, String what) throws IOException {
    if (POSIX && Files.getPosixFilePermissions(file).stream().anyMatch(OTHERS::contains)) {
      throw new LeatException(
          OPEN_TO_OTHERS,
          "%s %s can be read or changed by others on this machine".formatted(what, file),
          "chmod 600 " + file);
    }
  }

  /** Makes or replaces a file, whole and durable on return. */
  static void write(Path file, String text) throws IOException {
    Path folder = makeFolder(file);
    Path aside = folder.resolve("." + file.getFileName() + "." + UUID.randomUUID());
    try {
      try (FileChannel channel =
          FileChannel.open(
              aside,
              EnumSet.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
              mode("rw-------"))) {
        ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
        while (bytes.hasRemaining()) {
          channel.write(bytes);
        }
        channel.force(true);
      }
      Files.move(aside, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(aside);
    }
    sync(folder);
  }

  static void delete(Path file) throws IOException {
    Files.delete(file);
    sync(folder(file));
  }

  /** The folder of a file; one that is made is its owner's alone. */
  static Path makeFolder(Path file) throws IOException {
    Path folder = folder(file);
    Files.createDirectories(folder, mode("rwx------"));
    return folder;
  }

  private static Path folder(Path file) {
    Path folder = file.toAbsolutePath().getParent();
    return folder == null ? file.toAbsolutePath() : folder;
  }

  static FileAttribute<?>[] mode(String permissions) {
    return POSIX
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
        }
        : new FileAttribute<?>[0];
  }

  private static void sync(Path folder) throws IOException {
    if (POSIX) {
      try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
        channel.force(true);
      }
    }
  }

  /** Behind links, as far as there is something. */
  static Path real(Path file) {
    Path absolute = file.toAbsolutePath().normalize();
    try {
      return absolute.toRealPath();
    } catch (IOException _) {
      Path parent = absolute.getParent();
      Path name = absolute.getFileName();
      return parent == null || name == null ? absolute : real(parent).resolve(name);
    }
  }

  static LeatException unreadable(Path file, String what, IOException e) {
    return unavailable("%s %s cannot be used: %s".formatted(what, file, reason(e)), e);
  }

  private static String reason(IOException e) {
    return e.getClass()
        .getSimpleName()
        .replaceAll("Exception$", "")
        .replaceAll("(?<=.)(?=[A-Z])", " ");
  }

  private static LeatException unavailable(String sentence, @Nullable Throwable cause) {
    return new LeatException(
        Credentials.UNAVAILABLE,
        sentence,
        "name another file, or make it one that you may use",
        cause);
  }
}

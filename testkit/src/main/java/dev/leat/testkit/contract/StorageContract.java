package dev.leat.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.leat.spi.engine.Cancellation;
import dev.leat.spi.error.ErrorCategory;
import dev.leat.spi.error.LeatException;
import dev.leat.spi.storage.Storage;
import dev.leat.spi.storage.StorageNames;
import dev.leat.spi.storage.StorageWriter;
import dev.leat.spi.storage.StoredFile;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What every storage does. */
public interface StorageContract {

  /** In the order of their UTF-8 bytes; among them what addresses and requests must escape. */
  List<String> NAMES =
      List.of(
          "A/x",
          "a b+c&d=e.csv",
          "a!/z",
          "a#1?.csv",
          "a/b/c.csv",
          "a/b/d%20.csv",
          "a/bc",
          "ab",
          "date=2026-05-01/part.parquet",
          "é/ü.csv",
          "\ud83d\ude00.csv");

  /**
   * Opens a root that is empty at the first call in a test, and has what it had at others; its
   * container (a bucket, or the folder itself) is there.
   */
  Storage open() throws Exception;

  /** Opens a root in a container that is not there. */
  Storage nowhere() throws Exception;

  /** Bytes of which a file is large for this storage, so that it is written in several parts. */
  default int large() {
    return 3 << 20;
  }

  @Test
  default void aFileIsReadAsItWasWritten(@TempDir Path scratch) throws Exception {
    try (Storage storage = open()) {
      for (int size : List.of(0, 1, large())) {
        byte[] bytes = bytes(size, size);
        StoredFile written = write(storage, "in/file.bin", bytes);

        assertThat(written.name()).isEqualTo("in/file.bin");
        assertThat(written.size()).isEqualTo(size);
        assertThat(written.modified())
            .isBetween(
                Instant.now().minus(Duration.ofMinutes(5)),
                Instant.now().plus(Duration.ofMinutes(5)));
        assertThat(storage.find("in/file.bin")).contains(written);
        assertThat(list(storage, "")).containsExactly(written);
        assertThat(read(storage, written)).isEqualTo(bytes);
        Path fetched = storage.fetch(written, scratch, Cancellation.never());
        assertThat(Files.readAllBytes(fetched)).isEqualTo(bytes);
      }
    }
  }

  @Test
  default void aLocalFileIsStored(@TempDir Path scratch) throws Exception {
    try (Storage storage = open()) {
      for (int size : List.of(0, 1000, large())) {
        byte[] bytes = bytes(7, size);
        Path file = Files.write(scratch.resolve("local-" + size), bytes);
        StoredFile stored = storage.put(file, "a/stored", Cancellation.never());
        assertThat(storage.find("a/stored")).contains(stored);
        assertThat(read(storage, stored)).isEqualTo(bytes);
      }
    }
  }

  @Test
  default void anyNameIsAFileOfItsOwn(@TempDir Path scratch) throws Exception {
    try (Storage storage = open()) {
      for (String name : NAMES.reversed()) {
        write(storage, name, name.getBytes(StandardCharsets.UTF_8));
      }
      assertThat(list(storage, "")).extracting(StoredFile::name).containsExactlyElementsOf(NAMES);
      for (String name : NAMES) {
        StoredFile file = storage.find(name).orElseThrow();
        assertThat(read(storage, file)).asString(StandardCharsets.UTF_8).isEqualTo(name);
      }
      storage.delete(NAMES);
      assertThat(list(storage, "")).isEmpty();
    }
  }

  @Test
  default void filesAreListedByTheBeginningOfTheirNames() throws Exception {
    try (Storage storage = open()) {
      NAMES.forEach(name -> write(storage, name, new byte[] {1}));
      assertThat(list(storage, "a/b"))
          .extracting(StoredFile::name)
          .containsExactly("a/b/c.csv", "a/b/d%20.csv", "a/bc");
      assertThat(list(storage, "a/b/")).hasSize(2);
      assertThat(list(storage, "date=2026-05-01/part.parquet")).hasSize(1);
      assertThat(list(storage, "nothing")).isEmpty();
      assertThat(storage.find("a/b")).isEmpty();
      assertThat(storage.find("a/b/nothing.csv")).isEmpty();
    }
  }

  /** More files than are listed at once, as far as a test has the time to write them. */
  default int many() {
    return 1050;
  }

  @Test
  default void manyFilesAreListedOnceEach() throws Exception {
    try (Storage storage = open()) {
      List<String> names = new ArrayList<>();
      for (int i = 0; i < many(); i++) {
        names.add("many/%05d".formatted(i));
      }
      names.parallelStream().forEach(name -> write(storage, name, new byte[0]));
      assertThat(list(storage, "many/"))
          .extracting(StoredFile::name)
          .containsExactlyElementsOf(names);
      storage.delete(names);
      assertThat(list(storage, "")).isEmpty();
    }
  }

  @Test
  default void aFileIsSeenWhenItIsCommittedAndNotBefore() throws Exception {
    try (Storage storage = open()) {
      write(storage, "x", bytes(1, 10));
      StoredFile before = storage.find("x").orElseThrow();
      try (StorageWriter writer = storage.create("x")) {
        writer.out().write(bytes(2, large()));
        assertThat(list(storage, "")).containsExactly(before);
        assertThat(read(storage, before)).isEqualTo(bytes(1, 10));
        StoredFile after = writer.commit();
        assertThat(after.version()).isNotEqualTo(before.version());
        assertThat(list(storage, "")).containsExactly(after);
      }
      assertThat(read(storage, storage.find("x").orElseThrow())).isEqualTo(bytes(2, large()));
    }
  }

  @Test
  default void whatIsNotCommittedLeavesNothing() throws Exception {
    try (Storage storage = open()) {
      for (int size : List.of(0, 10, large())) {
        try (StorageWriter writer = storage.create("a/given-up")) {
          writer.out().write(new byte[size]);
        }
      }
      assertThat(list(storage, "")).isEmpty();
      assertThat(leftovers(storage)).isEmpty();
    }
  }

  @Test
  default void whatAKilledWriterLeftIsSwept() throws Exception {
    try (Storage storage = open()) {
      leaveBehind(storage, "a/killed");
      assertThat(leftovers(storage)).isNotEmpty();
      storage.sweep("b", Duration.ZERO);
      storage.sweep("a/", Duration.ofHours(1));
      assertThat(leftovers(storage)).isNotEmpty();
      storage.sweep("a/", Duration.ZERO);
      assertThat(leftovers(storage)).isEmpty();
    }
  }

  /** Leaves what a writer leaves whose process is killed. */
  default void leaveBehind(Storage storage, String name) throws Exception {
    OutputStream killed = storage.create(name).out();
    killed.write(1);
    killed.flush();
  }

  /** Names of what writers have begun and neither committed nor given up. */
  List<String> leftovers(Storage storage) throws Exception;

  @Test
  default void aFileThatChangedSinceItWasListedIsNotRead(@TempDir Path scratch) throws Exception {
    try (Storage storage = open()) {
      StoredFile listed = write(storage, "x", bytes(1, 1000));
      write(storage, "x", bytes(2, 1001));
      assertChanged(() -> read(storage, listed));
      assertChanged(() -> storage.fetch(listed, scratch, Cancellation.never()));
      storage.delete("x");
      assertChanged(() -> read(storage, listed));
      assertChanged(() -> storage.fetch(listed, scratch, Cancellation.never()));
      assertThat(scratch).isEmptyDirectory();
    }
  }

  @Test
  default void aFileIsMovedInsteadOfOneThatHasTheName() throws Exception {
    try (Storage storage = open()) {
      write(storage, "in/a b.csv", bytes(1, 100));
      write(storage, "archive/2026/a b.csv", bytes(2, 100));
      storage.move("in/a b.csv", "archive/2026/a b.csv");
      assertThat(list(storage, ""))
          .extracting(StoredFile::name)
          .containsExactly("archive/2026/a b.csv");
      assertThat(read(storage, storage.find("archive/2026/a b.csv").orElseThrow()))
          .isEqualTo(bytes(1, 100));
      assertThatThrownBy(() -> storage.move("in/nothing", "archive/nothing"))
          .isInstanceOfSatisfying(
              LeatException.class, e -> assertThat(e.category()).isEqualTo(ErrorCategory.CONFIG));
    }
  }

  @Test
  default void removingWhatIsNotThereIsNothing() throws Exception {
    try (Storage storage = open()) {
      write(storage, "stays", new byte[1]);
      storage.delete("nothing");
      storage.delete(List.of());
      storage.delete(Arrays.asList("gone", "a/gone"));
      assertThat(list(storage, "")).hasSize(1);
    }
  }

  @Test
  default void namesStayBelowTheRoot() throws Exception {
    try (Storage storage = open()) {
      for (String name : List.of("", "/etc/passwd", "../up", "a/../../up", "a//b", "a/", ".")) {
        assertThatThrownBy(() -> storage.find(name)).isInstanceOf(LeatException.class);
        assertThatThrownBy(() -> storage.create(name)).isInstanceOf(LeatException.class);
        assertThatThrownBy(() -> storage.delete(name)).isInstanceOf(LeatException.class);
      }
    }
  }

  @Test
  default void aRootThatIsNotThereIsSaidToBeMissing() throws Exception {
    try (Storage storage = nowhere()) {
      assertThatThrownBy(() -> list(storage, ""))
          .isInstanceOfSatisfying(
              LeatException.class,
              e -> {
                assertThat(e.code()).isEqualTo(Storage.MISSING);
                assertThat(e.fix()).isNotEmpty();
              });
    }
  }

  @Test
  default void workThatIsCancelledEnds(@TempDir Path scratch) throws Exception {
    try (Storage storage = open()) {
      StoredFile file = write(storage, "x", bytes(1, large()));
      Cancellation cancelled = new Cancellation();
      cancelled.cancel();
      if (storage.folder().isEmpty()) {
        assertThatThrownBy(() -> storage.fetch(file, scratch, cancelled))
            .isInstanceOf(LeatException.class);
        assertThat(scratch).isEmptyDirectory();
        Path local = Files.write(scratch.resolve("local"), bytes(1, large()));
        assertThatThrownBy(() -> storage.put(local, "y", cancelled))
            .isInstanceOf(LeatException.class);
        assertThat(storage.find("y")).isEmpty();
        assertThat(leftovers(storage)).isEmpty();
      }
    }
  }

  private static void assertChanged(ThrowingWork work) {
    assertThatThrownBy(work::run)
        .satisfies(
            e -> {
              Throwable cause = e instanceof IOException ? e.getCause() : e;
              assertThat(cause)
                  .isInstanceOfSatisfying(
                      LeatException.class,
                      leat -> assertThat(leat.code()).isEqualTo(Storage.CHANGED));
            });
  }

  /** Work that may end badly. */
  interface ThrowingWork {
    void run() throws Exception;
  }

  /** Stores bytes under a name. */
  static StoredFile write(Storage storage, String name, byte[] bytes) {
    try (StorageWriter writer = storage.create(name)) {
      writer.out().write(bytes);
      return writer.commit();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  /** All bytes of a file. */
  static byte[] read(Storage storage, StoredFile file) throws IOException {
    try (InputStream in = storage.open(file)) {
      return in.readAllBytes();
    }
  }

  /** All files whose names begin so. */
  static List<StoredFile> list(Storage storage, String prefix) {
    List<StoredFile> files = new ArrayList<>();
    storage.list(prefix, files::add);
    assertThat(files).noneMatch(file -> StorageNames.isAside(file.name()));
    return files;
  }

  private static byte[] bytes(int seed, int size) {
    byte[] bytes = new byte[size];
    new Random(seed).nextBytes(bytes);
    return bytes;
  }
}

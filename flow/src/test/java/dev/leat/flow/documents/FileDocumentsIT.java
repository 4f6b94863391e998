package dev.leat.flow.documents;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.leat.spi.error.ErrorCategory;
import dev.leat.spi.error.LeatException;
import dev.leat.spi.plugin.OptionValues;
import dev.leat.spi.repository.Documents;
import dev.leat.spi.repository.DocumentsConnector;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class FileDocumentsIT {
  @TempDir private Path temporary;

  private Path root() {
    return temporary.resolve("shop.documents");
  }

  @Test
  void keysThatDifferOnlyInCaseOrAreSpecialToFileSystemsHaveFilesOfTheirOwn() throws IOException {
    List<String> keys =
        List.of(
            "a",
            "A",
            "nul",
            "NUL",
            "con.txt",
            "..",
            "../up",
            "a/b",
            "a\\b",
            "%41",
            " ",
            "x\u0000y",
            "\u00e4",
            "a\u0308",
            "\ud83d\ude00",
            "x".repeat(400),
            "X".repeat(400),
            "\u20ac".repeat(400),
            "\u20ac".repeat(399) + "x");
    try (Documents documents = FileDocuments.open(root(), true)) {
      keys.forEach(key -> documents.put("things", key, "text of " + key));
    }
    try (Documents documents = FileDocuments.open(root(), false)) {
      assertThat(keys)
          .allSatisfy(key -> assertThat(documents.get("things", key)).contains("text of " + key));
      assertThat(documents.keys("things", "", 100, false))
          .containsExactlyElementsOf(keys.stream().sorted(DocumentRules.BY_BYTES).toList());
    }
    assertThat(files()).hasSize(keys.size());
    assertThat(files().stream().map(file -> file.getFileName().toString()))
        .allMatch(name -> name.matches("[a-z0-9_%-]+\\.doc"))
        .allMatch(name -> name.length() < 255);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 20, 40, 100, 120})
  void aFileThatWasCutOffIsRefused(int length) throws IOException {
    try (Documents documents = FileDocuments.open(root(), true)) {
      documents.put("things", "key", "x".repeat(100));
      Path file = files().getFirst();
      byte[] bytes = Files.readAllBytes(file);
      Files.write(file, java.util.Arrays.copyOf(bytes, length));

      assertThatThrownBy(() -> documents.get("things", "key"))
          .isInstanceOfSatisfying(
              LeatException.class,
              error -> {
                assertThat(error.category()).isEqualTo(ErrorCategory.CONFIG);
                assertThat(error.code().name()).isEqualTo("STORE_DAMAGED");
              })
          .hasMessageContaining(file.toString());
    }
  }

  @Test
  void aFileUnderTheNameOfAnotherIsRefused() throws IOException {
    try (Documents documents = FileDocuments.open(root(), true)) {
      documents.put("things", "key", "x");
      Path file = files().getFirst();
      Files.move(file, file.resolveSibling("k_other.doc"));

      assertThatThrownBy(() -> documents.get("things", "other"))
          .hasMessageContaining("another document than its name says");
      Files.move(file.resolveSibling("k_other.doc"), file.resolveSibling("other.doc"));
      assertThatThrownBy(() -> documents.keys("things", "", 1, false))
          .hasMessageContaining("a name that Leat did not give it");
    }
  }

  @Test
  void whatIsNoDocumentStoreIsRefused() throws IOException {
    Files.createDirectories(root());
    Files.writeString(root().resolve("letter.txt"), "dear");

    assertThatThrownBy(() -> FileDocuments.open(root(), true))
        .isInstanceOf(LeatException.class)
        .hasMessageContaining("holds no documents");
    assertThatThrownBy(() -> FileDocuments.open(root(), false)).isInstanceOf(LeatException.class);
    Files.writeString(root().resolve("leat-documents"), "2\n");
    assertThatThrownBy(() -> FileDocuments.open(root(), true))
        .hasMessageContaining("does not know");
  }

  @Test
  void aFolderThatVanishedIsNotTakenForAnEmptyOne() throws IOException {
    try (Documents documents = FileDocuments.open(root(), true)) {
      documents.put("things", "key", "x");
      Files.move(root(), temporary.resolve("elsewhere"));

      assertThatThrownBy(() -> documents.get("things", "key")).isInstanceOf(LeatException.class);
      assertThatThrownBy(() -> documents.keys("things", "", 1, false))
          .isInstanceOf(LeatException.class);
      assertThatThrownBy(() -> documents.put("things", "key", "x"))
          .isInstanceOf(LeatException.class);
    }
  }

  @Test
  void whatIsOnlyLookedAtIsNotChanged() throws IOException {
    try (Documents documents = FileDocuments.open(root(), false)) {
      assertThat(documents.get("things", "key")).isEmpty();
      assertThat(documents.keys("things", "", 1, true)).isEmpty();
      assertThatThrownBy(() -> documents.put("things", "key", "x"))
          .isInstanceOfSatisfying(
              LeatException.class,
              error -> assertThat(error.code().name()).isEqualTo("STORE_READ_ONLY"));
    }
    assertThat(root()).doesNotExist();
  }

  @Test
  void whatACrashLeftBehindIsRemoved() throws IOException {
    FileDocuments.open(root(), true).close();
    Path left = Files.writeString(root().resolve(".scratch").resolve("half"), "half");

    FileDocuments.open(root(), true).close();

    assertThat(left).doesNotExist();
  }

  @Test
  void connectorsKeepTheDocumentsOfFlowsApart() {
    DocumentsConnector files = Objects.requireNonNull(BuiltInDocuments.connectors().get("files"));
    OptionValues options = new OptionValues(Map.of());
    try (Documents shop = files.open(temporary, "Shop", options, true);
        Documents other = files.open(temporary, "shop", options, true)) {
      shop.put("things", "key", "x");

      assertThat(other.get("things", "key")).isEmpty();
    }
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> files = Files.walk(root())) {
      return files.filter(file -> file.toString().endsWith(".doc")).toList();
    }
  }
}

package dev.leat.flow.load;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/** Folders for what is not kept. */
final class Scratch {
  private Scratch() {}

  static Path temporary() {
    try {
      return Files.createTempDirectory("leat-");
    } catch (IOException e) {
      throw LoadErrors.scratch(e);
    }
  }

  /** Makes a folder with nothing in it. */
  static void make(Path folder) {
    clear(folder);
    try {
      Files.createDirectories(folder);
    } catch (IOException e) {
      throw LoadErrors.scratch(e);
    }
  }

  /** Removes a folder, if it is there. */
  static void clear(Path folder) {
    if (!Files.exists(folder)) {
      return;
    }
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(each);
      }
    } catch (IOException e) {
      throw LoadErrors.scratch(e);
    }
  }
}

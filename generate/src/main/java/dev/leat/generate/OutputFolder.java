package dev.leat.generate;

import dev.leat.spi.error.ErrorCategory;
import dev.leat.spi.error.ErrorCode;
import dev.leat.spi.error.LeatException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** A folder that code is generated into, again and again. Files of others in it stay. */
public final class OutputFolder {
  /** Lists the files that were generated, so that those that are not any more are removed. */
  private static final String LIST = ".leat-generated";

  private static final ErrorCode TAKEN = new ErrorCode("GENERATE_FILE", ErrorCategory.CONFIG);
  private static final ErrorCode UNWRITABLE =
      new ErrorCode("GENERATE_FOLDER", ErrorCategory.CONFIG);

  private final Path folder;

  /**
   * @param folder may not exist
   */
  public OutputFolder(Path folder) {
    this.folder = folder;
  }

  /**
   * What was written.
   *
   * @param changed files that are new or other than before
   * @param same files that were so already
   * @param removed files that are not generated any more
   */
  public record Outcome(List<String> changed, List<String> same, List<String> removed) {}

  /**
   * Makes the folder hold these files, besides those of others.
   *
   * @param mark the line that every file has
   * @throws LeatException category CONFIG, before anything is changed, if a file that was not
   *     generated is in the way
   */
  public Outcome write(Generated generated, String mark) {
    try {
      return written(generated, mark);
    } catch (IOException e) {
      throw new LeatException(
          UNWRITABLE,
          folder + " cannot be written: " + e,
          "choose another folder with --out, or make room in this one",
          e);
    }
  }

  private Outcome written(Generated generated, String mark) throws IOException {
    Set<String> paths = new LinkedHashSet<>();
    for (GeneratedFile file : generated.files()) {
      paths.add(file.path());
      requireOwn(folder.resolve(file.path()));
    }
    Path list = folder.resolve(LIST);
    requireOwn(list);
    List<String> removed = new ArrayList<>();
    for (String path : listed(list)) {
      Path old = folder.resolve(path).normalize();
      if (!paths.contains(path) && old.startsWith(folder) && isOwn(old)) {
        Files.delete(old);
        removed.add(path);
      }
    }
    List<String> changed = new ArrayList<>();
    List<String> same = new ArrayList<>();
    for (GeneratedFile file : generated.files()) {
      (write(folder.resolve(file.path()), file.text(), file.executable()) ? changed : same)
          .add(file.path());
    }
    boolean unused =
        write(list, "# " + mark + "\n" + String.join("\n", paths) + "\n", /* executable= */ false);
    return new Outcome(changed, same, removed);
  }

  private static boolean write(Path file, String text, boolean executable) throws IOException {
    if (Files.exists(file) && Files.readString(file).equals(text)) {
      return false;
    }
    Path parent = file.getParent();
    if (parent != null) {
      Files.createDirectories(parent);
    }
    Files.writeString(file, text);
    if (executable && !file.toFile().setExecutable(true)) {
      throw new IOException(file + " cannot be made executable");
    }
    return true;
  }

  private static List<String> listed(Path list) throws IOException {
    return Files.exists(list) ? Files.readAllLines(list).stream().skip(1).toList() : List.of();
  }

  private static void requireOwn(Path file) throws IOException {
    if (Files.exists(file) && !isOwn(file)) {
      throw new LeatException(
          TAKEN,
          file + " is in the way: it was not generated, or its first line was changed",
          "move it away, or choose another folder with --out");
    }
  }

  private static boolean isOwn(Path file) throws IOException {
    if (!Files.isRegularFile(file)) {
      return false;
    }
    try (var in = Files.newInputStream(file)) {
      return Mark.isIn(new String(in.readNBytes(1024), StandardCharsets.UTF_8));
    }
  }
}

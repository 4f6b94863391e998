package dev.leat.generate;

/**
 * A file.
 *
 * @param path within the folder, with slashes
 * @param text beginning with a line that has {@link Mark#of}
 * @param executable whether it is a program
 */
public record GeneratedFile(String path, String text, boolean executable)
    implements Comparable<GeneratedFile> {
  public GeneratedFile {
    if (!Mark.isIn(text)) {
      throw new IllegalArgumentException(path + " does not say that it is generated");
    }
  }

  @Override
  public int compareTo(GeneratedFile other) {
    return path.compareTo(other.path);
  }
}

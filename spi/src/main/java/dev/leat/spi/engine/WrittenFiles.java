package dev.leat.spi.engine;

import java.util.List;

/**
 * Files that were written.
 *
 * @param rows in all of them; -1 if they were not counted
 * @param files in no particular order
 */
public record WrittenFiles(long rows, List<File> files) {
  public WrittenFiles {
    files = List.copyOf(files);
  }

  /**
   * One of them.
   *
   * @param name below the folder, parts divided by {@code /}
   * @param rows -1 if they were not counted
   */
  public record File(String name, long rows) {}
}

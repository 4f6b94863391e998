package dev.leat.generate;

import java.util.List;

/**
 * What was generated.
 *
 * @param files sorted by path
 * @param notes what a person should know, such as checks that were left out
 * @param next what to type next, within the folder
 */
public record Generated(List<GeneratedFile> files, List<String> notes, List<String> next) {
  public Generated {
    files = files.stream().sorted().toList();
    notes = List.copyOf(notes);
    next = List.copyOf(next);
  }
}

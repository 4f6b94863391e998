package dev.leat.app.demo;

import dev.leat.app.demo.FileFigures.Loaded;
import dev.leat.app.output.Numbers;
import dev.leat.app.output.TextTable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What two runs loaded of files.
 *
 * @param first after the first run
 * @param second after the second
 * @param run the second
 */
record FileSummary(FileFigures first, FileFigures second, String run) {

  /** Each file with what each run made of it. */
  List<String> lines(boolean color) {
    TextTable table = new TextTable(List.of("SOURCE", "FILE", "FIRST RUN", "SECOND RUN"));
    for (Loaded file : second.files()) {
      Optional<Loaded> before = before(file);
      boolean cut =
          first.unread().stream()
              .anyMatch(
                  drop -> drop.source().equals(file.source()) && drop.file().equals(file.file()));
      boolean again = cut || (before.isPresent() && file.run().equals(run));
      table.row(
          file.source(),
          file.file(),
          before.map(FileSummary::rows).orElse(cut ? "left out: only a half of it" : ""),
          again ? "sent again: " + rows(file) : before.isPresent() ? "not read again" : rows(file));
    }
    List<String> lines = new ArrayList<>(table.lines(0, color));
    if (second.problems().isEmpty()) {
      lines.add("s3://raw/archive has all that are loaded, nothing else is left in s3://raw");
    }
    return lines;
  }

  private Optional<Loaded> before(Loaded file) {
    return first.files().stream()
        .filter(other -> other.source().equals(file.source()) && other.file().equals(file.file()))
        .findFirst();
  }

  private static String rows(Loaded file) {
    return Numbers.count(file.rows(), "row")
        + (file.parked() == 0 ? "" : ", " + Numbers.count(file.parked()) + " parked");
  }

  List<String> problems() {
    List<String> problems = new ArrayList<>();
    first.problems().forEach(problem -> problems.add("after the first run: " + problem));
    problems.addAll(second.problems());
    return problems;
  }

  /** For programs. */
  List<Map<String, Object>> json() {
    List<Map<String, Object>> files = new ArrayList<>();
    for (Loaded file : second.files()) {
      Map<String, Object> json = new LinkedHashMap<>();
      json.put("source", file.source());
      json.put("file", file.file());
      before(file)
          .ifPresent(
              before ->
                  json.put("first", Map.of("rows", before.rows(), "parked", before.parked())));
      json.put("rows", file.rows());
      json.put("parked", file.parked());
      json.put("run", file.run());
      files.add(json);
    }
    return files;
  }
}

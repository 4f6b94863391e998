package dev.leat.app.demo;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * What became of the files that were sent.
 *
 * @param files as the flow remembers them
 * @param unread those that cannot be read as a whole
 * @param parked rows that could not be loaded, as a query shows them
 * @param problems where that is not what the files hold; empty if all is well
 */
record FileFigures(
    List<Loaded> files, List<Drop> unread, List<List<String>> parked, List<String> problems) {
  static final List<String> SOURCES = List.of("payments", "reviews", "shipments");

  static final String ARCHIVE = "archive/";

  static final String PARKED =
      """
      SELECT file, line, reason, raw[:56] AS raw
      FROM (FROM bronze.payments_parked UNION ALL FROM bronze.reviews_parked)
      ORDER BY file, line""";

  /**
   * A file whose rows are there.
   *
   * @param rows that were loaded
   * @param parked rows that were not
   * @param run that loaded it
   */
  record Loaded(String source, String file, long rows, long parked, String run) {}

  /**
   * Reads them.
   *
   * @param sent what there has to be
   * @param bucket names of the files that are there
   */
  static FileFigures of(Connection database, List<Drop> sent, List<String> bucket)
      throws SQLException {
    List<Loaded> files = new ArrayList<>();
    List<String> problems = new ArrayList<>();
    for (String source : SOURCES) {
      List<Loaded> loaded = loaded(database, source);
      files.addAll(loaded);
      for (Loaded file : loaded) {
        compare(database, file, problems);
      }
    }
    List<Drop> whole = sent.stream().filter(Drop::whole).toList();
    for (Drop drop : whole) {
      boolean asSent =
          files.stream()
              .anyMatch(
                  file ->
                      file.source().equals(drop.source())
                          && file.file().equals(drop.file())
                          && file.rows() == drop.good()
                          && file.parked() == drop.bad());
      if (!asSent) {
        problems.add(
            "%s has %d rows that can be loaded and %d that cannot; that is not what was loaded"
                .formatted(drop.name(), drop.good(), drop.bad()));
      }
    }
    if (files.size() != whole.size()) {
      problems.add("%d whole files were sent, %d loaded".formatted(whole.size(), files.size()));
    }
    for (Drop drop : sent) {
      String name = drop.whole() ? ARCHIVE + drop.name() : drop.name();
      if (!bucket.contains(name)) {
        problems.add(name + " is not in the bucket any more");
      }
    }
    if (bucket.size() != sent.size()) {
      problems.add("%d files were sent, %d are there".formatted(sent.size(), bucket.size()));
    }
    return new FileFigures(
        files,
        sent.stream().filter(drop -> !drop.whole()).toList(),
        FlowFigures.rows(database, PARKED),
        problems);
  }

  private static List<Loaded> loaded(Connection database, String source) throws SQLException {
    List<Loaded> loaded = new ArrayList<>();
    for (List<String> row :
        FlowFigures.rows(
            database,
            "SELECT file, rows, parked, run FROM bronze.%s_files ORDER BY file"
                .formatted(source))) {
      loaded.add(
          new Loaded(
              source,
              row.get(0),
              Long.parseLong(row.get(1)),
              Long.parseLong(row.get(2)),
              row.get(3)));
    }
    return loaded;
  }

  /** What is remembered of a file, with the rows that are there. */
  private static void compare(Connection database, Loaded file, List<String> problems)
      throws SQLException {
    List<String> there =
        FlowFigures.rows(
                database,
                """
                SELECT (SELECT count(*) FROM bronze.%1$s WHERE _leat_file = '%2$s'),
                       (SELECT count(*) FROM bronze.%1$s_parked WHERE file = '%2$s')"""
                    .formatted(file.source(), file.file()))
            .getFirst();
    if (!there.equals(List.of(String.valueOf(file.rows()), String.valueOf(file.parked())))) {
      problems.add(
          "bronze.%s has %s rows of %s, and %s are parked; %d and %d were noted"
              .formatted(
                  file.source(),
                  there.get(0),
                  file.file(),
                  there.get(1),
                  file.rows(),
                  file.parked()));
    }
  }

  long rows() {
    return files.stream().mapToLong(Loaded::rows).sum();
  }

  long parkedRows() {
    return files.stream().mapToLong(Loaded::parked).sum();
  }
}

package dev.leat.app.command;

import dev.leat.app.output.Numbers;
import dev.leat.spi.error.LeatException;
import dev.leat.spi.schema.Column;
import dev.leat.spi.source.Finding;
import dev.leat.spi.source.Source;
import dev.leat.spi.source.SourceTable;
import dev.leat.spi.source.TableSelection;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The text of the first flow file. */
final class StarterFlow {
  /** Holds the address of the source, password included. */
  static final String VARIABLE = "LEAT_SOURCE_URL";

  private static final int MOST_LISTED = 200;

  private StarterFlow() {}

  /**
   * A table at the source.
   *
   * @param table as it is
   * @param obstacle why it cannot be followed; null if it can
   */
  record Found(SourceTable table, @Nullable LeatException obstacle) {}

  /** What a source has, and what of it can be followed. */
  static List<Found> look(Source source) {
    List<SourceTable> tables = source.discover(new TableSelection(List.of("*.*"), List.of()));
    boolean well = obstacle(source, tables) == null;
    List<Found> found = new ArrayList<>();
    for (SourceTable table : tables) {
      found.add(new Found(table, well ? null : obstacle(source, List.of(table))));
    }
    return found;
  }

  private static @Nullable LeatException obstacle(Source source, List<SourceTable> tables) {
    return source.check(tables.stream().map(SourceTable::schema).toList(), true).stream()
        .filter(finding -> finding.severity() == Finding.Severity.ERROR)
        .map(Finding::problem)
        .findFirst()
        .orElse(null);
  }

  /** A flow that nothing is known for yet. */
  static String text(String flow) {
    return text(
        flow,
        "env:" + VARIABLE,
        """
        # Names or patterns; * stands for any characters.
        tables     = ["public.*"]
        # exclude  = ["public.tmp_*"]
        """);
  }

  /**
   * A flow of the tables that were found.
   *
   * @param connection as it is to stand in the file
   */
  static String text(String flow, String connection, List<Found> found) {
    boolean allBlocked = found.stream().allMatch(table -> table.obstacle != null);
    StringBuilder tables = new StringBuilder("# Names or patterns; * stands for any characters.\n");
    List<String> schemas =
        found.isEmpty()
            ? List.of("public")
            : found.stream()
                .map(table -> table.table.schema().table().schema())
                .distinct()
                .toList();
    tables
        .append("tables     = [")
        .append(schemas.stream().map(name -> quoted(name + ".*")).collect(Collectors.joining(", ")))
        .append("]\n");
    List<Found> left =
        allBlocked ? List.of() : found.stream().filter(t -> t.obstacle != null).toList();
    if (!left.isEmpty()) {
      tables.append("exclude    = [\n");
      for (Found table : left) {
        tables.append("  # ").append(oneLine(table.obstacle)).append('\n');
        tables.append("  ").append(quoted(table.table.schema().table().toString())).append(",\n");
      }
      tables.append("]\n");
    }
    tables.append("\n# Found:\n");
    found.stream().limit(MOST_LISTED).forEach(table -> tables.append(comment(table)).append('\n'));
    if (found.size() > MOST_LISTED) {
      tables.append("#   and ").append(found.size() - MOST_LISTED).append(" more\n");
    }
    return text(flow, connection, tables.toString());
  }

  private static String comment(Found found) {
    SourceTable table = found.table;
    String key =
        table.schema().keyColumns().stream().map(Column::name).collect(Collectors.joining(", "));
    return "#   %s: %s, %s, %s"
        .formatted(
            oneLine(table.schema().table().toString()),
            table.estimatedRows() < 0
                ? "rows not counted yet"
                : "about " + Numbers.count(table.estimatedRows(), "row"),
            table.estimatedBytes() < 0 ? "size unknown" : Numbers.bytes(table.estimatedBytes()),
            key.isEmpty() ? "no key" : "key (" + oneLine(key) + ")");
  }

  private static String oneLine(@Nullable LeatException e) {
    return e == null ? "" : oneLine(e.message() + " " + e.fix());
  }

  /** Nothing that a database says ends a comment. */
  private static String oneLine(String text) {
    return text.replaceAll("\\p{Cntrl}", " ");
  }

  private static String quoted(String text) {
    return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }

  private static String text(String flow, String connection, String tables) {
    return """
        # What is read, where it goes, and how. `leat check` says what is wrong with it.
        flow = "%s"

        [source.main]
        from       = "postgres"
        connection = %s
        %s
        [destination.main]
        to   = "duckdb"
        path = "%s.duckdb"
        """
        .formatted(flow, quoted(connection), tables, flow);
  }
}

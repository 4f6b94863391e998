package dev.leat.app.command;

import dev.leat.app.command.FlowDiff.Compared;
import dev.leat.app.control.ProgressJson;
import dev.leat.app.output.ExitCode;
import dev.leat.app.output.Numbers;
import dev.leat.app.output.Style;
import dev.leat.app.output.TextTable;
import dev.leat.library.Flow;
import dev.leat.library.FlowTables;
import dev.leat.replication.compare.TableDifference;
import dev.leat.spi.state.TableState;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code leat diff}. */
@Command(
    name = "diff",
    description = {
      "Compares the tables of a flow with their copies, by hashes computed on both sides, "
          + "and names the rows that differ. Rows whose changes are under way are looked at "
          + "again when they arrived."
    },
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Ends with 0 if nothing differs, with 1 if something does. Works while the flow runs; while it",
      "does not, changes that were not fetched yet count as differences.",
      "",
      "Examples:",
      "  leat diff                              all tables of the flow in flow.toml",
      "  leat diff shop.toml orders --limit 5   one table"
    })
final class DiffCommand extends LeatCommand {
  @Parameters(
      arity = "0..*",
      paramLabel = "[FLOW] [TABLE…]",
      hideParamSyntax = true,
      description = "the flow file, flow.toml by default, and tables; all by default")
  private List<String> arguments = List.of();

  @Option(
      names = "--limit",
      paramLabel = "N",
      defaultValue = "20",
      description = "rows to name per table; 20 by default")
  private int limit;

  DiffCommand(CommandContext context) {
    super(context);
  }

  @Override
  public Integer call() {
    boolean named = !arguments.isEmpty() && arguments.getFirst().endsWith(".toml");
    Flow flow = context.flow(Path.of(named ? arguments.getFirst() : "flow.toml"));
    List<String> wanted = named ? arguments.subList(1, arguments.size()) : arguments;
    FlowDiff diff = FlowDiff.of(flow);
    List<TableState> tables =
        wanted.isEmpty()
            ? diff.tables()
            : wanted.stream().map(name -> new FlowTables(diff.tables()).find(name)).toList();
    List<Compared> compared = new ArrayList<>();
    diff.compare(
        tables,
        Math.clamp(limit, 0, 1000),
        table -> {
          compared.add(table);
          if (terminal().canShowLive()) {
            say("compared " + table.table() + ": " + result(table));
          }
        });
    if (json()) {
      printJson(Map.of("tables", compared.stream().map(DiffCommand::json).toList()));
    } else {
      print(compared);
    }
    boolean equal =
        compared.stream()
            .allMatch(table -> table.difference() != null && table.difference().equal());
    return equal ? ExitCode.DONE : ExitCode.FAILED;
  }

  private void print(List<Compared> compared) {
    boolean color = terminal().outColor();
    TextTable table = new TextTable(List.of("TABLE", ">SOURCE ROWS", ">COPY ROWS", "RESULT"));
    for (Compared one : compared) {
      TableDifference difference = one.difference();
      table.row(
          one.table().toString(),
          difference == null ? "" : Numbers.count(difference.sourceRows()),
          difference == null ? "" : Numbers.count(difference.copyRows()),
          result(one));
    }
    terminal().print(table);
    for (Compared one : compared) {
      TableDifference difference = one.difference();
      if (difference == null || difference.equal()) {
        continue;
      }
      terminal().out().println();
      terminal().out().println(Style.BOLD.of(one.table() + " → " + one.copy(), color));
      for (TableDifference.Row row : difference.rows()) {
        terminal().out().println("  " + line(one, row));
      }
      if (difference.more()) {
        terminal().out().println("  … and more");
      }
    }
  }

  private static String result(Compared compared) {
    TableDifference difference = compared.difference();
    if (difference == null) {
      return "not compared: " + compared.note();
    }
    String note = compared.note().isEmpty() ? "" : ", " + compared.note();
    String undecided =
        difference.undecided() == 0
            ? ""
            : ", " + Numbers.count(difference.undecided(), "row") + " kept changing";
    return (difference.equal()
            ? "equal"
            : (difference.more() ? "more than " : "")
                + Numbers.count(difference.rows().size(), "row")
                + (difference.rows().size() == 1 ? " differs" : " differ"))
        + undecided
        + note;
  }

  private static String line(Compared compared, TableDifference.Row row) {
    List<String> key = new ArrayList<>();
    for (int i = 0; i < row.key().size(); i++) {
      String value = String.valueOf(row.key().get(i));
      key.add(compared.keyColumns().isEmpty() ? value : compared.keyColumns().get(i) + "=" + value);
    }
    String where = "(" + String.join(", ", key) + ")";
    return switch (row.kind()) {
      case MISSING -> "missing at the destination  " + where;
      case SURPLUS -> "only at the destination     " + where;
      case DIFFERENT ->
          "different                   " + where + ": " + String.join(", ", row.columns());
    };
  }

  private static Map<String, @Nullable Object> json(Compared compared) {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("table", compared.table().toString());
    json.put("copy", compared.copy().toString());
    json.put("note", compared.note());
    TableDifference difference = compared.difference();
    if (difference == null) {
      return json;
    }
    json.put("equal", difference.equal());
    json.put("source_rows", difference.sourceRows());
    json.put("copy_rows", difference.copyRows());
    json.put("undecided", difference.undecided());
    json.put("moved", difference.moved());
    json.put("more", difference.more());
    json.put("key", compared.keyColumns());
    json.put("rows", difference.rows().stream().map(DiffCommand::json).toList());
    return json;
  }

  private static Map<String, @Nullable Object> json(TableDifference.Row row) {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("kind", ProgressJson.lower(row.kind()));
    json.put("key", row.key());
    json.put("columns", row.columns());
    return json;
  }
}
